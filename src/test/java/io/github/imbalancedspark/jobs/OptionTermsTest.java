package io.github.imbalancedspark.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.Model.CommandSpec;

class OptionTermsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "samplingStrategy: '2' is no ratio|--sampling: '2' is no ratio",
        "labelCol: column '%s' holds null|--label: column '%s' holds null",
        "k: is 5; k stays|--neighbors: is 5; k stays",
        "maxIter reached; raise it, or tol|--max-iter reached; raise it, or tol",
        "leave one out, or set onDoubleCorrection to ignore|leave one out, or set"
            + " --on-double-correction to ignore",
        "by 9 (autoPosWeight) and 2 (populationRate)|by 9 (--pos-weight) and 2 (--population-rate)",
        "set maxBlockSizeInMB|set --max-block-size-in-mb",
        "there is no 'x', or a groupCol with fewer|there is no 'x', or a --split with fewer",
        "the loss and its threshold|the loss and its threshold",
        "weight-col: is 'x'; no weight-col|--weight-col: is 'x'; no weight-col",
        "handleInvalid: set handleInvalid|handleInvalid: set handleInvalid",
        "--pos-weight: '3x' is no number|--pos-weight: '3x' is no number",
      })
  void aParameterGivesWayToItsOption(String message, String inOptions) {
    CommandSpec train = CommandSpec.forAnnotatedObject(new TrainCommand());
    assertThat(new OptionTerms(train).apply(message)).isEqualTo(inOptions);
  }

  /** Of a message that may hold words of the user's nothing but its head is known to be ours. */
  @Test
  void aColumnThatIsCalledAsAParameterKeepsItsName() {
    CommandSpec train = CommandSpec.forAnnotatedObject(new TrainCommand());
    assertThat(
            new OptionTerms(train)
                .headed("labelCol: there is no 'y'; there are regParam, posWeight and maxIter"))
        .isEqualTo("--label: there is no 'y'; there are regParam, posWeight and maxIter");
  }

  /** What sets a parameter depends on the command. */
  @ParameterizedTest
  @CsvSource({"train, --weighting", "weights, --strategy"})
  void theOptionIsThatOfTheCommand(String command, String option) {
    CommandSpec spec =
        CommandSpec.forAnnotatedObject(
            command.equals("train") ? new TrainCommand() : new WeightsCommand());
    assertThat(new OptionTerms(spec).apply("strategy: is odd")).isEqualTo(option + ": is odd");
  }
}
