package io.github.imbalancedspark.weighting;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.github.imbalancedspark.internal.Columns;
import io.github.imbalancedspark.internal.Terms;
import java.math.BigDecimal;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Counts the classes of a label column, by weight, in one pass that brings no more than the table
 * of classes to the driver.
 */
final class ClassCounter {

  /** A label with more values than this is an identifier or a measurement, not a class. */
  private static final int MOST_CLASSES = 10_000;

  /** From here on neighbouring integers are one and the same double. */
  private static final double INTEGERS_END = 0x1p53;

  private static final int LABEL = 0;
  private static final int WEIGHT_SUM = 1;
  private static final int HAS_NULL_WEIGHT = 2;
  private static final int WRONG_WEIGHT = 3;

  private final ClassWeighterParams params;
  private final SortedMap<Double, Double> counts = new TreeMap<>();

  private ClassCounter(ClassWeighterParams params) {
    this.params = params;
  }

  /**
   * Returns class → summed weight of its rows, be it 0.
   *
   * @throws IllegalArgumentException if a label or a weight cannot be counted, if there are too
   *     many classes, or fewer than two, or if all weights are 0
   */
  static SortedMap<Double, Double> count(Dataset<?> dataset, ClassWeighterParams params) {
    List<Row> table = classTable(dataset, params);
    if (table.isEmpty()) {
      throw new IllegalArgumentException(
          String.format(
              "labelCol: column '%s' holds nothing, the data has no rows; check the input path and"
                  + " its filters",
              params.getLabelCol()));
    }
    if (table.size() > MOST_CLASSES) {
      throw new IllegalArgumentException(
          String.format(
              "labelCol: column '%s' holds more than %d different values; a label has few: name"
                  + " the label column, or group its values into classes",
              params.getLabelCol(), MOST_CLASSES));
    }
    ClassCounter counter = new ClassCounter(params);
    table.forEach(counter::add);
    return counter.result();
  }

  private static List<Row> classTable(Dataset<?> dataset, ClassWeighterParams params) {
    Column weight = lit(1.0);
    if (params.weightColumn() != null) {
      weight = Columns.named(params.weightColumn()).cast("double");
    }
    return dataset
        .select(Columns.named(params.getLabelCol()).as("label"), weight.as("weight"))
        .groupBy("label")
        .agg(
            sum("weight"),
            max(Columns.named("weight").isNull()),
            min(when(not(RowWeights.isValid(Columns.named("weight"))), Columns.named("weight"))))
        .limit(MOST_CLASSES + 1)
        .collectAsList();
  }

  private void add(Row row) {
    String problem = row.isNullAt(LABEL) ? "null" : problem((Number) row.get(LABEL));
    if (problem != null && params.getHandleInvalid().equals(WeighterParamSet.ERROR)) {
      throw new IllegalArgumentException(
          String.format(
              "labelCol: column '%s' holds %s, which is no class; mend or drop the row%s",
              params.getLabelCol(),
              problem,
              Terms.remedy("handleInvalid", ", or set handleInvalid to skip or keep")));
    }
    if (problem != null && params.getHandleInvalid().equals(WeighterParamSet.SKIP)) {
      return;
    }
    requireWeights(row);
    if (problem == null) {
      double label = exactly((Number) row.get(LABEL));
      if (counts.put(label, row.getDouble(WEIGHT_SUM)) != null) {
        throw inexact(row.get(LABEL));
      }
    }
  }

  /** Returns the text of a label that is no class, or {@code null} for one that is. */
  private static String problem(Number label) {
    return Double.isFinite(label.doubleValue()) ? null : label.toString();
  }

  /** Returns the label as a double; −0 is 0. */
  private double exactly(Number label) {
    double value = label.doubleValue();
    boolean exactType = label instanceof Long || label instanceof BigDecimal;
    if (exactType && Math.abs(value) >= INTEGERS_END) {
      throw inexact(label);
    }
    return value + 0.0;
  }

  private IllegalArgumentException inexact(Object label) {
    return new IllegalArgumentException(
        String.format(
            "labelCol: column '%s' holds %s, which a double cannot tell from its neighbours; map"
                + " the classes to small numbers, for example with StringIndexer",
            params.getLabelCol(), label));
  }

  private void requireWeights(Row row) {
    String wrong = null;
    if (row.getBoolean(HAS_NULL_WEIGHT)) {
      wrong = "null";
    } else if (!row.isNullAt(WRONG_WEIGHT)) {
      wrong = String.valueOf(row.getDouble(WRONG_WEIGHT));
    } else if (Double.isInfinite(row.getDouble(WEIGHT_SUM))) {
      wrong = "weights whose sum overflows";
    }
    if (wrong != null) {
      throw new IllegalArgumentException(RowWeights.problem(params.weightColumn(), wrong));
    }
  }

  private SortedMap<Double, Double> result() {
    if (counts.size() < 2) {
      throw new IllegalArgumentException(
          String.format(
              "labelCol: column '%s' holds only the classes %s; two or more are needed: check the"
                  + " label, or take more data",
              params.getLabelCol(), counts.keySet()));
    }
    if (counts.values().stream().allMatch(weight -> weight == 0)) {
      throw new IllegalArgumentException(
          String.format(
              "weightCol: all weights in column '%s' are 0; some must be positive",
              params.weightColumn()));
    }
    return counts;
  }
}
