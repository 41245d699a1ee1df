package io.github.imbalancedspark.sampling;

import static io.github.imbalancedspark.support.Rows.counts;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imbalancedspark.support.SparkSessions;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.spark.ml.functions;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every sampler, called directly and as a stage, on data that is at the edge of what it can do. */
class SamplerCornersTest {

  private static final String ONE_CLASS =
      "labelCol: there is only the class 0.0, in 160 rows; both classes are needed";
  private static final String NULL_LABEL =
      "labelCol: column 'label' holds null; label or drop these rows";
  private static final String NO_ROWS =
      "the data has no rows: check the input path and its filters";

  /**
   * A sampler on some data, and what must come of it.
   *
   * @param counts class → rows, or null if it must refuse
   * @param message how the refusal begins, or null
   */
  private record Corner(
      String name,
      Supplier<Sampler<?>> sampler,
      UnaryOperator<Dataset<Row>> data,
      Map<Object, Long> counts,
      String message) {

    @Override
    public String toString() {
      return name;
    }
  }

  /** 40 positives and 160 negatives in two overlapping clouds. */
  private static Dataset<Row> rows() {
    return SparkSessions.shared()
        .range(0, 200, 1, 2)
        .withColumn("label", expr("double(id < 40)"))
        .withColumn("w", expr("double(id % 4)"))
        .withColumn(
            "features",
            functions.array_to_vector(
                array(expr("hash(id) / 2e9 + label"), expr("hash(-id) / 2e9"))));
  }

  private static Corner gives(
      String name,
      Supplier<Sampler<?>> sampler,
      UnaryOperator<Dataset<Row>> data,
      long negatives,
      long positives) {
    return new Corner(name, sampler, data, Map.of(0.0, negatives, 1.0, positives), null);
  }

  private static Corner refuses(
      String name, Supplier<Sampler<?>> sampler, UnaryOperator<Dataset<Row>> data, String message) {
    return new Corner(name, sampler, data, null, message);
  }

  private static Sampler<?> under(String strategy) {
    return new StratifiedResampler().setSamplingStrategy(strategy);
  }

  private static StratifiedResampler expected(String strategy) {
    return new StratifiedResampler().setExact(false).setSamplingStrategy(strategy);
  }

  private static Corner tooFewNeighbours(String name, Supplier<Sampler<?>> sampler) {
    return refuses(
        name + ": fewer rows than neighbours",
        sampler,
        rows -> rows.filter("id >= 35"),
        "k: is 5, but class 1.0 of column 'label' has only 5 rows; set it to 4" + " or less");
  }

  private static Sampler<?> over(String strategy) {
    return new StratifiedResampler().setMethod("over").setSamplingStrategy(strategy);
  }

  private static Smote smote(String variant) {
    return new Smote().setVariant(variant).setSamplingStrategy("auto");
  }

  private static Smote largeSmote() {
    return smote("smote").setMaxBroadcastMinority(10);
  }

  private static WeightedSampler weighted() {
    return new WeightedSampler().setSamplingWeightCol("w").setNumSamples(50);
  }

  private static WeightedSampler withoutReplacement() {
    return weighted().setReplacement(false);
  }

  private static Map<String, Supplier<Sampler<?>>> samplers() {
    return Map.of(
        "under", () -> under("auto"),
        "under, expected", () -> expected("auto"),
        "over", () -> over("auto"),
        "smote", () -> smote("smote"),
        "smote of a large class", SamplerCornersTest::largeSmote,
        "borderline1", () -> smote("borderline1"),
        "adasyn", () -> smote("adasyn"),
        "with replacement", SamplerCornersTest::weighted,
        "without replacement", SamplerCornersTest::withoutReplacement);
  }

  static Stream<Corner> corners() {
    Stream<Corner> forAll =
        samplers().entrySet().stream()
            .flatMap(
                entry ->
                    Stream.of(
                        refuses(
                            entry.getKey() + ": a null label",
                            entry.getValue(),
                            rows -> rows.withColumn("label", expr("if(id = 5, null, label)")),
                            NULL_LABEL),
                        refuses(
                            entry.getKey() + ": no rows",
                            entry.getValue(),
                            rows -> rows.filter("id < 0"),
                            NO_ROWS)));
    Stream<Corner> byClass =
        samplers().entrySet().stream()
            .filter(entry -> !entry.getKey().endsWith("replacement"))
            .map(
                entry ->
                    refuses(
                        entry.getKey() + ": one class missing",
                        entry.getValue(),
                        rows -> rows.filter("label = 0"),
                        ONE_CLASS));
    return Stream.of(forAll, byClass, others().stream()).flatMap(corner -> corner);
  }

