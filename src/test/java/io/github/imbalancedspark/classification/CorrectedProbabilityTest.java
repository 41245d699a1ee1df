package io.github.imbalancedspark.classification;

import static org.apache.spark.ml.functions.vector_to_array;
import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.imbalancedspark.sampling.StratifiedResampler;
import io.github.imbalancedspark.support.RarePopulation;
import io.github.imbalancedspark.support.SampleRows;
import io.github.imbalancedspark.support.SparkSessions;
import java.nio.file.Path;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Probabilities of the population, from models of something else. */
class CorrectedProbabilityTest {

  private static final double CLOSE = 0.12;
  private static final double CLOSE_TO_PLAIN = 1.6;

  private static ImbalancedLogisticRegression learner() {
    return new ImbalancedLogisticRegression().setCorrectedProbabilityCol("corrected");
  }

  /** One seed; the benchmark case "odds" has the medians of many. */
  @Test
  void theKnownProbabilitiesOfARarePopulationAreFound() {
    Dataset<Row> rows = RarePopulation.draw(SparkSessions.shared(), 1).cache();
    ImbalancedLogisticRegression weighted = learner().setPosWeight(500);
    ImbalancedLogisticRegression half = learner().setPosWeight(Math.sqrt(500));

    double plain = error(learner().fit(rows), rows);

    assertThat(plain).isLessThan(CLOSE);
    assertFound(weighted.fit(rows), rows, plain);
    assertFound(learner().fit(keep(rows, 0.02)), rows, plain);
    assertFound(half.fit(keep(rows, Math.sqrt(0.02))), rows, plain);
    rows.unpersist();
  }

  private static Dataset<Row> keep(Dataset<Row> rows, double share) {
    return new StratifiedResampler()
        .setSamplingStrategy("fractions(0=" + share + ", 1=1)")
        .setKeyCol("id")
        .setSeed(1)
        .resample(rows);
  }

  private static double error(ImbalancedLogisticRegressionModel model, Dataset<Row> rows) {
    return RarePopulation.error(model.transform(rows), col("corrected"));
  }

  private static void assertFound(
      ImbalancedLogisticRegressionModel model, Dataset<Row> rows, double plain) {
    Column uncorrected = vector_to_array(col("probability"), "float64").getItem(1);
    assertThat(error(model, rows)).isLessThan(CLOSE).isLessThan(CLOSE_TO_PLAIN * plain);
    assertThat(RarePopulation.error(model.transform(rows), uncorrected)).isGreaterThan(10);
  }

  @Test
  void theOddsAreDividedByTheFactor(@TempDir Path folder) throws Exception {
    Dataset<Row> rows = SampleRows.make();
    ImbalancedLogisticRegressionModel model = learner().setPosWeight(5).fit(rows);
    model.write().save(folder.resolve("model").toString());
    Dataset<Row> scored =
        ImbalancedLogisticRegressionModel.load(folder.resolve("model").toString()).transform(rows);

    assertThat(scored.columns())
        .endsWith("rawPrediction", "probability", "prediction", "corrected");
    for (Row row : scored.select("probability", "corrected").collectAsList()) {
      Vector p = row.getAs(0);
      double odds = p.apply(1) / p.apply(0) / 5;
      assertThat(row.getDouble(1)).isCloseTo(odds / (1 + odds), within(1e-14));
    }
  }

  @Test
  void anEmptyNameIsNoColumn() {
    Dataset<Row> rows = SampleRows.make();

    assertThat(learner().setCorrectedProbabilityCol("").fit(rows).transform(rows).columns())
        .endsWith("prediction");
  }

  @Test
  void anUnconvergedFitHasNone() {
    Dataset<Row> rows = SampleRows.make();
    ImbalancedLogisticRegressionModel model = learner().setMaxIter(0).fit(rows);

    assertThatThrownBy(() -> model.transform(rows))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "correctedProbabilityCol: the fit did not converge, so its probabilities are not those"
                + " of its rows: maxIter reached; raise it, or tol; or clear"
                + " correctedProbabilityCol, for none");
    assertThat(model.setCorrectedProbabilityCol("").transform(rows).columns())
        .doesNotContain("corrected");
  }
}
