package io.github.imbalancedspark.jobs;

import io.github.imbalancedspark.report.Chart;
import io.github.imbalancedspark.report.Page;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A folder with metrics.json, report.html, and the page's charts as PNG images. */
final class ReportFolder {

  private static final Logger LOG = LoggerFactory.getLogger(ReportFolder.class);

  private ReportFolder() {}

  static void write(Output output, Map<String, Object> metrics, Page page) {
    write(output, "metrics.json", Json.text(metrics));
    try {
      write(output, "report.html", page.toHtml());
      for (Chart chart : page.charts()) {
        HadoopFiles.write(new Path(output.temporary(), chart.file() + ".png"), chart.toPng());
      }
    } catch (LinkageError | InternalError e) {
      // Which one Java throws depends on what it lacks: fonts, fontconfig or freetype.
      LOG.warn(
          "the report goes without its charts, as no text can be drawn on this machine ({}); install"
              + " fontconfig and a font",
          e.toString());
      write(output, "report.html", page.withoutCharts().toHtml());
    }
  }

  private static void write(Output output, String name, String text) {
    HadoopFiles.write(new Path(output.temporary(), name), text);
  }
}
