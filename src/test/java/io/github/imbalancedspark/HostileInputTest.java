package io.github.imbalancedspark;

import static org.apache.spark.ml.functions.array_to_vector;
import static org.apache.spark.ml.functions.vector_to_array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.transform;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imbalancedspark.support.Frames;
import io.github.imbalancedspark.support.SampleRows;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Input that is strange but sound changes nothing about what a stage computes; input that is not is
 * named, with the remedy.
 */
class HostileInputTest {

  /** Room for the order in which partitions are summed. */
  private static final double ROUNDING = 1e-9;

  /** A change that no stage may notice. */
  private record Harmless(String name, Worker.Names names, UnaryOperator<Dataset<Row>> change) {

    static Harmless of(String name, UnaryOperator<Dataset<Row>> change) {
      return new Harmless(name, Worker.Names.PLAIN, change);
    }

    /** Calls the columns otherwise. */
    static Harmless named(Worker.Names names) {
      return new Harmless(
          "columns " + names,
          names,
          rows ->
              rows.withColumnRenamed("label", names.label())
                  .withColumnRenamed("weight", names.weight())
                  .withColumnRenamed("features", names.features())
                  .withColumnRenamed("id", names.key()));
    }

    static Harmless typed(String column, String type) {
      return of(column + " as " + type, rows -> rows.withColumn(column, col(column).cast(type)));
    }
  }

  private static List<Harmless> harmless() {
    return List.of(
        Harmless.named(new Worker.Names("the.label", "a.weight", "x.y.z", "i.d")),
        Harmless.named(new Worker.Names("la`bel", "`weight`", "f``", "`")),
        Harmless.named(new Worker.Names("Betrug?", "gewicht €", "größe", "番号")),
        Harmless.named(new Worker.Names("select", "case when", " features ", "id--")),
        Harmless.typed("label", "int"),
        Harmless.typed("label", "bigint"),
        Harmless.typed("label", "tinyint"),
        Harmless.typed("label", "float"),
        Harmless.typed("label", "decimal(12, 3)"),
        Harmless.typed("weight", "smallint"),
        Harmless.typed("weight", "decimal(38, 10)"),
        Harmless.of(
            "-0.0 as a label",
            rows -> rows.withColumn("label", expr("if(label = 0, -0.0D, label)"))),
        Harmless.of(
            "4.9E-324 in place of 0 as a feature",
            rows ->
                rows.withColumn(
                    "features",
                    array_to_vector(
                        transform(
                            vector_to_array(col("features"), "float64"),
                            x -> x.plus(Double.MIN_VALUE))))),
        Harmless.of("one partition", rows -> rows.coalesce(1)),
        Harmless.of("a hundred partitions, nearly all empty", rows -> rows.repartition(100)),
        Harmless.of(
            "one partition that holds nearly all",
            rows -> rows.repartitionByRange(8, expr("if(id < 5, id, 1000)"))),
        Harmless.of(
            "other columns of every kind",
            rows ->
                rows.withColumn("a map", expr("map('k', id)"))
                    .withColumn("a struct", expr("named_struct('label', 7, 'x', array(id))"))
                    .withColumn("nothing", lit(null))
                    .withColumn("an interval", expr("interval 3 days"))));
  }

  @TestFactory
  Stream<DynamicTest> nothingChangesForInputThatIsOnlyStrange() {
    Dataset<Row> plain = SampleRows.make();
    return Worker.all().stream()
        .flatMap(
            worker -> {
              Dataset<Row> expected = worker.of(Worker.Names.PLAIN, plain);
              return harmless().stream()
                  .map(
                      h ->
                          DynamicTest.dynamicTest(
                              worker.name() + ": " + h.name,
                              () ->
                                  Frames.assertSame(
                                      worker.of(h.names, h.change.apply(plain)),
                                      expected,
                                      ROUNDING)));
            });
  }

  @TestFactory
  Stream<DynamicTest> aColumnNameThatIsThereTwiceIsNamed() {
    Dataset<Row> plain = SampleRows.make();
    Dataset<Row> twice = plain.select(col("*"), col("label"));
    return Worker.all().stream()
        .map(
            worker ->
                DynamicTest.dynamicTest(
                    worker.name(),
                    () ->
                        assertThatThrownBy(
                                () -> worker.of(Worker.Names.PLAIN, twice).collectAsList())
                            .isInstanceOf(IllegalArgumentException.class)
                            .hasMessage(
                                "labelCol: there are 2 columns called 'label'; rename or drop all"
                                    + " but one")));
  }

  /**
   * A change that a stage must refuse.
   *
   * @param change an SQL expression for each column that changes
   * @param messages what the refusal has to hold, one of them at least
   */
  private record Harmful(String column, String change, List<String> messages) {

    static Harmful label(String change, String... messages) {
      return new Harmful("label", change, List.of(messages));
    }
  }

  private static List<Harmful> harmful() {
    return List.of(
        Harmful.label("if(id = 7, null, label)", "labelCol: column 'label' holds null"),
        Harmful.label("if(id = 7, double('NaN'), label)", "labelCol: column 'label' holds NaN"),
        Harmful.label(
            "if(id = 7, double('Infinity'), label)", "labelCol: column 'label' holds Infinity"),
        Harmful.label(
            "if(label = 1, 9007199254740992 + id % 2, 0)",
            "labelCol: column 'label' holds 900719925474099",
            "labelCol: column 'label' holds 9.00719925474099"),
        Harmful.label("array(label)", "labelCol: column 'label' is of type array<double>"),
        Harmful.label("current_date()", "labelCol: column 'label' is of type date"),
        Harmful.label("null", "labelCol: column 'label' is of type void"),
        Harmful.label("0", "labelCol:", "metricName: roc_auc does not exist without positive"));
  }

  @TestFactory
  Stream<DynamicTest> whatIsNotSoundIsNamed() {
    Dataset<Row> plain = SampleRows.make();
    return Worker.all().stream()
        .flatMap(
            worker ->
                harmful().stream()
                    .filter(h -> !(worker.name().equals("WeightedSampler") && h.change.equals("0")))
                    .map(
                        h ->
                            DynamicTest.dynamicTest(
                                worker.name() + ": " + h.column + " = " + h.change,
                                () -> {
                                  Dataset<Row> bad = plain.withColumn(h.column, expr(h.change));
                                  assertThatThrownBy(
                                          () -> worker.of(Worker.Names.PLAIN, bad).collectAsList())
                                      .isInstanceOf(IllegalArgumentException.class)
                                      .satisfies(
                                          e ->
                                              assertThat(h.messages)
                                                  .anyMatch(e.getMessage()::startsWith));
                                })));
  }

  @TestFactory
  Stream<DynamicTest> oneRowIsTooFewAndNamedSo() {
    Dataset<Row> one = SampleRows.make().filter("id = 7");
    return Worker.all().stream()
        .map(
            worker ->
                DynamicTest.dynamicTest(
                    worker.name(),
                    () -> {
                      if (worker.name().equals("WeightedSampler")) {
                        Frames.assertSame(
                            worker.of(Worker.Names.PLAIN, one),
                            one.select("id"),
                            0); // it may be drawn
                      } else {
                        assertThatThrownBy(() -> worker.of(Worker.Names.PLAIN, one).collectAsList())
                            .isInstanceOf(IllegalArgumentException.class)
                            .hasMessageMatching("(labelCol|metricName): .*");
                      }
                    }));
  }
}
