package io.github.imbalancedspark.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imbalancedspark.support.FaultPlugin;
import io.github.imbalancedspark.support.FaultPlugin.Fault;
import io.github.imbalancedspark.support.Submission;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A driver that is asked to end by SIGTERM says so, and takes with it what it has half written. */
class StopSignalIT {

  private static final int SIGTERM = 128 + 15;

  @TempDir Path folder;

  @Test
  void aStoppedRunSaysSoAndLeavesNothing() {
    Submission.Result run =
        Submission.here(
            FaultPlugin.options(
                Fault.DRIVER_STOPPED, "PipelineModel|StageIo", folder.resolve("faults.log")),
            "train",
            "--input=jobs/sample-data/creditcard-sample.csv.gz",
            "--label=Class",
            "--model=" + folder.resolve("model"),
            "--report=" + folder.resolve("report"));
    assertThat(run.err())
        .isEqualTo(
            "imbalanced: stopped before its end (SIGTERM, Ctrl-C or a cluster manager); outputs are"
                + " as they were, or marked as unfinished while they moved: run it again");
    assertThat(run.code()).isEqualTo(SIGTERM);
    assertThat(CommandRun.names(folder)).containsExactly("faults.log");
  }
}
