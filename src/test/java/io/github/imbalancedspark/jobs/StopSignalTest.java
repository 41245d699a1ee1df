package io.github.imbalancedspark.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/** What is said of a stop is true of the command that was stopped. */
class StopSignalTest {

  private static final String STOPPED =
      "imbalanced: stopped before its end (SIGTERM, Ctrl-C or a cluster manager); ";

  private final StopSignal signal = new StopSignal();

  private String saidAfter(String... args) {
    PrintWriter nowhere = new PrintWriter(new StringWriter());
    int code = Main.run(signal, nowhere, nowhere, args);
    assertThat(code).isEqualTo(2);
    return said();
  }

  private String said() {
    StringWriter err = new StringWriter();
    signal.come(new PrintWriter(err, true));
    return err.toString().stripTrailing();
  }

  @Test
  void aStreamKeepsWhatItHasScored() {
    assertThat(
            saidAfter(
                "score", "--input=a", "--model=b", "--output=c", "--checkpoint=d", "--every=0"))
        .isEqualTo(
            STOPPED
                + "files that were scored are in the output and stay there: run it again for the"
                + " rest");
  }

  @Test
  void otherOutputsAreAsTheyWere() {
    assertThat(saidAfter("evaluate", "--input=a", "--threshold=NaN"))
        .isEqualTo(
            STOPPED
                + "outputs are as they were, or marked as unfinished while they moved: run it again");
  }

  @Test
  void whatHasEndedIsNotStopped() {
    signal.end();
    assertThat(said()).isEmpty();
    assertThat(signal.came()).isFalse();
  }
}
