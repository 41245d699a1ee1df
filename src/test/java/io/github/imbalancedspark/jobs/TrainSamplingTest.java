package io.github.imbalancedspark.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.imbalancedspark.classification.ImbalancedLogisticRegression;
import io.github.imbalancedspark.classification.ImbalancedLogisticRegressionModel;
import io.github.imbalancedspark.sampling.SamplerModel;
import io.github.imbalancedspark.support.SparkSessions;
import io.github.imbalancedspark.support.Warnings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code train --sampling} and {@code --split}, told from the rows that they leave. */
class TrainSamplingTest {

  private static final int ROWS = 1000;

  @TempDir Path folder;

  /** 100 positives in 1000 rows: every tenth; groups of 8 rows, days that ascend with the rows. */
  private String table() {
    Random random = new Random(5);
    List<String> lines = new ArrayList<>(List.of("x,y,kind,customer,day,label"));
    for (int i = 0; i < ROWS; i++) {
      int label = i % 10 == 0 ? 1 : 0;
      lines.add(
          String.join(
              ",",
              Double.toString(random.nextGaussian() + label),
              Double.toString(random.nextGaussian()),
              "k" + i % 3,
              Integer.toString(i / 8),
              Integer.toString(i / 2),
              Integer.toString(label)));
    }
    return CommandRun.file(folder, "table.csv", lines.toArray(new String[0]));
  }

  private CommandRun train(String... options) {
    return CommandRun.of(
        Stream.concat(
                Stream.of(
                    "train",
                    "--input=" + table(),
                    "--model=" + folder.resolve("model"),
                    "--report=" + folder.resolve("report"),
                    "--overwrite"),
                Arrays.stream(options))
            .toArray(String[]::new));
  }

  private JsonNode metrics(String... options) throws IOException {
    CommandRun run = train(options);
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    return new ObjectMapper().readTree(folder.resolve("report/metrics.json").toFile());
  }

  private PipelineModel model() {
    return PipelineModel.load(folder.resolve("model").toString());
  }

  private ImbalancedLogisticRegressionModel classifier() {
    Transformer[] stages = model().stages();
    return (ImbalancedLogisticRegressionModel) stages[stages.length - 1];
  }

  /** Of 720 negatives and 80 positives in training; 200 rows are held out. */
  @ParameterizedTest
  @CsvSource({
    "under:0.5, 240, 1",
    "over:1, 1440, 1",
    "'under:0.25,smote:0.5', 480, 2",
    "'borderline1:0.25, adasyn:0.5', 1080, 2",
  })
  void onlyTrainingRowsAreResampled(String sampling, long trained, int stages) throws IOException {
    JsonNode metrics =
        metrics("--features=x,y", "--sampling=" + sampling, "--pos-weight=auto", "--reg-param=0.1");

    assertThat(metrics.get("train_rows").asLong()).isEqualTo(trained);
    assertThat(metrics.get("rows").asLong()).isEqualTo(200);
    assertThat(metrics.get("positives").asLong()).isEqualTo(20);
    PipelineModel model = model();
    assertThat(model.stages()).filteredOn(SamplerModel.class::isInstance).hasSize(stages);
    assertThat(
            model
                .transform(
                    SparkSessions.shared()
                        .read()
                        .option("header", true)
                        .option("inferSchema", true)
                        .csv(table()))
                .count())
        .isEqualTo(ROWS);
  }

  @Test
  void samplingIsToldInTheReport() {
    assertThat(train("--features=x,y", "--sampling=under:0.5,over:1").out())
        .containsPattern("training rows +320 \\(under:0.5, over:1.0\\)");
  }

  @Test
  void weightsOfClassesAreThoseOfTheSample() {
    String out =
        train("--features=x,y", "--sampling=under:0.5", "--weighting=inverseFrequency").out();

    // of 160 and 80 rows: 240 / (2 · 160) and 240 / (2 · 80)
    assertThat(out)
        .containsPattern("\\n  0 +900 .* 0\\.75 ")
        .containsPattern("\\n  1 +100 .* 1\\.5 ");
  }

  @Test
  void stepsThatAreNoneAreNamed() {
    for (String bad : List.of("under", "under:2", "under:x", "down:0.5")) {
      CommandRun run = train("--sampling=over:1," + bad);
      assertThat(run.code()).isEqualTo(2);
      assertThat(run.err())
          .contains(
              "--sampling: '"
                  + bad
                  + "' is no step; give one of under, over, smote, borderline1, adasyn, a colon and"
                  + " the ratio of the smaller to the larger class after it, in (0, 1], such as"
                  + " under:0.1");
    }
    CommandRun run = train("--features=x,y", "--categorical=kind", "--sampling=over:1,smote:1");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("--sampling: smote:1.0 cannot put rows between the categories");
  }

