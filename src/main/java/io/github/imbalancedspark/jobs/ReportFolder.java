package io.github.imbalancedspark.jobs;

import io.github.imbalancedspark.report.Page;
import java.util.Map;
import org.apache.hadoop.fs.Path;

/** A folder with metrics.json and report.html. */
final class ReportFolder {

  private ReportFolder() {}

  static void write(Output output, Map<String, Object> metrics, Page page) {
    HadoopFiles.write(new Path(output.temporary(), "metrics.json"), Json.text(metrics));
    HadoopFiles.write(new Path(output.temporary(), "report.html"), page.toHtml());
  }
}
