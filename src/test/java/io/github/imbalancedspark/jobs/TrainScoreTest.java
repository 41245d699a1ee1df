package io.github.imbalancedspark.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.imbalancedspark.classification.ImbalancedLogisticRegressionModel;
import io.github.imbalancedspark.support.SparkSessions;
import io.github.imbalancedspark.weighting.ClassWeighterModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Train, score and evaluate, from files to files. */
class TrainScoreTest {

  private static final String BANK = "src/test/resources/data/bank-additional-full.csv.gz";

  @TempDir Path folder;

  private String at(String name) {
    return folder.resolve(name).toString();
  }

  private JsonNode json(String name) throws IOException {
    return new ObjectMapper().readTree(folder.resolve(name).toFile());
  }

  private List<Row> parquet(String name) {
    return SparkSessions.shared().read().parquet(at(name)).orderBy("id").collectAsList();
  }

  private static ImbalancedLogisticRegressionModel classifier(String model) {
    PipelineModel pipeline = PipelineModel.load(model);
    return (ImbalancedLogisticRegressionModel) pipeline.stages()[pipeline.stages().length - 1];
  }

  private static double sigmoid(double z) {
    return 1 / (1 + Math.exp(-z));
  }

  @Test
  void shippedConfigurationFindsTheFrauds() throws IOException {
    CommandRun run =
        CommandRun.succeed(
            "train",
            "--config",
            "conf/creditcard-train.properties",
            "--model",
            at("model"),
            "--report",
            at("report"));
    assertThat(CommandRun.names(folder)).containsExactly("model", "report");
    JsonNode metrics = json("report/metrics.json");
    assertThat(metrics.get("roc_auc").asDouble()).isGreaterThanOrEqualTo(0.96);
    assertThat(metrics.get("rows").asLong()).isEqualTo(9135);
    assertThat(metrics.get("positives").asLong()).isEqualTo(98);
    assertThat(metrics.get("train_rows").asLong()).isEqualTo(36541);
    assertThat(metrics.get("pos_weight").asDouble()).isEqualTo(36147.0 / 394, within(1e-9));
    assertThat(metrics.get("tp").asDouble() + metrics.get("fn").asDouble()).isEqualTo(98);
    assertThat(metrics.get("converged").asBoolean()).isTrue();
    // balanced classes, where the population's odds are 0.00172 to 0.99828
    assertThat(metrics.get("odds_factor").asDouble()).isEqualTo(0.99828 / 0.00172, within(1e-6));
    assertThat(run.out())
        .containsPattern(
            "--population-rate +6\\.32\\d+\\n +--pos-weight +91\\.7\\d+\\n +together +580");
    assertThat(run.out())
        .contains("45,184", "loss weight", "predicted 1", "ROC AUC", "average precision")
        .containsPattern("precision in the population +0\\.0\\d+ ");
    assertThat(run.out().replaceAll("\\s+", " "))
        .contains("Positive are 0.172% of the population, and 1.08% of the rows trained on.")
        .contains("of the population 0.172%: precision there follows from");
    double found = metrics.get("recall").asDouble() * 0.00172;
    double alarms = found + (1 - metrics.get("specificity").asDouble()) * 0.99828;
    assertThat(metrics.get("population_precision").asDouble())
        .isEqualTo(found / alarms, within(1e-12));
    assertThat(metrics.get("corrected_expected_calibration_error").asDouble())
        .isLessThan(metrics.get("expected_calibration_error").asDouble());
    assertThat(metrics.get("bias_correction").asText()).isEqualTo("none");
    assertThat(Files.readString(folder.resolve("report/report.html")))
        .startsWith("<!DOCTYPE html>")
        .contains("ROC AUC", "prefers-color-scheme", "aria-label=\"Coefficients by size\"")
        .doesNotContain("http");
    assertThat(CommandRun.names(folder.resolve("report")))
        .contains("roc.png", "precision-recall.png", "thresholds.png", "scores.png")
        .contains("calibration.png", "coefficients.png", "progress.png");
    assertThat(metrics.get("roc_auc_low").asDouble()).isBetween(0.9, 0.97);
    assertThat(metrics.get("roc_auc_high").asDouble()).isBetween(0.98, 1.0);
    assertThat(classifier(at("model")).getThreshold()).isEqualTo(0.5);
    evaluatesFraudsAlone();
  }

