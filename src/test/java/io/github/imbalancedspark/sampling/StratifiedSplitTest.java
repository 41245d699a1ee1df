package io.github.imbalancedspark.sampling;

import static io.github.imbalancedspark.support.Rows.counts;
import static io.github.imbalancedspark.support.Rows.ids;
import static io.github.imbalancedspark.support.Rows.thousand;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imbalancedspark.support.SparkSessions;
import io.github.imbalancedspark.support.TestData;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StratifiedSplitTest {

  private static final Dataset<Row> CARDS = TestData.named("creditcard-sample");

  @ParameterizedTest
  @ValueSource(longs = {0, 1, -7, Long.MAX_VALUE})
  void classesAreDividedExactly(long seed) {
    List<Dataset<Row>> parts = new StratifiedSplit().setSeed(seed).split(CARDS, 0.6, 0.2, 0.2);

    // 492 positives: ends 295.2, 393.6; 45184 negatives: ends 27110.4, 36147.2
    assertThat(counts(parts.get(0))).isEqualTo(Map.of(1.0, 295L, 0.0, 27110L));
    assertThat(counts(parts.get(1))).isEqualTo(Map.of(1.0, 99L, 0.0, 9037L));
    assertThat(counts(parts.get(2))).isEqualTo(Map.of(1.0, 98L, 0.0, 9037L));
  }

  @Test
  void partsAreDisjointAndTogetherEverything() {
    List<Dataset<Row>> parts = new StratifiedSplit().split(thousand(), 3, 1, 1);

    Set<Long> all = new HashSet<>();
    parts.forEach(p -> assertThat(ids(p)).noneMatch(id -> !all.add(id)));
    assertThat(all).hasSize(1000);
  }

  @Test
  void orderAndPartitionsChangeNothing() {
    Set<Long> once = ids(new StratifiedSplit().split(thousand(), 0.8, 0.2).get(1));

    Dataset<Row> reordered = thousand().repartition(7, col("id")).sort(col("id").desc());
    assertThat(ids(new StratifiedSplit().split(reordered, 0.8, 0.2).get(1))).isEqualTo(once);
    Dataset<Row> single = thousand().coalesce(1);
    assertThat(ids(new StratifiedSplit().split(single, 0.8, 0.2).get(1))).isEqualTo(once);
  }

  @Test
  void anotherSeedIsAnotherIndependentChoice() {
    Dataset<Row> rows = SparkSessions.shared().range(10_000).withColumn("label", lit(1));
    Set<Long> one = ids(new StratifiedSplit().setSeed(1).split(rows, 0.5, 0.5).get(0));
    Set<Long> two = ids(new StratifiedSplit().setSeed(2).split(rows, 0.5, 0.5).get(0));
    one.retainAll(two);

    // hypergeometric: mean 2500, standard deviation 25
    assertThat(one.size()).isBetween(2375, 2625);
  }

  @Test
  void theChoiceIsIndependentOfWhatTheRowsHold() {
    Dataset<Row> part =
        new StratifiedSplit()
            .split(SparkSessions.shared().range(10_000).withColumn("label", lit(1)), 0.5, 0.5)
            .get(0);
    // 10 blocks of 1000 consecutive ids, 500 expected in each: χ² with 9 degrees of freedom,
    // variance 250 each; 99.99% quantile 33.7
    double chiSquared = 0;
    for (Row block : part.groupBy(expr("id div 1000")).count().collectAsList()) {
      chiSquared += Math.pow(block.getLong(1) - 500.0, 2) / 250;
    }
    assertThat(chiSquared).isLessThan(33.7);
  }

  @Test
  void partsAreFiltersWithoutShuffleAndKeepEveryColumn() {
    Dataset<Row> part = new StratifiedSplit().split(thousand(), 0.8, 0.2).get(1);

    assertThat(part.schema()).isEqualTo(thousand().schema());
    assertThat(part.rdd().getNumPartitions()).isEqualTo(3);
    assertThat(part.rdd().toDebugString()).doesNotContain("Shuffled");
  }

  @Test
  void equalRowsStayOnOneSide() {
    Dataset<Row> twice = thousand().union(thousand()).union(thousand());
    List<Dataset<Row>> parts = new StratifiedSplit().split(twice, 0.8, 0.2);

    assertThat(parts.get(0).distinct().intersect(parts.get(1)).count()).isZero();
    // 300 positives: 240 = 80 triples; 2700 negatives: 2160 = 720 triples
    assertThat(counts(parts.get(0))).isEqualTo(Map.of(1.0, 240L, 0.0, 2160L));
  }

  @Test
  void tiesAtTheBoundaryGoToTheNearerSide() {
    // 4 different rows, 5 copies each: 12 of 20 are wanted; after 2 come 10, after 3 come 15
    Dataset<Row> rows =
        SparkSessions.shared().range(20).select(col("id").mod(4).as("id"), lit(1).as("label"));
    assertThat(new StratifiedSplit().split(rows, 0.6, 0.4).get(0).count()).isEqualTo(10);
    assertThat(new StratifiedSplit().split(rows, 0.65, 0.35).get(0).count()).isEqualTo(15);
  }

  @Test
  void nullsInDifferentColumnsAreDifferentRows() {
    Dataset<Row> rows =
        SparkSessions.shared()
            .range(100)
            .selectExpr(
                "if(id < 50, id % 50, null) AS a",
                "if(id >= 50, id % 50, null) AS b", "1 AS label");
    assertThat(rows.select(RowHash.of(rows.schema(), null, "", "", 1)).distinct().count())
        .isEqualTo(100);
  }

  @Test
  void theKeyAloneDecides() {
    Dataset<Row> rows = thousand().withColumn("tags", map(lit("a"), col("id")));
    Set<Long> part = ids(new StratifiedSplit().setKeyCol("id").split(rows, 0.5, 0.5).get(0));

    assertThat(part).hasSize(500);
    Dataset<Row> changed =
        rows.withColumn("tags", lit(1)).withColumn("label", col("label").plus(3));
    assertThat(ids(new StratifiedSplit().setKeyCol("id").split(changed, 0.5, 0.5).get(0)))
        .isEqualTo(part);
  }

  @Test
  void labelsMayBeStringsOrBooleans() {
    Dataset<Row> rows =
        thousand().withColumn("label", when(col("label").equalTo(1), "it's fraud").otherwise("ok"));
    assertThat(counts(new StratifiedSplit().split(rows, 0.5, 0.5).get(0)))
        .isEqualTo(Map.of("it's fraud", 50L, "ok", 450L));
    Dataset<Row> truth = thousand().withColumn("label", col("label").equalTo(1));
    assertThat(counts(new StratifiedSplit().split(truth, 0.5, 0.5).get(0)))
        .isEqualTo(Map.of(true, 50L, false, 450L));
  }

  @ParameterizedTest
  @ValueSource(strings = {"tinyint", "int", "bigint", "float", "decimal(5,2)"})
  void labelsMayBeNumbersOfAnyType(String type) {
    Dataset<Row> rows = thousand().withColumn("label", col("label").cast(type));
    Dataset<Row> part = new StratifiedSplit().split(rows, 0.5, 0.5).get(0);
    assertThat(part.filter("label = 1").count()).isEqualTo(50);
    assertThat(part.filter("label = 0").count()).isEqualTo(450);
  }

  @Test
  void minusZeroIsZero() {
    Dataset<Row> rows =
        thousand().withColumn("label", expr("if(label = 0 and id % 2 = 0, -0D, label)"));
    assertThat(new StratifiedSplit().plan(rows, 0.5, 0.5).counts().get(0))
        .isEqualTo(Map.of(0.0, 450L, 1.0, 50L));
  }

  @Test
  void refusesAClassTooSmallForTheShares() {
    Dataset<Row> rows = thousand().filter("label = 0 or id < 20");
    assertThatThrownBy(() -> new StratifiedSplit().split(rows, 0.8, 0.1, 0.1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "labelCol: class 1.0 of column 'label' has 2 rows, which leaves none for share 0.1 of"
                + " [0.8, 0.1, 0.1]; give fewer or larger shares, or more rows");
  }

  @Test
  void refusesAKeyThatCannotBeDivided() {
    Dataset<Row> rows = thousand().withColumn("key", lit("same"));
    assertThatThrownBy(() -> new StratifiedSplit().setKeyCol("key").split(rows, 0.8, 0.2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "labelCol: class 0.0 of column 'label' has 900 rows, which leaves none for share 0.2 of"
                + " [0.8, 0.2]; give fewer or larger shares, or more rows, or a keyCol with more"
                + " distinct values than 'key'");
  }

  @Test
  void refusesNullAndNaNLabels() {
    assertThatThrownBy(
            () ->
                new StratifiedSplit()
                    .setLabelCol("y")
                    .split(thousand().withColumn("y", expr("if(id = 5, null, label)")), 0.8, 0.2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("labelCol: column 'y' holds null; label or drop these rows");
    assertThatThrownBy(
            () ->
                new StratifiedSplit()
                    .split(
                        thousand().withColumn("label", expr("if(id = 5, double('NaN'), label)")),
                        0.8,
                        0.2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("labelCol: column 'label' holds NaN; label or drop these rows");
  }

  @Test
  void refusesWhatItCannotUse() {
    assertThatThrownBy(() -> new StratifiedSplit().setLabelCol("y").split(thousand(), 0.8, 0.2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("labelCol: there is no column 'y'; the columns are id, label");
    assertThatThrownBy(() -> new StratifiedSplit().setKeyCol("k").split(thousand(), 0.8, 0.2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("keyCol: there is no column 'k'; the columns are id, label");
    assertThatThrownBy(() -> new StratifiedSplit().split(thousand().limit(0), 0.8, 0.2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the data has no rows: check the input path and its filters");
    assertThatThrownBy(
            () ->
                new StratifiedSplit()
                    .split(thousand().withColumn("tags", map(lit("a"), col("id"))), 0.8, 0.2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "keyCol: is not set, but column 'tags' of type map<string,bigint> cannot be hashed; name"
                + " a column of another type");
    assertThatThrownBy(() -> new StratifiedSplit().setLabelCol("features").split(CARDS, 0.8, 0.2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "labelCol: column 'features' is of type vector; it must be numeric, string or boolean:"
                + " cast it first");
    assertThatThrownBy(
            () ->
                new StratifiedSplit()
                    .setLabelCol("id")
                    .split(SparkSessions.shared().range(1001).toDF(), 0.8, 0.2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "labelCol: column 'id' holds more than 1000 different labels; is it a class label?");
  }
}
