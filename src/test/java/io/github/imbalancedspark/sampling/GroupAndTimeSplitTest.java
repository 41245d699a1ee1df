package io.github.imbalancedspark.sampling;

import static io.github.imbalancedspark.support.Rows.counts;
import static io.github.imbalancedspark.support.Rows.ids;
import static io.github.imbalancedspark.support.Rows.thousand;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.imbalancedspark.support.SparkJobs;
import io.github.imbalancedspark.support.SparkSessions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroupAndTimeSplitTest {

  /**
   * 20,000 rows in 2,000 groups of 1 to 19 rows; in every 25th group all rows but one in five are
   * positive.
   */
  private static final Dataset<Row> GROUPED =
      SparkSessions.shared()
          .range(20_000)
          .selectExpr("id", "concat('g', cast(sqrt(id) * 1000 % 2000 as int)) as g")
          .withColumn("label", expr("cast(hash(g) % 25 = 0 and id % 5 > 0 as double)"))
          .cache();

  private static double share(Dataset<Row> part, Dataset<Row> all, Object label) {
    return (double) counts(part).get(label) / counts(all).get(label);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void noGroupIsOnTwoSides(long seed) {
    SplitPlan plan =
        new StratifiedSplit().setGroupCol("g").setSeed(seed).plan(GROUPED, 0.6, 0.2, 0.2);
    List<Dataset<Row>> parts = plan.parts();

    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < i; j++) {
        assertThat(parts.get(i).select("g").intersect(parts.get(j).select("g")).isEmpty()).isTrue();
      }
      assertThat(new HashMap<>(plan.counts().get(i))).isEqualTo(counts(parts.get(i)));
      assertThat(parts.get(i).columns()).isEqualTo(GROUPED.columns());
    }
    assertThat(parts.get(0).union(parts.get(1)).union(parts.get(2)).distinct().count())
        .isEqualTo(20_000);
    // each boundary is at most half the largest group of the class away, on both sides of a part
    Map<Object, Double> largestGroup = new HashMap<>();
    GROUPED
        .groupBy("label", "g")
        .count()
        .groupBy("label")
        .agg(max("count"))
        .collectAsList()
        .forEach(
            r -> largestGroup.put(r.get(0), r.getLong(1) / (double) counts(GROUPED).get(r.get(0))));
    for (Object label : List.of(0.0, 1.0)) {
      assertThat(share(parts.get(0), GROUPED, label))
          .isCloseTo(0.6, within(largestGroup.get(label) / 2));
      assertThat(share(parts.get(1), GROUPED, label))
          .isCloseTo(0.2, within(largestGroup.get(label)));
    }
    assertThat(plan.largestDeviation())
        .isLessThanOrEqualTo(Math.max(largestGroup.get(0.0), largestGroup.get(1.0)))
        .isEqualTo(
            List.of(0.0, 1.0).stream()
                .flatMapToDouble(
                    c ->
                        java.util.stream.DoubleStream.of(
                            Math.abs(share(parts.get(0), GROUPED, c) - 0.6),
                            Math.abs(share(parts.get(1), GROUPED, c) - 0.2),
                            Math.abs(share(parts.get(2), GROUPED, c) - 0.2)))
                .max()
                .orElseThrow());
  }

  @Test
  void groupsDoNotDependOnOrderOrPartitions() {
    StratifiedSplit split = new StratifiedSplit().setGroupCol("g");
    assertThat(ids(split.split(GROUPED.repartition(7).sort("label", "g"), 0.8, 0.2).get(1)))
        .isEqualTo(ids(split.split(GROUPED, 0.8, 0.2).get(1)));
  }

  @Test
  void groupsOfTheCommonestClassAreNotShuffledToReadAPart() throws Exception {
    Dataset<Row> part = new StratifiedSplit().setGroupCol("g").split(GROUPED, 0.8, 0.2).get(1);

    assertThat(SparkJobs.shuffledRowsOf(part::count)).isPositive().isLessThan(500); // of 2,000
  }

  @Test
  void refusesTooFewGroupsAndNulls() {
    Dataset<Row> rows = thousand().withColumn("g", col("label"));
    assertThatThrownBy(() -> new StratifiedSplit().setGroupCol("g").split(rows, 0.5, 0.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching(
            "labelCol: class \\S+ of column 'label' has \\d+ rows, which leaves none for share 0.5 of"
                + " \\[0.5, 0.5\\]; give fewer or larger shares, or more rows, or a groupCol with"
                + " smaller groups than 'g'");
    assertThatThrownBy(
            () ->
                new StratifiedSplit()
                    .setGroupCol("g")
                    .split(thousand().withColumn("g", expr("if(id = 3, null, id)")), 0.5, 0.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("groupCol: column 'g' holds null; name a group for every row or drop the row");
  }

  @Test
  void noPartSeesTheFuture() {
    // 150,000 rows, 1,000 a time; positives come late: t/150 of the rows of time t, every tenth
    Dataset<Row> rows =
        SparkSessions.shared()
            .range(150_000)
            .selectExpr("id", "id % 150 as t")
            .withColumn("label", expr("cast(id % 10 = 0 and pmod(hash(id), 150) < t as int)"));
    SplitPlan plan = new StratifiedSplit().setTimeCol("t").plan(rows, 0.7, 0.3);
    Dataset<Row> past = plan.parts().get(0);
    Dataset<Row> future = plan.parts().get(1);

    long last = past.agg(max("t")).head().getLong(0);
    assertThat(future.agg(min("t")).head().getLong(0)).isEqualTo(last + 1);
    assertThat(past.count() + future.count()).isEqualTo(150_000);
    assertThat(new HashMap<>(plan.counts().get(0))).isEqualTo(counts(past));
    assertThat(new HashMap<>(plan.counts().get(1))).isEqualTo(counts(future));
    // by brute force over all cuts
    double best = Double.POSITIVE_INFINITY;
    Map<Object, Long> all = counts(rows);
    Map<Object, Long> upTo = new HashMap<>(Map.of(0, 0L, 1, 0L));
    for (Row time :
        rows.groupBy("t").pivot("label").count().na().fill(0).sort("t").collectAsList()) {
      upTo.merge(0, time.getLong(1), Long::sum);
      upTo.merge(1, time.getLong(2), Long::sum);
      double deviation =
          Math.max(
              Math.abs((double) upTo.get(0) / all.get(0) - 0.7),
              Math.abs((double) upTo.get(1) / all.get(1) - 0.7));
      best = Math.min(best, deviation);
    }
    assertThat(plan.largestDeviation()).isCloseTo(best, within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "timestamp_seconds(1e9 + id)",
        "date_add(date'2020-01-01', cast(id as int))",
        "cast(id as decimal(10, 3))",
        "double(id) * 1e-300",
        "cast(timestamp_seconds(id) as timestamp_ntz)",
        "timestamp_ntz'1969-12-31 23:59:59' + make_dt_interval(0, 0, 0, cast(id * 0.002 as decimal(18, 6)))"
      })
  void timesMayBeOfAnyOrderedType(String time) {
    Dataset<Row> rows = thousand().withColumn("t", expr(time));
    List<Dataset<Row>> parts = new StratifiedSplit().setTimeCol("t").split(rows, 0.5, 0.3, 0.2);
    assertThat(parts.get(0).agg(max("id")).head().getLong(0)).isBetween(495L, 505L);
    assertThat(parts.get(1).agg(max("id")).head().getLong(0)).isBetween(795L, 805L);
    assertThat(parts.get(0).count() + parts.get(1).count() + parts.get(2).count()).isEqualTo(1000);
  }

  /** A row a minute, on a day on which clocks go from two straight to three. */
  @Test
  void timesWithoutAZoneDoNotDependOnTheSessions() {
    SparkSession session = SparkSessions.shared();
    session.conf().set("spark.sql.session.timeZone", "Europe/Berlin");
    try {
      Dataset<Row> rows =
          thousand()
              .withColumn(
                  "t",
                  expr("timestamp_ntz'2024-03-31 00:00:00' + make_dt_interval(0, 0, int(id))"));
      List<Dataset<Row>> parts = new StratifiedSplit().setTimeCol("t").split(rows, 0.2, 0.8);

      assertThat(parts.get(0).agg(max("id")).head().getLong(0))
          .isLessThan(parts.get(1).agg(min("id")).head().getLong(0));
    } finally {
      session.conf().unset("spark.sql.session.timeZone");
    }
  }

  /** More rows than are looked at one by one. */
  @ParameterizedTest
  @ValueSource(strings = {"(id - 50000) * 3e303D", "(id - 99999) * 1.7e303D", "id * 4.9e-324D"})
  @Timeout(120)
  void timesMayLieAsFarApartOrAsCloseAsDoublesDo(String time) {
    Dataset<Row> rows =
        SparkSessions.shared()
            .range(100_000)
            .withColumn("label", expr("int(id % 2)"))
            .withColumn("t", expr(time));

    Dataset<Row> past = new StratifiedSplit().setTimeCol("t").split(rows, 0.3, 0.7).get(0);

    assertThat(past.selectExpr("count(*)", "max(id)").head().toString()).isEqualTo("[30000,29999]");
  }

  @Test
  void refusesTimesThatCannotBeUsed() {
    StratifiedSplit split = new StratifiedSplit().setTimeCol("t");
    for (String bad : List.of("null", "double('NaN')", "double('Inf')", "double('-Inf')")) {
      String time = "if(id = 3, " + bad + ", id)";
      assertThatThrownBy(() -> split.split(thousand().withColumn("t", expr(time)), 0.5, 0.5))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "timeCol: column 't' holds null, NaN or an infinite time; mend or drop these rows");
    }
    assertThatThrownBy(() -> split.split(thousand().withColumn("t", lit("noon")), 0.5, 0.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "timeCol: column 't' is of type string; it must be a date, a timestamp or numeric: cast"
                + " it first");
    assertThatThrownBy(() -> split.split(thousand().withColumn("t", lit(1)), 0.5, 0.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("or a timeCol with finer times than 't'");
    assertThatThrownBy(() -> split.setGroupCol("g").split(thousand(), 0.5, 0.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("groupCol: is 'g', and timeCol is 't'; set only one of them");
  }

  @Test
  void foldsAreStratifiedAndFitTheCrossValidator() {
    Dataset<Row> folds = new StratifiedFolds().setNumFolds(7).assign(thousand());

    assertThat(folds.schema().apply("fold").dataType().simpleString()).isEqualTo("int");
    List<Row> perFold = folds.groupBy("fold").pivot("label").count().sort("fold").collectAsList();
    assertThat(perFold).hasSize(7);
    long[] negativeEnds = {129, 257, 386, 514, 643, 771, 900}; // 900 i / 7, rounded
    long[] positiveEnds = {14, 29, 43, 57, 71, 86, 100};
    for (int i = 0; i < 7; i++) {
      assertThat(perFold.get(i).getInt(0)).isEqualTo(i);
      assertThat(perFold.get(i).getLong(1))
          .isEqualTo(negativeEnds[i] - (i == 0 ? 0 : negativeEnds[i - 1]));
      assertThat(perFold.get(i).getLong(2))
          .isEqualTo(positiveEnds[i] - (i == 0 ? 0 : positiveEnds[i - 1]));
    }
  }

  @Test
  void foldsKeepGroupsTogetherAndRefuseTooFewPositives() {
    Dataset<Row> folds = new StratifiedFolds().setNumFolds(4).setGroupCol("g").assign(GROUPED);
    assertThat(folds.select("g", "fold").distinct().count())
        .isEqualTo(GROUPED.select("g").distinct().count());
    assertThatThrownBy(
            () -> new StratifiedFolds().setNumFolds(3).assign(thousand().filter("id <= 11")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "labelCol: class 1.0 of column 'label' has 2 rows, which leaves none for share 0.33");
    assertThatThrownBy(() -> new StratifiedFolds().setFoldCol("id").assign(thousand()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("foldCol: column 'id' exists already; drop it or choose another name");
    assertThatThrownBy(
            () -> new StratifiedFolds().assign(thousand().withColumn("Fold", lit("user's own"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "foldCol: column 'Fold' exists already, and 'fold' differs from it only in case; drop"
                + " it or choose another name");
    assertThatThrownBy(() -> new StratifiedFolds().setNumFolds(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("numFolds: is 1; there must be 2 or more");
  }
}