  /** Of one class no rows can be made that are mixed as the population. */
  private void evaluatesFraudsAlone() throws IOException {
    SparkSessions.shared()
        .read()
        .option("header", true)
        .csv("jobs/sample-data/creditcard-sample.csv.gz")
        .filter("Class = 1")
        .write()
        .option("header", true)
        .csv(at("frauds"));
    CommandRun.succeed(
        "evaluate",
        "--input=" + at("frauds"),
        "--label=Class",
        "--model=" + at("model"),
        "--report=" + at("of-frauds"));
    JsonNode metrics = json("of-frauds/metrics.json");
    assertThat(metrics.get("recall").asDouble()).isBetween(0.85, 1.0);
    assertThat(metrics.get("population_precision").isNull()).isTrue();
    assertThat(metrics.get("corrected_brier").isNull()).isTrue();
    assertThat(metrics.get("roc_auc_reason").asText())
        .isEqualTo("roc_auc does not exist without negative rows");
  }

  @Test
  void bankDataTrainsAndScoresWithOptionsAlone() throws IOException {
    String[] table = {"--input", BANK, "--option", "sep=;"};
    CommandRun.succeed(
        concat(
            table,
            "train",
            "--label=y",
            "--positive-label=yes",
            "--ignore=duration",
            "--categorical=job,marital,education,default,housing,loan,contact,month,day_of_week,poutcome",
            "--pos-weight=auto",
            "--reg-param=0.001",
            "--model=" + at("model"),
            "--report=" + at("report")));
    JsonNode metrics = json("report/metrics.json");
    assertThat(metrics.get("rows").asLong() + metrics.get("train_rows").asLong()).isEqualTo(41188);
    assertThat(metrics.get("roc_auc").asDouble()).isBetween(0.76, 0.83);
    // 9 numbers; one-hot columns: 12 + 4 + 8 + 3 + 3 + 3 + 2 + 10 + 5 + 3 categories
    assertThat(classifier(at("model")).numFeatures()).isEqualTo(9 + 53);

    CommandRun.succeed(
        concat(
            table,
            "score",
            "--model",
            at("model"),
            "--output",
            at("scored"),
            "--columns=y,emp.var.rate"));
    List<String> columns =
        Arrays.asList(SparkSessions.shared().read().parquet(at("scored")).columns());
    assertThat(columns)
        .containsExactly("y", "emp.var.rate", "prediction", "probability", "corrected_probability");

    String[] label = {"--label=y", "--positive-label=yes"};
    CommandRun.succeed(
        concat(
            label,
            "evaluate",
            "--input=" + at("scored"),
            "--format=parquet",
            "--report=" + at("of-scores")));
    CommandRun.succeed(
        concat(
            concat(table, label),
            "evaluate",
            "--model=" + at("model"),
            "--report=" + at("of-model")));
    ObjectNode ofModel = (ObjectNode) json("of-model/metrics.json");
    assertThat(ofModel.get("corrected_brier").asDouble())
        .isLessThan(ofModel.get("brier").asDouble());
    ObjectNode ofScores = (ObjectNode) json("of-scores/metrics.json");
    for (String name : List.of("brier", "log_loss", "expected_calibration_error")) {
      ofModel.remove("corrected_" + name);
      ofScores.remove("corrected_" + name);
    }
    assertThat(ofScores).isEqualTo(ofModel);
    assertThat(json("of-model/metrics.json").get("rows").asLong()).isEqualTo(41188);
    assertThat(json("of-model/metrics.json").get("positives").asLong()).isEqualTo(4640);
  }

  private static String[] concat(String[] last, String... first) {
    List<String> all = new ArrayList<>(Arrays.asList(first));
    all.addAll(Arrays.asList(last));
    return all.toArray(new String[0]);
  }

