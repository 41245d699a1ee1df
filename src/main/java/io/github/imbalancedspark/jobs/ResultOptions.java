package io.github.imbalancedspark.jobs;

import java.io.PrintWriter;
import java.util.function.Consumer;
import org.apache.spark.ml.PipelineModel;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where a command leaves its model and its report. */
final class ResultOptions {

  @Mixin private OverwriteOption overwrite;

  @Option(
      names = "--model",
      paramLabel = "DIR",
      order = 70,
      description = "Where to save the model, a Spark PipelineModel.")
  private String model;

  @Option(
      names = "--report",
      paramLabel = "DIR",
      order = 71,
      description = "Where to write metrics.json, report.html and its charts.")
  private String report;

  /**
   * Returns the places, which may be written and are apart from the input.
   *
   * @throws IllegalArgumentException if not
   */
  Results open(String inputPath) {
    Output modelOutput = overwrite.output("model", model);
    Output reportOutput = overwrite.output("report", report);
    if (modelOutput != null) {
      modelOutput.requireApartFrom("input", inputPath);
    }
    if (reportOutput != null) {
      reportOutput.requireApartFrom("input", inputPath);
      if (model != null) {
        reportOutput.requireApartFrom("model", model);
      }
    }
    return new Results(modelOutput, reportOutput);
  }

  /** The places, of which what is not saved is removed in the end. */
  final class Results implements AutoCloseable {

    private final Output modelOutput;
    private final Output reportOutput;

    private Results(Output modelOutput, Output reportOutput) {
      this.modelOutput = modelOutput;
      this.reportOutput = reportOutput;
    }

    /** Makes sure that the places can be written. */
    void begin() {
      Output.beginAll(modelOutput, reportOutput);
    }

    /** Saves what there is a place for, and says where. */
    void save(PipelineModel fitted, Consumer<Output> writeReport, PrintWriter out) {
      if (modelOutput != null) {
        modelOutput.attempt(() -> fitted.write().save(modelOutput.temporary().toString()));
        modelOutput.attempt(() -> Checksums.write(modelOutput.temporary()));
      }
      if (reportOutput != null) {
        reportOutput.attempt(() -> writeReport.accept(reportOutput));
      }
      Output.commitAll(modelOutput, reportOutput);
      if (modelOutput != null) {
        out.println("\nmodel    " + model);
      }
      if (reportOutput != null) {
        out.println("report   " + report + "/report.html");
      }
    }

    @Override
    public void close() {
      try (modelOutput;
          reportOutput) {
        // both are closed, whatever becomes of the other
      }
    }
  }
}
