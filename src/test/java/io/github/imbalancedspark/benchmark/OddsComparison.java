package io.github.imbalancedspark.benchmark;

import static org.apache.spark.ml.functions.vector_to_array;
import static org.apache.spark.sql.functions.col;

import io.github.imbalancedspark.classification.ImbalancedLogisticRegression;
import io.github.imbalancedspark.sampling.StratifiedResampler;
import io.github.imbalancedspark.support.RarePopulation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Errors Σ|p̂ − p| / Σp of three corrected fits and of Spark's plain one, over populations. */
final class OddsComparison implements Comparison {

  private static final double POS_WEIGHT = 500;
  private static final double KEPT = 0.02;

  private static final String CORRECTED = "corrected";
  private static final Column UNCORRECTED =
      vector_to_array(col("probability"), "float64").getItem(1);

  private final SparkSession spark;
  private final List<Double> plain = new ArrayList<>();
  private final Map<String, List<Double>> corrected = new LinkedHashMap<>();
  private final Map<String, List<Double>> uncorrected = new LinkedHashMap<>();
  private Dataset<Row> rows;
  private long seed;

  OddsComparison(SparkSession spark) {
    this.spark = spark;
  }

  /** Goes over to the next population. */
  @Override
  public void scan() {
    close();
    seed++;
    rows = RarePopulation.draw(spark, seed).cache();
    rows.count();
  }

  @Override
  public void ours() {
    add("weighted x500", learner().setPosWeight(POS_WEIGHT).fit(rows));
    add("2% of the negatives kept", learner().fit(keep(KEPT)));
    add("half of each", learner().setPosWeight(Math.sqrt(POS_WEIGHT)).fit(keep(Math.sqrt(KEPT))));
  }

  private static ImbalancedLogisticRegression learner() {
    return new ImbalancedLogisticRegression().setCorrectedProbabilityCol(CORRECTED);
  }

  private Dataset<Row> keep(double share) {
    return new StratifiedResampler()
        .setSamplingStrategy("fractions(0=" + share + ", 1=1)")
        .setKeyCol("id")
        .setSeed(seed)
        .resample(rows);
  }

  private void add(String remedy, Model<?> model) {
    Dataset<Row> scored = model.transform(rows);
    corrected
        .computeIfAbsent(remedy, r -> new ArrayList<>())
        .add(RarePopulation.error(scored, col(CORRECTED)));
    uncorrected
        .computeIfAbsent(remedy, r -> new ArrayList<>())
        .add(RarePopulation.error(scored, UNCORRECTED));
  }

  @Override
  public void peer() {
    plain.add(
        RarePopulation.error(new LogisticRegression().fit(rows).transform(rows), UNCORRECTED));
  }

  /** Prints the medians over the populations as a table. */
  @Override
  public Outcome outcome() {
    Map<String, Object> medians = new LinkedHashMap<>();
    System.out.printf(
        "%d populations: median (largest) of the sum of |p^ - p| over the sum of p%n",
        plain.size());
    System.out.println("| fit | corrected | against the plain fit | not corrected |");
    System.out.println("|---|---|---|---|");
    System.out.printf("| plain (Spark's) | %.3f (%.3f) | 1 | – |%n", median(plain), largest(plain));
    medians.put("plain", median(plain));
    for (String remedy : corrected.keySet()) {
      List<Double> errors = corrected.get(remedy);
      System.out.printf(
          "| %s | %.3f (%.3f) | %.2f | %.1f |%n",
          remedy,
          median(errors),
          largest(errors),
          median(errors) / median(plain),
          median(uncorrected.get(remedy)));
      medians.put(remedy, median(errors));
      medians.put(remedy + ", not corrected", median(uncorrected.get(remedy)));
    }
    return Outcome.of(medians);
  }

  private static double median(List<Double> values) {
    return BenchmarkResult.median(values.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private static double largest(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
  }

  @Override
  public void close() {
    if (rows != null) {
      rows.unpersist();
    }
  }
}
