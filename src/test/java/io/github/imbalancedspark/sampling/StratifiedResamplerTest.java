package io.github.imbalancedspark.sampling;

import static io.github.imbalancedspark.support.Rows.counts;
import static io.github.imbalancedspark.support.Rows.thousand;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map;
import static org.apache.spark.sql.functions.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.imbalancedspark.internal.OddsLedger;
import io.github.imbalancedspark.support.SparkSessions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StratifiedResamplerTest {

  private static StratifiedResampler under(double ratio) {
    return new StratifiedResampler().setMethod("under").setSamplingStrategy(ratio);
  }

  private static StratifiedResampler over(double ratio) {
    return new StratifiedResampler().setMethod("over").setSamplingStrategy(ratio);
  }

  private static List<String> sorted(Dataset<Row> rows) {
    return rows.collectAsList().stream().map(Row::toString).sorted().toList();
  }

  @ParameterizedTest
  @CsvSource({
    "under, 0.3, 333, 100",
    "under, auto, 100, 100",
    "under, 'counts(0=123, 1=7)', 123, 7",
    "under, 'counts(0=897, 1=99)', 897, 99",
    "over, 0.5, 900, 450",
    "over, 0.37, 900, 333",
    "over, auto, 900, 900",
    "both, 0.25, 800, 200",
    "both, 'counts(0=1801, 1=30)', 1801, 30",
    "both, 'fractions(0=0.001, 1=12.34)', 1, 1234",
  })
  void countsAreExact(String method, String strategy, long negatives, long positives) {
    StratifiedResampler sampler =
        new StratifiedResampler().setMethod(method).setSamplingStrategy(strategy);
    assertThat(counts(sampler.resample(thousand())))
        .isEqualTo(Map.of(0.0, negatives, 1.0, positives));
  }

  @Test
  void underSamplingKeepsRowsAsTheyAre() {
    Dataset<Row> sample = under(0.5).resample(thousand());

    assertThat(sample.columns()).isEqualTo(thousand().columns());
    assertThat(sample.except(thousand()).count()).isZero();
    assertThat(sample.distinct().count()).isEqualTo(300);
    assertThat(sample.rdd().toDebugString()).doesNotContain("Shuffled");
  }

  @Test
  void overSamplingCopiesEveryRowAlmostEquallyOften() {
    Dataset<Row> sample = over(0.37).resample(thousand()); // 333 out of 100

    Map<Long, Long> rowsByCopies = new TreeMap<>();
    sample
        .filter("label = 1")
        .groupBy("id")
        .count()
        .collectAsList()
        .forEach(r -> rowsByCopies.merge(r.getLong(1), 1L, Long::sum));
    assertThat(rowsByCopies).isEqualTo(Map.of(3L, 67L, 4L, 33L));
    assertThat(sample.filter("label = 0").distinct().count()).isEqualTo(900);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theSameRowsWhateverTheOrderAndPartitioning(boolean exact) {
    StratifiedResampler sampler =
        new StratifiedResampler()
            .setMethod("both")
            .setSamplingStrategy("fractions(0=0.3, 1=2.5)")
            .setExact(exact);
    List<String> once = sorted(sampler.resample(thousand()));

    for (int partitions : new int[] {1, 2, 7}) {
      Dataset<Row> moved = thousand().repartition(partitions).sort(col("id").desc());
      assertThat(sorted(sampler.resample(moved))).isEqualTo(once);
    }
    assertThat(sorted(sampler.copy(new ParamMap()).resample(thousand()))).isEqualTo(once);
    assertThat(sorted(sampler.setSeed(99).resample(thousand()))).isNotEqualTo(once);
  }

  @Test
  void expectedCountsAreWithinTheirBinomialSpread() {
    Dataset<Row> rows =
        SparkSessions.shared().range(50_000).selectExpr("id", "cast(id % 10 = 0 as int) as label");
    Map<Object, Long> sample =
        counts(
            new StratifiedResampler()
                .setExact(false)
                .setMethod("both")
                .setSamplingStrategy("fractions(0=0.2, 1=2.7)")
                .resample(rows));

    // 45000 · 0.2 ± 5 · √(45000 · 0.2 · 0.8); 2 · 5000 + 5000 · 0.7 ± 5 · √(5000 · 0.7 · 0.3)
    assertThat(sample.get(0)).isCloseTo(9000L, within(425L));
    assertThat(sample.get(1)).isCloseTo(13500L, within(162L));
  }

  @Test
  void aSecondSamplerChoosesIndependentlyOfTheFirst() {
    Dataset<Row> rows =
        SparkSessions.shared().range(20_000).selectExpr("id", "cast(id % 2 as int) as label");
    StratifiedResampler half =
        new StratifiedResampler().setExact(false).setSamplingStrategy("fractions(0=0.5, 1=0.5)");

    // 20000 · 0.25 ± 5 · √(20000 · 0.25 · 0.75)
    assertThat(half.resample(half.resample(rows)).count()).isCloseTo(5000L, within(307L));
  }

  @Test
  void duplicatedRowsAreCountedExactly() {
    Dataset<Row> rows = thousand().withColumn("id", col("id").mod(3)); // 6 different rows

    assertThat(counts(under(0.4).resample(rows))).isEqualTo(Map.of(0.0, 250L, 1.0, 100L));
    assertThat(counts(over(0.37).resample(rows))).isEqualTo(Map.of(0.0, 900L, 1.0, 333L));
    List<String> once = sorted(under(0.4).resample(rows));
    assertThat(sorted(under(0.4).resample(rows.repartition(7)))).isEqualTo(once);
  }

  @Test
  void rowsWithTheSameKeyAreToldApartByTheirOtherColumns() {
    Dataset<Row> rows =
        thousand().withColumn("key", lit("same")).withColumn("tags", map(lit("a"), lit(1)));
    StratifiedResampler sampler = under(0.4).setKeyCol("key");
    List<String> once = sorted(sampler.resample(rows));

    assertThat(once).hasSize(350);
    assertThat(sorted(sampler.resample(rows.repartition(7)))).isEqualTo(once);
    assertThat(sampler.resample(rows).columns()).isEqualTo(rows.columns());
  }

  @Test
  void weightsEstimateTheWhole() {
    Dataset<Row> rows = thousand().withColumn("w", col("id").mod(2).plus(1).cast("float"));
    Dataset<Row> sample = under(0.4).setWeightCol("w").resample(rows);

    assertThat(sample.columns()).containsExactly("id", "label", "w");
    assertThat(sample.schema().apply("w").dataType()).isEqualTo(DataTypes.DoubleType);
    assertThat(sample.filter("label = 1 and w <> id % 2 + 1").count()).isZero();
    assertThat(sample.filter("label = 0 and abs(w / (id % 2 + 1) - 3.6) > 1e-12").count()).isZero();

    Dataset<Row> made = over(0.5).setWeightCol("new").resample(rows);
    Row sums = made.groupBy("label").agg(sum("new")).sort("label").select("sum(new)").head();
    assertThat(sums.getDouble(0)).isCloseTo(900, within(1e-9));
    assertThat(made.filter("label = 1").select("new").distinct().head().getDouble(0))
        .isCloseTo(1 / 4.5, within(1e-15));
  }

  @Test
  void weightedSumsAreUnbiased() {
    Dataset<Row> rows = thousand();
    double truth = rows.filter("label = 0").select(sum("id")).head().getLong(0);
    double mean = 0;
    int seeds = 12;
    for (int seed = 0; seed < seeds; seed++) {
      mean +=
          under(0.5)
                  .setSeed(seed)
                  .setWeightCol("w")
                  .resample(rows)
                  .filter("label = 0")
                  .select(sum(col("id").multiply(col("w"))))
                  .head()
                  .getDouble(0)
              / seeds;
    }
    // of 200 rows out of 900 without replacement: 900 · 288.7 · √((1 − 2/9) / 200) is one deviation
    double deviation = 900 * 288.7 * Math.sqrt((1 - 2.0 / 9) / 200) / Math.sqrt(seeds);
    assertThat(mean).isCloseTo(truth, within(4 * deviation));
  }

  @Test
  void theLedgerSaysWhatWasDone() {
    Metadata before = new MetadataBuilder().putString("comment", "kept").build();
    Dataset<Row> rows = thousand().withColumn("label", col("label").as("label", before));
    StratifiedResampler sampler = under(0.4).setWeightCol("w");
    Dataset<Row> sample = sampler.resample(rows);
    Metadata label = sample.schema().apply("label").metadata();

    assertThat(label.getString("comment")).isEqualTo("kept");
    assertThat(OddsLedger.read(label))
        .containsExactly(
            new OddsLedger.Entry(
                sampler.uid(), "label", new TreeMap<>(Map.of(0.0, 250.0 / 900, 1.0, 1.0)), true));
    assertThat(OddsLedger.read(sample.schema().apply("w").metadata()))
        .containsExactly(
            new OddsLedger.Entry(
                sampler.uid(),
                "label",
                new TreeMap<>(Map.of(0.0, 1 / (250.0 / 900), 1.0, 1.0)),
                true));
    assertThat(OddsLedger.read(over(1).resample(sample).schema().apply("label").metadata()))
        .hasSize(2);
  }

  @Test
  void aWeightColumnInOtherCaseIsAnotherOneOnlyIfTheSessionSaysSo() {
    SparkSession caseSensitive = SparkSessions.shared().newSession();
    caseSensitive.conf().set("spark.sql.caseSensitive", "true");
    String refusal =
        "weightCol: column 'W' exists already, and 'w' differs from it only in case; drop it or"
            + " choose another name";
    StratifiedResampler sampler = under(0.4).setWeightCol("w");
    SamplerModel model = sampler.fit(thousand());

    Dataset<Row> rows = thousand().withColumn("W", lit(2.0));
    assertThatThrownBy(() -> sampler.resample(rows))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(refusal);
    assertThatThrownBy(() -> model.transform(rows))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(refusal);
    SparkSession.setActiveSession(caseSensitive);
    try {
      Dataset<Row> sample =
          sampler.resample(
              caseSensitive.range(1000).selectExpr("id", "int(id < 100) label", "2 W"));
      assertThat(sample.columns()).containsExactly("id", "label", "W", "w");
      assertThat(sample.filter("label = 1 and W = 2 and w = 1").count()).isEqualTo(100);
    } finally {
      SparkSession.setActiveSession(SparkSessions.shared());
    }
  }

  @Test
  void askingForWhatIsThereChangesNothing() {
    Dataset<Row> sample =
        new StratifiedResampler()
            .setTargetCounts(Map.of(0.0, 900L, 1.0, 100L))
            .resample(thousand());
    assertThat(sorted(sample)).isEqualTo(sorted(thousand()));
    assertThat(sorted(over(1.0 / 9).resample(thousand()))).isEqualTo(sorted(thousand()));
  }

  @Test
  void refusesBadData() {
    assertThatThrownBy(() -> under(0.5).resample(thousand().filter("label = 0")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "labelCol: there is only the class 0.0, in 900 rows; both classes are needed: check the"
                + " label, or sample more data");
    assertThatThrownBy(() -> under(0.5).resample(thousand().limit(0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the data has no rows: check the input path and its filters");
    for (boolean exact : new boolean[] {true, false}) {
      assertThatThrownBy(
              () ->
                  under(0.5)
                      .setExact(exact)
                      .resample(thousand().withColumn("label", expr("if(id=5,null,label)"))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("labelCol: column 'label' holds null; label or drop these rows");
    }
    assertThatThrownBy(() -> under(0.5).setLabelCol("y").resample(thousand()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("labelCol: there is no column 'y'; the columns are id, label");
    assertThatThrownBy(
            () -> under(0.5).resample(thousand().withColumn("label", col("label").cast("string"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "labelCol: column 'label' is of type string; it must be numeric: cast it first");
    assertThatThrownBy(() -> under(0.5).setKeyCol("k").resample(thousand()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("keyCol: there is no column 'k'; the columns are id, label");
    assertThatThrownBy(
            () -> under(0.5).setWeightCol("w").resample(thousand().withColumn("w", lit("heavy"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("weightCol: column 'w' is of type string; it must be numeric: cast it first");
    assertThatThrownBy(
            () -> new StratifiedResampler().setTargetCounts(Map.of(1.0, 101L)).resample(thousand()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "samplingStrategy: 'counts(1.0=101)' asks for 101 rows of class 1.0, but it has 100;"
                + " under-sampling cannot add any: change the figure, or take StratifiedResampler with method both");
    assertThatThrownBy(() -> new StratifiedResampler().setSamplingStrategy(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("samplingStrategy: is '0.0', and a ratio must be in (0, 1]; use");
  }
}