  /** Columns: id, two awkwardly named features, a category, an unused text, the label. */
  private String oddTable(String name, boolean labelled, int rows) {
    Random random = new Random(7);
    List<String> lines =
        new ArrayList<>(
            List.of("id,a.b `c`,größe in 'mm',kind.of,note" + (labelled ? ",is it?" : "")));
    for (int i = 0; i < rows; i++) {
      double first = random.nextGaussian();
      double second = 100 + 5 * random.nextGaussian();
      String kind = List.of("red", "green", "blue").get(i % 3);
      boolean positive = first + 0.2 * (second - 100) + 2 * random.nextGaussian() > 2;
      lines.add(
          i
              + ","
              + first
              + ","
              + second
              + ","
              + kind
              + ",n"
              + i
              + (labelled ? "," + positive : ""));
    }
    return CommandRun.file(folder, name, lines.toArray(new String[0]));
  }

  @Test
  void awkwardColumnNamesWorkAndScoresAreTheModelsOwn() {
    CommandRun.succeed(
        "train",
        "--input=" + oddTable("train.csv", true, 400),
        "--label=is it?",
        "--ignore=id",
        "--categorical=kind.of",
        "--weighting=effectiveNumber",
        "--split=random",
        "--model=" + at("model"));
    CommandRun.succeed(
        "score",
        "--input=" + oddTable("new.csv", false, 50),
        "--model=" + at("model"),
        "--output=" + at("scored"));
    List<Row> rows = parquet("scored");
    assertThat(rows).hasSize(50);
    assertThat(rows.get(0).schema().fieldNames())
        .containsExactly(
            "id",
            "a.b `c`",
            "größe in 'mm'",
            "kind.of",
            "note",
            "prediction",
            "probability",
            "corrected_probability");

    ImbalancedLogisticRegressionModel model = classifier(at("model"));
    Vector beta = model.coefficients();
    List<String> kinds = kindsInOrder(at("model"));
    double classWeight = weighter(at("model")).posWeight();
    assertThat(classWeight).isGreaterThan(2);
    for (Row row : rows) {
      double z =
          model.intercept()
              + beta.apply(0) * row.getDouble(1)
              + beta.apply(1) * row.getDouble(2)
              + beta.apply(2 + kinds.indexOf(row.getString(3)));
      assertThat(row.getDouble(6)).isEqualTo(sigmoid(z), within(1e-12));
      assertThat(row.getDouble(5)).isEqualTo(sigmoid(z) > 0.5 ? 1 : 0);
      double odds = Math.exp(z) / classWeight;
      assertThat(row.getDouble(7)).isEqualTo(odds / (1 + odds), within(1e-12));
    }
  }

  private static ClassWeighterModel weighter(String model) {
    return Arrays.stream(PipelineModel.load(model).stages())
        .filter(ClassWeighterModel.class::isInstance)
        .map(ClassWeighterModel.class::cast)
        .findFirst()
        .orElseThrow();
  }

