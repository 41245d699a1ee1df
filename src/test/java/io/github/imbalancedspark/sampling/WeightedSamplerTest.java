package io.github.imbalancedspark.sampling;

import static io.github.imbalancedspark.support.Rows.counts;
import static io.github.imbalancedspark.support.Rows.thousand;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.imbalancedspark.internal.OddsLedger;
import io.github.imbalancedspark.support.Rows;
import io.github.imbalancedspark.support.SparkSessions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WeightedSamplerTest {

  private static WeightedSampler weighted() {
    return new WeightedSampler().setSamplingWeightCol("w");
  }

  private static Dataset<Row> ids(long rows, String weight) {
    return SparkSessions.shared().range(rows).withColumn("w", expr(weight));
  }

  private static List<String> sorted(Dataset<Row> rows) {
    return rows.collectAsList().stream().map(Row::toString).sorted().toList();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void drawsWithReplacementAreMultinomial(long seed) {
    int draws = 40_000;
    Dataset<Row> rows = ids(20, "double(id * id)"); // 0 to 361, 2470 together; row 0 never
    Dataset<Row> sample = weighted().setNumSamples(draws).setSeed(seed).resample(rows);

    Map<Object, Long> drawn = new TreeMap<>();
    sample.groupBy("id").count().collectAsList().forEach(r -> drawn.put(r.get(0), r.getLong(1)));
    assertThat(drawn.values().stream().mapToLong(n -> n).sum()).isEqualTo(draws);
    assertThat(drawn).doesNotContainKey(0L);
    double chiSquared = 0;
    for (int id = 1; id < 20; id++) {
      double expected = draws / 2470.0 * (id * id);
      chiSquared += Math.pow(drawn.getOrDefault((long) id, 0L) - expected, 2) / expected;
    }
    assertThat(chiSquared).isLessThan(49.6); // χ² with 18 degrees of freedom, 99.99%
  }

  @Test
  void copiesOfARowAreBinomial() {
    // 20,000 rows of equal weight, drawn 20,000 times: copies are binomial, nearly Poisson(1)
    Dataset<Row> sample = new WeightedSampler().resample(ids(20_000, "1.0"));
    Map<Long, Long> rowsByCopies = new TreeMap<>();
    sample
        .groupBy("id")
        .count()
        .collectAsList()
        .forEach(r -> rowsByCopies.merge(Math.min(5, r.getLong(1)), 1L, Long::sum));
    rowsByCopies.put(0L, 20_000 - rowsByCopies.values().stream().mapToLong(n -> n).sum());
    double chiSquared = 0;
    double mass = Math.exp(-1);
    double left = 1;
    for (long copies = 0; copies <= 5; copies++) {
      double expected = 20_000 * (copies < 5 ? mass : left);
      chiSquared += Math.pow((double) rowsByCopies.get(copies) - expected, 2) / expected;
      left -= mass;
      mass /= copies + 1.0;
    }
    assertThat(chiSquared).isLessThan(25.7); // χ² with 5 degrees of freedom, 99.99%
  }

  @Test
  void drawsWithoutReplacementFollowTheSequentialScheme() {
    // Weights 1, 2, 4, 8 for 10,000 rows each; 12,000 drawn. In the limit of many rows a row of
    // weight w is among them with probability 1 − exp(−w t), where t makes the sum 12,000.
    Dataset<Row> rows = ids(40_000, "double(shiftleft(1, cast(id % 4 as int)))");
    Dataset<Row> sample = weighted().setReplacement(false).setNumSamples(12_000).resample(rows);

    assertThat(Rows.ids(sample)).hasSize(12_000);
    double low = 0;
    double high = 1;
    for (int i = 0; i < 100; i++) {
      double t = (low + high) / 2;
      double sum = 0;
      for (int w = 1; w <= 8; w *= 2) {
        sum += 10_000 * (1 - Math.exp(-w * t));
      }
      if (sum < 12_000) {
        low = t;
      } else {
        high = t;
      }
    }
    double chiSquared = 0;
    for (Row group : sample.groupBy("w").count().collectAsList()) {
      double p = 1 - Math.exp(-group.getDouble(0) * low);
      chiSquared += Math.pow(group.getLong(1) - 10_000 * p, 2) / (10_000 * p * (1 - p));
    }
    assertThat(chiSquared).isLessThan(21.1); // χ² with 3 degrees of freedom, 99.99%
  }

  /** Ids in groups of four, of the weights 1, 2, 3 and 4. */
  private static Dataset<Row> groupsOfFour(long groups) {
    return ids(4 * groups, "double(1 + id % 4)").withColumn("group", expr("id div 4"));
  }

  /** Of groups of which three rows were drawn, how often which of the four rows came out. */
  private static void assertThreesAreMultinomial(Dataset<Row> drawn) {
    Map<List<Long>, Long> seen = new HashMap<>();
    drawn
        .groupBy("group")
        .agg(
            expr("count_if(w = 1) as a"),
            expr("count_if(w = 2) as b"),
            expr("count_if(w = 3) as c"),
            expr("count_if(w = 4) as d"))
        .filter("a + b + c + d = 3")
        .groupBy("a", "b", "c", "d")
        .count()
        .collectAsList()
        .forEach(
            r ->
                seen.put(
                    List.of(r.getLong(0), r.getLong(1), r.getLong(2), r.getLong(3)), r.getLong(4)));
    long groups = seen.values().stream().mapToLong(n -> n).sum();
    assertThat(groups).isGreaterThan(4000);
    int[] factorial = {1, 1, 2, 6};
    double probability = 0;
    double chiSquared = 0;
    for (int a = 0; a <= 3; a++) {
      for (int b = 0; a + b <= 3; b++) {
        for (int c = 0; a + b + c <= 3; c++) {
          int d = 3 - a - b - c;
          double p =
              6.0
                  / (factorial[a] * factorial[b] * factorial[c] * factorial[d])
                  * (Math.pow(0.1, a) * Math.pow(0.2, b) * Math.pow(0.3, c) * Math.pow(0.4, d));
          long n = seen.getOrDefault(List.of((long) a, (long) b, (long) c, (long) d), 0L);
          chiSquared += Math.pow(n - groups * p, 2) / (groups * p);
          probability += p;
        }
      }
    }
    assertThat(probability).isCloseTo(1, within(1e-12));
    assertThat(chiSquared).isLessThan(50.8); // χ² with 19 degrees of freedom, 99.99%
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void jointCountsOfRowsAreMultinomial(long seed) {
    // given how many of a group were drawn, its counts are multinomial and independent of others'
    Dataset<Row> sample =
        weighted()
            .setKeyCol("id")
            .setNumSamples(60_000)
            .setSeed(seed)
            .resample(groupsOfFour(20_000));
    assertThreesAreMultinomial(sample);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void jointCountsOfThreeDrawsFromFourRowsAreMultinomial(long seed) {
    // 5000 draws of three, each from four rows with hashes of their own: most copies are left out
    Column hash = expr("xxhash64(id, " + seed + ")");
    WeightedDraw draw =
        new WeightedDraw(col("w"), new WeightTotals(4, 4, 4), hash, expr("xxhash64(id)"));
    Column rank = row_number().over(Window.partitionBy("group").orderBy(draw.order()));
    Dataset<Row> copies = WeightedDraw.spread(groupsOfFour(5000), draw.copies(12, 0));
    Dataset<Row> drawn = copies.withColumn("rank", rank).filter("rank <= 3");
    assertThat(drawn.count()).isEqualTo(15_000);
    assertThreesAreMultinomial(drawn);
  }

  @Test
  void theSumOfWeightsIsTheSameInAnyOrderAndPartitioning() {
    Dataset<Row> rows = ids(100_000, "0.7D / (1 + id % 977)");
    double sum = rows.agg(sum("w")).head().getDouble(0) / 0.7;
    Set<Double> sums = new TreeSet<>();
    for (int partitions : new int[] {1, 2, 7}) {
      Dataset<Row> moved = rows.repartition(partitions).sort(col("id").desc());
      WeightTotals totals = WeightTotals.of(moved, col("w"), "w", col("w"), "w");
      assertThat(totals).isEqualTo(new WeightTotals(100_000, 100_000, 0.7));
      sums.add(totals.sumOverLargest(moved, col("w")));
      sums.add(totals.sumOverLargest(rows.repartition(partitions), col("w")));
    }
    assertThat(sums).hasSize(1);
    assertThat(sums.iterator().next()).isCloseTo(sum, within(1e-9));
  }

  @Test
  void millionsOfDistinctWeights() {
    long rows = 3_000_000;
    Dataset<Row> data = ids(rows, "1 + id * 1e-6"); // 1 to 4
    Dataset<Row> sample = weighted().setKeyCol("id").setNumSamples(rows).resample(data);

    Row sums = sample.selectExpr("count(*)", "avg(w)").head();
    assertThat(sums.getLong(0)).isEqualTo(rows);
    // Σw²/Σw of a uniform w on [1, 4] = 7 / 2.5; its deviation under the weighted law is 0.79
    assertThat(sums.getDouble(1)).isCloseTo(2.8, within(5 * 0.8 / Math.sqrt((double) rows)));
  }

  @ParameterizedTest
  @CsvSource({"true, 2000", "false, 300"})
  void theSameRowsWhateverTheOrderAndPartitioning(boolean replacement, long samples) {
    WeightedSampler sampler =
        weighted().setReplacement(replacement).setNumSamples(samples).setSeed(5);
    Dataset<Row> rows = thousand().withColumn("w", col("id").mod(7).plus(0.1));
    List<String> once = sorted(sampler.resample(rows));

    assertThat(once).hasSize((int) samples);
    for (int partitions : new int[] {1, 2, 7}) {
      assertThat(sorted(sampler.resample(rows.repartition(partitions).sort(col("id").desc()))))
          .isEqualTo(once);
    }
    assertThat(sorted(sampler.setSeed(6).resample(rows))).isNotEqualTo(once);
  }

  @Test
  void duplicatedRowsAreDrawnToTheExactNumberToo() {
    Dataset<Row> rows = thousand().withColumn("id", col("id").mod(3));
    for (boolean replacement : new boolean[] {true, false}) {
      WeightedSampler sampler = new WeightedSampler().setReplacement(replacement);
      assertThat(sampler.setNumSamples(517).resample(rows).count()).isEqualTo(517);
      assertThat(sorted(sampler.resample(rows.repartition(7))))
          .isEqualTo(sorted(sampler.resample(rows)));
    }
  }

  @Test
  void balancedClassesComeEquallyOften() {
    Dataset<Row> sample = new WeightedSampler().setBalanced(true).resample(thousand());
    Map<Object, Long> counts = counts(sample);

    // binomial(1000, 1/2)
    assertThat(counts.get(1.0)).isCloseTo(500L, within(80L));
    List<OddsLedger.Entry> ledger = OddsLedger.read(sample.schema().apply("label").metadata());
    assertThat(ledger).hasSize(1);
    assertThat(ledger.get(0).exact()).isTrue();
    assertThat(ledger.get(0).factors())
        .isEqualTo(Map.of(0.0, counts.get(0.0) / 900.0, 1.0, counts.get(1.0) / 100.0));
  }

  @Test
  void classWeightsMultiplyRowWeights() {
    Dataset<Row> sample =
        weighted()
            .setClassWeights(Map.of(0.0, 0.0))
            .setNumSamples(50)
            .setReplacement(false)
            .resample(thousand().withColumn("w", expr("if(id < 500, 1.0, 0.0)")));
    assertThat(counts(sample)).isEqualTo(Map.of(1.0, 50L));
    assertThat(sample.filter("id >= 500").count()).isZero();
    assertThat(OddsLedger.read(sample.schema().apply("label").metadata()).get(0).exact()).isFalse();
  }

  @Test
  void asAModelItResamplesOnce() {
    Dataset<Row> rows = thousand().withColumn("w", lit(2));
    SamplerModel model = weighted().setNumSamples(17).fit(rows);
    assertThat(model.transform(rows).count()).isEqualTo(17);
    assertThat(model.transform(rows).count()).isEqualTo(1000);
    assertThat(model.transform(rows).columns()).isEqualTo(rows.columns());
    assertThat(model.transform(rows.drop("w", "label")).count()).isEqualTo(1000);
  }

  @ParameterizedTest
  @CsvSource({
    "null, null",
    "double('NaN'), NaN",
    "-1.5, -1.5",
    "double('Infinity'), Infinity",
  })
  void refusesBadWeights(String weight, String shown) {
    Dataset<Row> rows = thousand().withColumn("w", expr("if(id = 5, " + weight + ", 1)"));
    assertThatThrownBy(() -> weighted().resample(rows))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "samplingWeightCol: column 'w' holds "
                + shown
                + "; weights must be finite and >= 0: mend or drop the row");
  }

  @Test
  void aMistakeInClassWeightsIsFoundWhenTheyAreSet() {
    for (double[][] pairs :
        new double[][][] {
          {{0, 1}, {-0.0, 2}},
          {{0, -1}},
          {{0, Double.NaN}},
          {{0, Double.POSITIVE_INFINITY}},
          {{Double.NaN, 1}},
          {{0, 1, 2}},
          {{0}}
        }) {
      assertThatThrownBy(() -> new WeightedSampler().setClassWeights(pairs))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("classWeights");
    }
  }

  @Test
  void classWeightsAreNamedWhereTheyLeaveNothingToDraw() {
    Dataset<Row> rows = thousand().withColumn("w", lit(1e300));
    assertThatThrownBy(() -> weighted().setClassWeights(Map.of(0.0, 0.0, 1.0, 0.0)).resample(rows))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "samplingWeightCol: column 'w' times classWeights holds weights that sum to 0.0; some"
                + " must be positive");
    assertThatThrownBy(() -> weighted().setClassWeights(Map.of(1.0, 1e300)).resample(rows))
        .hasMessage(
            "samplingWeightCol: column 'w' times classWeights holds weights that sum to Infinity;"
                + " divide them by a constant");
    assertThatThrownBy(
            () ->
                weighted()
                    .setClassWeights(Map.of(1.0, 2.0))
                    .resample(thousand().withColumn("w", expr("if(id < 20, -1.5, 1)"))))
        .hasMessage(
            "samplingWeightCol: column 'w' holds -1.5; weights must be finite and >= 0: mend or"
                + " drop the row");
    assertThatThrownBy(
            () ->
                new WeightedSampler()
                    .setClassWeights(Map.of(0.0, 0.0, 1.0, 0.0))
                    .resample(thousand()))
        .hasMessage(
            "classWeights: the parameter holds weights that sum to 0.0; some must be positive");
  }

  @Test
  void refusesWhatCannotBeDrawn() {
    assertThatThrownBy(() -> weighted().resample(ids(10, "0.0")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "samplingWeightCol: column 'w' holds weights that sum to 0.0; some must be positive");
    assertThatThrownBy(() -> weighted().resample(ids(10, "1e308")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "samplingWeightCol: column 'w' holds weights that sum to Infinity; divide them by a"
                + " constant");
    assertThatThrownBy(() -> weighted().resample(ids(0, "1.0")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the data has no rows: check the input path and its filters");
    assertThatThrownBy(() -> weighted().setReplacement(false).resample(ids(10, "double(id % 2)")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "numSamples: asks for 10 rows without replacement, but only 5 have a positive weight;"
                + " ask for fewer, or set replacement to true");
    assertThatThrownBy(
            () ->
                new WeightedSampler()
                    .setBalanced(true)
                    .resample(thousand().withColumn("label", expr("if(id=5,null,label)"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("labelCol: column 'label' holds null; label or drop these rows");
    assertThatThrownBy(() -> new WeightedSampler().setBalanced(true).resample(ids(10, "1.0")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("labelCol: there is no column 'label'; the columns are id, w");
    assertThatThrownBy(
            () ->
                new WeightedSampler()
                    .setBalanced(true)
                    .setClassWeights(Map.of(1.0, 2.0))
                    .resample(thousand()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("balanced: is true, and classWeights are set; set only one of them");
    assertThatThrownBy(() -> new WeightedSampler().setNumSamples(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("numSamples");
  }
}