  private static List<Corner> others() {
    UnaryOperator<Dataset<Row>> asTheyAre = rows -> rows;
    UnaryOperator<Dataset<Row>> twice = rows -> rows.union(rows);
    String there = "counts(0=160, 1=40)";
    return List.of(
        gives("under: rows twice", () -> under("auto"), twice, 80, 80),
        gives("over: rows twice", () -> over("auto"), twice, 320, 320),
        gives("smote: rows twice", () -> smote("smote"), twice, 320, 320),
        gives("borderline1: rows twice", () -> smote("borderline1"), twice, 320, 320),
        gives("adasyn: rows twice", () -> smote("adasyn"), twice, 320, 320),
        gives("large smote: rows twice", SamplerCornersTest::largeSmote, twice, 320, 320),
        gives("under: nothing to do", () -> under(there), asTheyAre, 160, 40),
        gives("over: nothing to do", () -> over(there), asTheyAre, 160, 40),
        gives("expected: nothing to do", () -> expected(there), asTheyAre, 160, 40),
        gives(
            "smote: nothing to do",
            () -> smote("smote").setSamplingStrategy(there),
            asTheyAre,
            160,
            40),
        gives(
            "borderline1: nothing to do",
            () -> smote("borderline1").setSamplingStrategy(there),
            asTheyAre,
            160,
            40),
        gives(
            "adasyn: nothing to do",
            () -> smote("adasyn").setSamplingStrategy(there),
            asTheyAre,
            160,
            40),
        gives(
            "large smote: nothing to do",
            () -> largeSmote().setSamplingStrategy(there),
            asTheyAre,
            160,
            40),
        refuses(
            "expected: more than there are",
            () -> expected("counts(1=41)"),
            asTheyAre,
            "samplingStrategy: 'counts(1=41)' asks for 41 rows of class 1.0"),
        tooFewNeighbours("smote", () -> smote("smote")),
        tooFewNeighbours("borderline1", () -> smote("borderline1")),
        tooFewNeighbours("adasyn", () -> smote("adasyn")),
        tooFewNeighbours("large smote", () -> largeSmote().setMaxBroadcastMinority(2)),
        new Corner(
            "with replacement: rows twice",
            SamplerCornersTest::weighted,
            rows -> rows.union(rows).withColumn("w", expr("label")),
            Map.of(1.0, 50L),
            null),
        refuses(
            "under: more than there are",
            () -> under("counts(1=41)"),
            asTheyAre,
            "samplingStrategy: 'counts(1=41)' asks for 41 rows of class 1.0"),
        refuses(
            "over: fewer than there are",
            () -> over("counts(1=39)"),
            asTheyAre,
            "samplingStrategy: 'counts(1=39)' asks for 39 rows of class 1.0"),
        refuses(
            "smote: fewer than there are",
            () -> smote("smote").setSamplingStrategy("counts(1=39)"),
            asTheyAre,
            "samplingStrategy: 'counts(1=39)' asks for 39 rows of class 1.0"),
        refuses(
            "without replacement: more than have a weight",
            () -> withoutReplacement().setNumSamples(151),
            asTheyAre,
            "numSamples: asks for 151 rows without replacement, but only 150 have a positive"
                + " weight; ask for fewer, or set replacement to true"),
        gives(
            "without replacement: all that have a weight",
            () -> withoutReplacement().setNumSamples(150),
            asTheyAre,
            120,
            30),
        new Corner(
            "with replacement: one class missing",
            () -> weighted().setNumSamples(500),
            rows -> rows.filter("label = 0"),
            Map.of(0.0, 500L),
            null),
        new Corner(
            "without replacement: one class missing",
            () -> withoutReplacement().setNumSamples(120),
            rows -> rows.filter("label = 0"),
            Map.of(0.0, 120L),
            null),
        new Corner(
            "with replacement: a class without weight",
            SamplerCornersTest::weighted,
            rows -> rows.withColumn("w", expr("label")),
            Map.of(1.0, 50L),
            null),
        new Corner(
            "without replacement: rows twice",
            () -> withoutReplacement().setNumSamples(80),
            rows -> rows.union(rows).withColumn("w", expr("label")),
            Map.of(1.0, 80L),
            null));
  }