  private static List<String> kindsInOrder(String model) {
    return Arrays.stream(PipelineModel.load(model).stages())
        .filter(org.apache.spark.ml.feature.StringIndexerModel.class::isInstance)
        .map(stage -> ((org.apache.spark.ml.feature.StringIndexerModel) stage).labelsArray()[0])
        .map(Arrays::asList)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void savedModelLeavesNoTemporaryColumns() {
    String table = oddTable("train.csv", true, 400);
    CommandRun.succeed(
        "train",
        "--input=" + table,
        "--label=is it?",
        "--ignore=id",
        "--missing=median",
        "--model=" + at("model"));
    List<String> made =
        new ArrayList<>(
            Arrays.asList(
                PipelineModel.load(at("model"))
                    .transform(
                        SparkSessions.shared()
                            .read()
                            .option("header", true)
                            .option("inferSchema", true)
                            .csv(table))
                    .columns()));
    assertThat(made)
        .containsExactly(
            "id",
            "a.b `c`",
            "größe in 'mm'",
            "kind.of",
            "note",
            "is it?",
            "features",
            "rawPrediction",
            "probability",
            "prediction");
  }

  /** The label is x > 5 for most rows; x is missing in every tenth. */
  private String gappyTable() {
    List<String> lines = new ArrayList<>(List.of("id,x,kind,label"));
    for (int i = 0; i < 300; i++) {
      double x = i * 37 % 100 / 10.0;
      String label = (x > 5) == (i % 7 != 0) ? "1" : "0";
      lines.add(
          i + "," + (i % 10 == 3 ? "" : x) + "," + (i % 20 == 5 ? "" : "k" + i % 2) + "," + label);
    }
    return CommandRun.file(folder, "gaps.csv", lines.toArray(new String[0]));
  }

  @Test
  void missingNumbersAreImputedAndUnseenCategoriesAreZeros() {
    CommandRun.succeed(
        "train",
        "--input=" + gappyTable(),
        "--ignore=id",
        "--categorical=kind",
        "--missing=mean",
        "--model=" + at("model"));
    String unseen =
        CommandRun.file(folder, "new.csv", "id,x,kind", "0,,k0", "1,2.5,other", "2,2.5,");
    CommandRun.succeed(
        "score", "--input=" + unseen, "--model=" + at("model"), "--output=" + at("scored"));
    ImbalancedLogisticRegressionModel model = classifier(at("model"));
    double mean =
        Arrays.stream(PipelineModel.load(at("model")).stages())
            .filter(org.apache.spark.ml.feature.ImputerModel.class::isInstance)
            .map(stage -> ((org.apache.spark.ml.feature.ImputerModel) stage).surrogateDF().head())
            .findFirst()
            .orElseThrow()
            .getDouble(0);
    assertThat(mean).isBetween(4.0, 6.0);
    double[] beta = model.coefficients().toArray();
    int k0 = 1 + kindsInOrder(at("model")).indexOf("k0");
    List<Row> rows = parquet("scored");
    assertThat(rows.get(0).<Double>getAs("probability"))
        .isEqualTo(sigmoid(model.intercept() + beta[0] * mean + beta[k0]), within(1e-12));
    assertThat(rows.get(1).<Double>getAs("probability"))
        .isEqualTo(sigmoid(model.intercept() + beta[0] * 2.5), within(1e-12));
    assertThat(rows.get(2).<Double>getAs("probability"))
        .isEqualTo(rows.get(1).<Double>getAs("probability"));
  }

  /** Returns both classes' rows of a line of the class balance. */
  private static long countedIn(String page, String stage) {
    Matcher line = Pattern.compile("  " + stage + " +(\\d+) +(\\d+) +[\\d.]+%").matcher(page);
    assertThat(line.find()).as(stage).isTrue();
    return Long.parseLong(line.group(1)) + Long.parseLong(line.group(2));
  }

  @Test
  void skippedRowsAreSkippedInScoringToo() throws IOException {
    String table = gappyTable();
    CommandRun run =
        CommandRun.succeed(
            "train",
            "--input=" + table,
            "--ignore=id",
            "--categorical=kind",
            "--missing=skip",
            "--model=" + at("model"),
            "--report=" + at("report"));
    JsonNode metrics = json("report/metrics.json");
    assertThat(metrics.get("rows").asLong() + metrics.get("train_rows").asLong())
        .isEqualTo(300 - 30 - 15);
    assertThat(countedIn(run.out(), "all rows")).isEqualTo(300);
    assertThat(countedIn(run.out(), "skipped for want of a value")).isEqualTo(30 + 15);
    assertThat(countedIn(run.out(), "training rows")).isEqualTo(metrics.get("train_rows").asLong());
    CommandRun.succeed(
        "score",
        "--input=" + table,
        "--model=" + at("model"),
        "--output=" + at("scored"),
        "--output-format=csv");
    assertThat(SparkSessions.shared().read().option("header", true).csv(at("scored")).count())
        .isEqualTo(300 - 30 - 15);
  }

  @Test
  void valueThatIsNoFeatureIsNamedWhenScoring() {
    CommandRun.succeed(
        "train",
        "--input=" + gappyTable(),
        "--ignore=id",
        "--missing=mean",
        "--model=" + at("model"));
    String text = CommandRun.file(folder, "new.csv", "id,x", "0,1.5", "1,'many");
    CommandRun run =
        CommandRun.of(
            "score", "--input=" + text, "--model=" + at("model"), "--output=" + at("scored"));
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.errors())
        .containsExactly(
            "imbalanced score: features: column 'x' holds 'many; features must be finite numbers:"
                + " mend the value or drop the row");
    assertThat(CommandRun.names(folder)).containsExactly("gaps.csv", "model", "new.csv");
  }

