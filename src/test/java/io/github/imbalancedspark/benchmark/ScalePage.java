package io.github.imbalancedspark.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes the tables of the page on scale, each between two comments that name it. */
final class ScalePage {

  private static final double MEGABYTE = 1 << 20;

  private final ScaleMeasured measured;
  private final Map<Cost, Double> constants;

  ScalePage(ScaleMeasured measured) {
    this.measured = measured;
    this.constants = measured.constants();
  }

  Map<String, String> tables() {
    Map<String, String> tables = new LinkedHashMap<>();
    tables.put("machine", measured.machine() + ".\n");
    tables.put("constants", constants());
    tables.put("overheads", overheads());
    tables.put("fitted", fits(false));
    tables.put("held-out", fits(true));
    tables.put("driver", driver());
    tables.putAll(new ScaleForecast(constants).tables());
    return tables;
  }

  /** Replaces the tables in the page. */
  void write(Path page) throws IOException {
    String text = Files.readString(page);
    for (Map.Entry<String, String> table : tables().entrySet()) {
      String begin = "<!-- begin " + table.getKey() + " -->\n";
      int from = text.indexOf(begin);
      int to = text.indexOf("<!-- end " + table.getKey() + " -->");
      if (from < 0 || to < from) {
        throw new IllegalStateException(page + " has no place for the table " + table.getKey());
      }
      text = text.substring(0, from + begin.length()) + table.getValue() + text.substring(to);
    }
    Files.writeString(page, text);
  }

  static String row(String... cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }

  static String heading(String... cells) {
    return row(cells) + "|" + "---|".repeat(cells.length) + "\n";
  }

  /** Returns a number to three digits. */
  static String digits(double number) {
    if (number == 0) {
      return "0";
    }
    int decimals = Math.max(0, 2 - (int) Math.floor(Math.log10(Math.abs(number))));
    return String.format(Locale.ROOT, "%,." + decimals + "f", number);
  }

  private String constants() {
    return heading("constant", "of", "value")
        + constants.entrySet().stream()
            .map(
                e ->
                    row(
                        e.getKey().symbol,
                        e.getKey().of,
                        digits(e.getValue() * e.getKey().unitsPerSecond) + " " + e.getKey().unit))
            .collect(Collectors.joining());
  }

  private String overheads() {
    StringBuilder table =
        new StringBuilder(
            heading(
                "job",
                "executors",
                "tasks, stage by stage",
                "MB each",
                "s",
                "formula s",
                "difference",
                "driver's processor s"));
    for (Overhead overhead : measured.overheads()) {
      double predicted = overhead.work().seconds(constants);
      table.append(
          row(
              overhead.what(),
              Integer.toString(overhead.executors()),
              stages(overhead.tree()),
              digits(overhead.bytes() / MEGABYTE),
              digits(overhead.seconds()),
              digits(predicted),
              difference(predicted, overhead.seconds()),
              digits(overhead.driverCpuSeconds())));
    }
    return table.toString();
  }

  static String stages(Tree tree) {
    return tree.stageTasks().stream().map(String::valueOf).collect(Collectors.joining(" → "));
  }

  private static String difference(double predicted, double seconds) {
    return String.format(Locale.ROOT, "%+.0f%%", 100 * (predicted / seconds - 1));
  }

  private String fits(boolean heldOut) {
    StringBuilder table =
        new StringBuilder(
            heading(
                "rows × features",
                "executors",
                "models",
                "tasks",
                "reading",
                "sketch",
                "a pass",
                "with Hessian",
                "passes",
                "between the jobs",
                "whole fit s",
                "formula s",
                "difference"));
    for (ScaleFit fit : measured.fits()) {
      if (fit.setting().heldOut() == heldOut) {
        table.append(row(fit));
      }
    }
    return table.toString();
  }

  private String row(ScaleFit fit) {
    double predicted =
        fit.parts().stream().mapToDouble(p -> p.times() * p.work().seconds(constants)).sum();
    List<JobTime> jobs = fit.jobs().get(0);
    return row(
        fit.setting().label(),
        Integer.toString(fit.setting().executors()),
        Integer.toString(fit.setting().models()),
        stages(jobs.get(jobs.size() - 1).tree()),
        part(fit, "reading", "summary"),
        part(fit, "sketch"),
        part(fit, "passes"),
        part(fit, "passes with a Hessian"),
        Integer.toString(fit.passes()),
        part(fit, "between"),
        digits(fit.typicalSeconds()),
        digits(predicted),
        difference(predicted, fit.typicalSeconds()));
  }

  /** Returns what was measured and what the formula says. */
  private String part(ScaleFit fit, String... columns) {
    List<String> names = List.of(columns);
    return fit.parts().stream()
        .filter(part -> names.contains(part.name()))
        .map(part -> digits(part.seconds()) + " / " + digits(part.work().seconds(constants)))
        .collect(Collectors.joining(", "));
  }

  private String driver() {
    StringBuilder table =
        new StringBuilder(heading("features", "live heap MB", "vectors of d doubles"));
    for (ScaleMeasured.DriverHeap heap : measured.heaps()) {
      table.append(
          row(
              Power.of(heap.features()),
              digits(heap.megabytes()),
              digits(heap.megabytes() * MEGABYTE / Double.BYTES / heap.features())));
    }
    return table.toString();
  }
}