  @ParameterizedTest
  @MethodSource("corners")
  void isRightOrRefused(Corner corner) {
    Dataset<Row> rows = corner.data.apply(rows());
    Sampler<?> sampler = corner.sampler.get();
    if (corner.message == null) {
      assertThat(counts(sampler.resample(rows))).isEqualTo(corner.counts);
      assertThat(counts(sampler.fit(rows).transform(rows))).isEqualTo(corner.counts);
    } else {
      assertThatThrownBy(() -> sampler.resample(rows))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith(corner.message);
      assertThatThrownBy(() -> sampler.fit(rows))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith(corner.message);
    }
  }

  @Test
  void equalRowsAreKeptOrLeftOutTogetherWhereCountsAreExpected() {
    List<Row> copies =
        expected("auto")
            .resample(rows().union(rows()))
            .groupBy("id", "label")
            .count()
            .collectAsList();

    assertThat(copies).allMatch(row -> row.getLong(2) == 2);
    long negatives = copies.stream().filter(row -> row.getDouble(1) == 0).count();
    assertThat(negatives).isBetween(13L, 67L); // 160 / 4 ± 5 · √(160 · 1/4 · 3/4)
    assertThat(copies).hasSize((int) negatives + 40);
  }

  @Test
  void aDrawOfNothingIsRefused() {
    assertThatThrownBy(() -> weighted().setNumSamples(0))
        .hasMessageContaining("numSamples")
        .hasMessageContaining("0");
  }

  static Stream<StratifiedResampler> weighing() {
    return Stream.of(
        new StratifiedResampler(), expected("auto"), new StratifiedResampler().setMethod("over"));
  }

  @ParameterizedTest
  @MethodSource("weighing")
  void weightsOfZeroStayZeroBesideOthersThatGrow(StratifiedResampler resampler) {
    Dataset<Row> sample = resampler.setWeightCol("w").resample(rows());

    assertThat(sample.filter("id % 4 = 0 and w <> 0").count()).isZero();
    assertThat(sample.filter("id % 4 > 0 and not (w > 0)").count()).isZero();
    assertThat(sample.filter("w = 0").count()).isPositive();
  }

  @ParameterizedTest
  @MethodSource("weighing")
  void weightsThatAreNoneAreRefused(StratifiedResampler resampler) {
    Stream.concat(badWeights(), weightsWithoutASum())
        .forEach(
            bad ->
                isRightOrRefused(
                    refuses(
                        bad.name,
                        () -> resampler.setWeightCol("w"),
                        bad.data,
                        bad.message.replace("samplingWeightCol", "weightCol"))));
  }

  static Stream<Corner> badWeights() {
    return Stream.of(
            "null, null", "-1.5, -1.5", "double('NaN'), NaN", "double('Infinity'), Infinity")
        .map(text -> text.split(", "))
        .map(
            bad ->
                refuses(
                    bad[1],
                    SamplerCornersTest::weighted,
                    rows -> rows.withColumn("w", expr("if(id = 7, " + bad[0] + ", w)")),
                    "samplingWeightCol: column 'w' holds "
                        + bad[1]
                        + "; weights must be finite and >= 0: mend or drop the row"));
  }

  @ParameterizedTest
  @MethodSource({"badWeights", "weightsWithoutASum"})
  void weightsThatCannotBeDrawnByAreRefused(Corner corner) {
    isRightOrRefused(corner);
    isRightOrRefused(
        refuses(corner.name, SamplerCornersTest::withoutReplacement, corner.data, corner.message));
  }

  static Stream<Corner> weightsWithoutASum() {
    return Stream.of(
        refuses(
            "all zero",
            SamplerCornersTest::weighted,
            rows -> rows.withColumn("w", expr("0.0D")),
            "samplingWeightCol: column 'w' holds weights that sum to 0.0; some must be positive"),
        refuses(
            "infinite sum",
            SamplerCornersTest::weighted,
            rows -> rows.withColumn("w", expr("5e305D * id")),
            "samplingWeightCol: column 'w' holds weights that sum to Infinity; divide them by a"
                + " constant"));
  }
}