  @Test
  void columnThatTheModelReadsIsNamedIfItIsMissing() {
    CommandRun.succeed(
        "train",
        "--input=" + gappyTable(),
        "--ignore=id",
        "--missing=mean",
        "--model=" + at("model"));
    String other = CommandRun.file(folder, "new.csv", "id,z", "0,1.5");
    CommandRun run =
        CommandRun.of(
            "score", "--input=" + other, "--model=" + at("model"), "--output=" + at("scored"));
    assertThat(run.errors())
        .containsExactly(
            "imbalanced score: --input: there is no column 'x', which the model reads; the columns are"
                + " id, z");
  }

  @Test
  void metricThatDoesNotExistIsNull() throws IOException {
    String scored = CommandRun.file(folder, "margins.csv", "z,y", "-3,0", "-1,1", "2,0", "4,1");
    CommandRun run =
        CommandRun.succeed(
            "evaluate",
            "--input=" + scored,
            "--label=y",
            "--score-col=z",
            "--threshold=0",
            "--report=" + at("report"));
    assertThat(run.out()).containsPattern("Brier score +–").containsPattern("log loss +–");
    JsonNode metrics = json("report/metrics.json");
    assertThat(metrics.get("brier").isNull()).isTrue();
    assertThat(metrics.get("log_loss").isNull()).isTrue();
    assertThat(metrics.get("roc_auc").asDouble()).isEqualTo(0.75);
    assertThat(metrics.get("rows").toString()).isEqualTo("4");
    assertThat(metrics.get("positives").toString()).isEqualTo("2");
  }