  @Test
  void splitByTimeTestsOnTheLatestRows() throws IOException {
    JsonNode metrics = metrics("--split=time:day");

    assertThat(metrics.get("rows").asLong()).isEqualTo(200);
    assertThat(metrics.get("positives").asLong()).isEqualTo(20);
    assertThat(classifier().numFeatures()).as("x, y and customer, but not day").isEqualTo(3);
    metrics("--split=TIME:day", "--features=x,day");
    assertThat(classifier().numFeatures()).isEqualTo(2);
  }

  @Test
  void splitByGroupKeepsGroupsTogether() throws IOException {
    JsonNode metrics = metrics("--split=group:customer", "--features=x,y", "--test-fraction=0.25");

    long rows = metrics.get("rows").asLong();
    assertThat(rows % 8).as("whole groups of 8").isZero();
    assertThat(rows).isBetween(220L, 280L);
    assertThat(rows + metrics.get("train_rows").asLong()).isEqualTo(ROWS);
  }

  @Test
  void splitsThatAreNoneAreNamed() {
    for (String bad : List.of("sorted", "time:", "group", "")) {
      CommandRun run = train("--split=" + bad);
      assertThat(run.code()).isEqualTo(2);
      assertThat(run.err())
          .contains(
              "--split: is '"
                  + bad
                  + "'; use random, stratified, time:COLUMN or group:COLUMN (see imbalanced train");
    }
    CommandRun run = train("--split=time:hour");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err())
        .contains(
            "--split: there is no column 'hour'; the columns are x, y, kind, customer, day, label");
  }

  @Test
  void warningsNameOptions() {
    try (Warnings warnings = Warnings.of(ImbalancedLogisticRegression.class)) {
      train("--sampling=over:0.5", "--pos-weight=9", "--features=x");
      assertThat(warnings.messages())
          .singleElement()
          .asString()
          .contains("9.00000 (--pos-weight)")
          .endsWith("leave one of them out, or set --on-double-correction to ignore");
    }
  }

  @Test
  void oneImbalanceCorrectedTwiceIsToldByTheOptionsThatDo() {
    String[] thrice = {
      "--features=x,y",
      "--sampling=over:0.5",
      "--weighting=inverseFrequency",
      "--pos-weight=9",
      null
    };
    thrice[4] = "--on-double-correction=error";
    CommandRun refused = train(thrice);
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err())
        .contains(
            "multiplied by 4.50000 (--sampling over:0.5) and 2.00000 (--weighting inverseFrequency)"
                + " and 9.00000 (--pos-weight), together 81.0000,");

    thrice[4] = "--on-double-correction=ignore";
    assertThat(train(thrice).out())
        .containsPattern("\n  --sampling over:0\\.5 +4\\.5\n")
        .containsPattern("\n  --weighting inverseFrequency +2\n");
  }

  @Test
  void oneIsSingular() {
    try (Warnings log =
        Warnings.andProgressOf(TrainingOptions.class, ImbalancedLogisticRegression.class)) {
      CommandRun run = train("--features=x");
      assertThat(log.messages())
          .contains("1000 rows: 100 of 'label' = 1, 900 of 0; 1 feature column")
          .anyMatch(line -> line.startsWith("read 800 rows of 1 feature; "));
      assertThat(run.out()).containsPattern("features +1 from 1 column\n");
    }
  }

  /** Held-out rows are scored in the end, but looked at before the work begins. */
  @ParameterizedTest
  @CsvSource({"NaN, error", "'', error", "Infinity, mean"})
  void aFeatureThatIsNoneInAHeldOutRowIsFoundBeforeTheFit(String value, String missing)
      throws IOException {
    List<String> lines = new ArrayList<>(Files.readAllLines(Path.of(table())));
    lines.set(ROWS, value + ",1,k1,1,999,0");
    String table = CommandRun.file(folder, "last-is-bad.csv", lines.toArray(new String[0]));
    try (Warnings learner = Warnings.andProgressOf(ImbalancedLogisticRegression.class)) {
      CommandRun run =
          CommandRun.of("train", "--input=" + table, "--split=time:day", "--missing=" + missing);
      assertThat(run.err())
          .startsWith(
              "imbalanced train: --features: column 'x' holds "
                  + (value.isEmpty() ? "null" : value)
                  + "; ");
      assertThat(learner.messages()).isEmpty();
    }
  }
}
