package io.github.imbalancedspark.sampling;

import static io.github.imbalancedspark.support.Rows.counts;
import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imbalancedspark.support.SparkSessions;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way to divide rows, on data that is at the edge of what can be divided. */
class SplitCornersTest {

  /**
   * 40 positives and 160 negatives, in 40 groups and instants of four negatives and one positive.
   */
  private static Dataset<Row> rows() {
    return SparkSessions.shared()
        .range(0, 200, 1, 2)
        .withColumn("label", expr("double(id % 5 = 0)"))
        .withColumn("place", expr("id div 5"))
        .withColumn("time", expr("id div 5"));
  }

  private static Arguments way(String name, Function<Dataset<Row>, List<Dataset<Row>>> way) {
    return Arguments.of(name, way);
  }

  static Stream<Arguments> ways() {
    return Stream.of(
        way("by class", rows -> new StratifiedSplit().split(rows, 0.5, 0.5)),
        way("by group", rows -> new StratifiedSplit().setGroupCol("place").split(rows, 0.5, 0.5)),
        way("by time", rows -> new StratifiedSplit().setTimeCol("time").split(rows, 0.5, 0.5)),
        way("folds", rows -> parts(new StratifiedFolds(), rows)),
        way("folds by group", rows -> parts(new StratifiedFolds().setGroupCol("place"), rows)));
  }

  private static List<Dataset<Row>> parts(StratifiedFolds folds, Dataset<Row> rows) {
    Dataset<Row> numbered = folds.setNumFolds(2).setFoldCol("fold").assign(rows);
    return IntStream.range(0, 2)
        .mapToObj(fold -> numbered.filter("fold = " + fold).drop("fold"))
        .toList();
  }

  private static void refuses(
      Function<Dataset<Row>, List<Dataset<Row>>> way, Dataset<Row> rows, String message) {
    assertThatThrownBy(() -> way.apply(rows))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ways")
  void nullLabelsAreRefused(String name, Function<Dataset<Row>, List<Dataset<Row>>> way) {
    refuses(
        way,
        rows().withColumn("label", expr("if(id = 7, null, label)")),
        "labelCol: column 'label' holds null; label or drop these rows");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ways")
  void noRowsAreRefused(String name, Function<Dataset<Row>, List<Dataset<Row>>> way) {
    refuses(
        way, rows().filter("id < 0"), "the data has no rows: check the input path and its filters");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ways")
  void aClassOfFewerRowsThanPartsIsRefused(
      String name, Function<Dataset<Row>, List<Dataset<Row>>> way) {
    refuses(
        way,
        rows().filter("label = 0 or id = 100"),
        "labelCol: class 1.0 of column 'label' has 1 row, which leaves none for share");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ways")
  void oneClassIsDividedLikeTwo(String name, Function<Dataset<Row>, List<Dataset<Row>>> way) {
    List<Map<Object, Long>> parts = classes(way.apply(rows().filter("label = 0")));

    assertThat(parts).allSatisfy(part -> assertThat(part).containsOnlyKeys(0.0));
    assertThat(parts.get(0).get(0.0)).isBetween(76L, 84L); // a group has up to 4 of these rows
    assertThat(parts.get(0).get(0.0) + parts.get(1).get(0.0)).isEqualTo(160);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ways")
  void equalRowsStayOnOneSide(String name, Function<Dataset<Row>, List<Dataset<Row>>> way) {
    List<Dataset<Row>> parts = way.apply(rows().union(rows()));

    assertThat(parts.get(0).intersect(parts.get(1)).count()).isZero();
    List<Map<Object, Long>> classes = classes(parts);
    assertThat(classes.get(0).get(1.0)).isBetween(38L, 42L); // a group has up to 2 of these rows
    assertThat(classes.get(0).get(1.0) + classes.get(1).get(1.0)).isEqualTo(80);
    assertThat(classes.get(0).get(0.0) + classes.get(1).get(0.0)).isEqualTo(320);
  }

  private static List<Map<Object, Long>> classes(List<Dataset<Row>> parts) {
    return parts.stream().map(part -> counts(part)).toList();
  }

  /** Two positives, of which the first part's share rounds to none. */
  @Test
  void aClassTooRareForTheFirstPartIsNamed() {
    Dataset<Row> rare =
        SparkSessions.shared().range(1000).withColumn("label", expr("double(id < 2)"));
    refuses(
        rows -> new StratifiedSplit().split(rows, 0.2, 0.8), rare, "labelCol: class 1.0 of column");
    refuses(
        rows -> new StratifiedSplit().setKeyCol("id").split(rows, 0.1, 0.1, 0.8),
        rare,
        "labelCol: class 1.0 of column");
    refuses(
        rows -> List.of(new StratifiedFolds().setNumFolds(5).assign(rows)),
        rare,
        "labelCol: class 1.0 of column");
  }
}