  @Test
  void libsvmIsReadAsItIs() {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      lines.add(
          (i % 4 == 0 ? "+1" : "-1") + " " + (1 + i % 5) + ":" + (1 + i % 3) + " 7:" + i % 13);
    }
    String file = CommandRun.file(folder, "rows.libsvm", lines.toArray(new String[0]));
    CommandRun.succeed(
        "train",
        "--input=" + file,
        "--format=libsvm",
        "--reg-param=0.01",
        "--model=" + at("model"));
    CommandRun skipping =
        CommandRun.of(
            "train",
            "--input=" + file,
            "--format=libsvm",
            "--missing=skip",
            "--model=" + at("skipping"));
    assertThat(skipping.errors())
        .containsExactly(
            "imbalanced train: --missing: the features are the vector column 'features', whose entries"
                + " are not looked into; leave it out, and mend the vectors where they are made");
    assertThat(PipelineModel.load(at("model")).stages()).hasSize(1);
    assertThat(classifier(at("model")).numFeatures()).isEqualTo(7);
    String narrow = CommandRun.file(folder, "narrow.libsvm", "0 1:1", "0 2:1 3:NaN");
    CommandRun run =
        CommandRun.of(
            "score",
            "--input=" + narrow,
            "--format=libsvm",
            "--model=" + at("model"),
            "--output=" + at("scored"));
    assertThat(run.errors())
        .containsExactly(
            "imbalanced score: features: column 'features' holds NaN or an infinity; mend the value"
                + " or drop the row");
    CommandRun.file(folder, "narrow.libsvm", "0 1:1", "0 2:1");
    CommandRun.succeed(
        "score",
        "--input=" + narrow,
        "--format=libsvm",
        "--model=" + at("model"),
        "--output=" + at("scored"));
    assertThat(
            SparkSessions.shared()
                .read()
                .parquet(at("scored"))
                .agg(functions.count("probability"))
                .head()
                .getLong(0))
        .isEqualTo(2);
    CommandRun csv =
        CommandRun.of(
            "score",
            "--input=" + narrow,
            "--format=libsvm",
            "--model=" + at("model"),
            "--output=" + at("csv"),
            "--output-format=csv");
    assertThat(csv.errors())
        .containsExactly(
            "imbalanced score: --output-format: column 'features' is of type vector, which csv cannot"
                + " hold; write parquet, or leave the column out");
  }

  @Test
  void commandLineWinsOverTheFileAndOverwritingReplacesAll() throws IOException {
    String config =
        CommandRun.file(
            folder,
            "train.properties",
            "input=" + oddTable("train.csv", true, 400).replace("\\", "/"),
            "option.header=true",
            "label=is it?",
            "ignore=id,note",
            "threshold=0.7",
            "overwrite=true",
            "model=" + at("model"));
    CommandRun.succeed("train", "--config=" + config, "--overwrite=false");
    assertThat(classifier(at("model")).getThreshold()).isEqualTo(0.7);
    Files.writeString(folder.resolve("model/old"), "x");
    CommandRun refused = CommandRun.of("train", "--config", config, "--overwrite=false");
    assertThat(refused.err()).contains("exists already; pass --overwrite to replace it");
    CommandRun.succeed("train", "--config=" + config, "--threshold=0.2", "--overwrite");
    assertThat(classifier(at("model")).getThreshold()).isEqualTo(0.2);
    assertThat(CommandRun.names(folder.resolve("model"))).doesNotContain("old");
    assertThat(CommandRun.names(folder)).containsExactly("model", "train.csv", "train.properties");
  }

  /** Numbers that are hardly any, as features and as weights, and a zero with a sign. */
  @Test
  void subnormalNumbersAreNumbers() throws IOException {
    trainAndScore("zeros", "0.0", "0");
    trainAndScore("subnormal", "4.9E-324", "4.9E-324");
    trainAndScore("signed", "-0.0", "-0.0");

    for (String other : List.of("subnormal", "signed")) {
      assertThat(classifier(at(other + "/model")).coefficients().apply(0))
          .isEqualTo(classifier(at("zeros/model")).coefficients().apply(0), within(1e-9));
      for (String metric : List.of("roc_auc", "average_precision", "log_loss", "train_rows")) {
        assertThat(json(other + "/report/metrics.json").get(metric).asDouble())
            .as(other + " " + metric)
            .isEqualTo(json("zeros/report/metrics.json").get(metric).asDouble(), within(1e-9));
      }
      List<Row> expected = parquet("zeros/scored");
      List<Row> scored = parquet(other + "/scored");
      for (int i = 0; i < expected.size(); i++) {
        assertThat(scored.get(i).<Double>getAs("probability"))
            .isEqualTo(expected.get(i).getAs("probability"), within(1e-9));
      }
    }
  }

  private void trainAndScore(String name, String feature, String weight) throws IOException {
    Path under = Files.createDirectories(folder.resolve(name));
    Random random = new Random(3);
    List<String> lines = new ArrayList<>(List.of("id,x,w,y"));
    for (int i = 0; i < 100; i++) {
      String x = i % 5 == 0 ? feature : Double.toString(random.nextGaussian());
      lines.add(i + "," + x + "," + (i % 7 == 0 ? weight : "1.5") + "," + (i * i % 3) % 2);
    }
    String table = CommandRun.file(under, "table.csv", lines.toArray(new String[0]));
    String model = under.resolve("model").toString();
    CommandRun.succeed(
        "train",
        "--input",
        table,
        "--label=y",
        "--weight-col=w",
        "--split=time:id",
        "--reg-param=0.01",
        "--model",
        model,
        "--report",
        under.resolve("report").toString());
    CommandRun.succeed(
        "score",
        "--input",
        table,
        "--model",
        model,
        "--output",
        under.resolve("scored").toString());
  }
}
