package io.github.imbalancedspark.calibration;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.imbalancedspark.support.Golden;
import io.github.imbalancedspark.support.SparkSessions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProbabilityCalibratorTest {

  private static final JsonNode GOLDEN = Golden.read("calibration.json");

  private static final Dataset<Row> ROWS = rows().cache();

  private static Dataset<Row> rows() {
    double[] scores = Golden.doubles(GOLDEN.get("scores"));
    double[] labels = Golden.doubles(GOLDEN.get("labels"));
    double[] weights = Golden.doubles(GOLDEN.get("weights"));
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < scores.length; i++) {
      rows.add(RowFactory.create(scores[i], labels[i], weights[i]));
    }
    return SparkSessions.shared()
        .createDataFrame(
            rows,
            new StructType()
                .add("margin", DataTypes.DoubleType)
                .add("label", DataTypes.DoubleType)
                .add("weight", DataTypes.DoubleType))
        .repartition(3);
  }

  private static ProbabilityCalibratorModel fit(String method, boolean weighted) {
    ProbabilityCalibrator calibrator =
        new ProbabilityCalibrator().setRawPredictionCol("margin").setMethod(method);
    return (weighted ? calibrator.setWeightCol("weight") : calibrator).fit(ROWS);
  }

  private static JsonNode golden(boolean weighted) {
    return GOLDEN.get("cases").get(weighted ? 1 : 0);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void plattsNumbersAreThoseOfTheReference(boolean weighted) {
    ProbabilityCalibratorModel model = fit("platt", weighted);
    double slope = golden(weighted).get("platt").get("slope").asDouble();
    double intercept = golden(weighted).get("platt").get("intercept").asDouble();

    for (double score : Golden.doubles(GOLDEN.get("at"))) {
      assertThat(model.probability(score))
          .isCloseTo(1 / (1 + Math.exp(-(slope * score + intercept))), within(1e-6));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void isotonicValuesAreThoseOfTheReference(boolean weighted) {
    ProbabilityCalibratorModel model = fit("isotonic", weighted);
    double[] at = Golden.doubles(GOLDEN.get("at"));
    double[] expected = Golden.doubles(golden(weighted).get("isotonic"));

    for (int k = 0; k < at.length; k++) {
      assertThat(model.probability(at[k])).as("at " + at[k]).isCloseTo(expected[k], within(1e-12));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"platt", "isotonic"})
  void theSizeOfTheWeightsDoesNotMatter(String method) {
    ProbabilityCalibratorModel model = fit(method, true);
    ProbabilityCalibratorModel scaled =
        new ProbabilityCalibrator()
            .setRawPredictionCol("margin")
            .setMethod(method)
            .setWeightCol("weight")
            .fit(ROWS.withColumn("weight", col("weight").multiply(1e-4)));

    assertThat(scaled.probability(0.3)).isCloseTo(model.probability(0.3), within(1e-9));
  }

  @ParameterizedTest
  @ValueSource(strings = {"platt", "isotonic"})
  void aColumnHoldsTheProbabilitiesOfTheSavedModelToo(String method, @TempDir Path folder)
      throws Exception {
    ProbabilityCalibratorModel model = fit(method, false);
    String path = folder.resolve("model").toString();
    model.write().save(path);

    Dataset<Row> scored = ProbabilityCalibratorModel.load(path).transform(ROWS);

    for (Row row : scored.select("margin", "calibratedProbability").collectAsList()) {
      assertThat(row.getDouble(1)).isEqualTo(model.probability(row.getDouble(0)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"platt", "isotonic"})
  void extremeScoresHaveProbabilitiesAndNoScoreHasNone(String method) {
    ProbabilityCalibratorModel model = fit(method, false);

    assertThat(model.probability(Double.NaN)).isNaN();
    assertThat(model.probability(Double.NEGATIVE_INFINITY)).isBetween(0.0, 0.2);
    assertThat(model.probability(Double.POSITIVE_INFINITY)).isBetween(0.8, 1.0);
    assertThat(
            model
                .transform(ROWS.limit(1).withColumn("margin", lit(Double.NaN)))
                .head()
                .<Double>getAs("calibratedProbability"))
        .isNaN();
  }

  /**
   * Isotonic regression keeps the sum of the labels, and so does a logistic function's intercept.
   */
  @Test
  void theMeanProbabilityIsTheShareOfPositives() {
    double share = ROWS.selectExpr("avg(label)").head().getDouble(0);
    double mean =
        fit("isotonic", false)
            .transform(ROWS)
            .selectExpr("avg(calibratedProbability)")
            .head()
            .getDouble(0);

    assertThat(mean).isCloseTo(share, within(1e-12));
  }

  @Test
  void aScoreThatSeparatesTheClassesStaysFinite() {
    Dataset<Row> separated = ROWS.withColumn("margin", col("label").multiply(20).minus(10));
    ProbabilityCalibratorModel model =
        new ProbabilityCalibrator().setRawPredictionCol("margin").fit(separated);

    // Platt's targets: (60 + 1) / (60 + 2) and 1 / (140 + 2)
    assertThat(model.probability(10)).isCloseTo(61.0 / 62, within(1e-6));
    assertThat(model.probability(-10)).isCloseTo(1.0 / 142, within(1e-6));
  }
}
