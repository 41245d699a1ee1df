package io.github.imbalancedspark.sampling;

import io.github.imbalancedspark.internal.Columns;
import io.github.imbalancedspark.internal.OddsLedger;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/** Records in the odds ledger what a sampler did, and undoes it in a weight column if asked. */
final class Odds {

  private Odds() {}

  /**
   * Returns the purpose of a sampler's row hash: another one for each sampler in a row, so that the
   * second one's choice does not depend on the first one's.
   */
  static String purpose(Class<?> sampler, StructType schema, String labelCol) {
    return sampler.getName() + OddsLedger.read(schema.apply(labelCol).metadata()).size();
  }

  /** Returns the rows with an entry about class → rate on the label column. */
  static Dataset<Row> record(
      Dataset<Row> rows,
      String stage,
      String labelCol,
      SortedMap<Object, Double> rates,
      boolean exact) {
    return append(rows, labelCol, Columns.named(labelCol), entry(stage, labelCol, rates, exact));
  }

  /**
   * Returns the rows with weights divided by their class's rate, and an entry about that on the
   * weight column.
   */
  static Dataset<Row> weigh(
      Dataset<Row> rows,
      String stage,
      String labelCol,
      String weightCol,
      SortedMap<Object, Double> rates) {
    SortedMap<Object, Double> factors = new TreeMap<>();
    rates.forEach((c, rate) -> factors.put(c, 1 / rate));
    Column weight =
        AddedColumns.weightBefore(rows.schema(), weightCol)
            .multiply(PerClass.column(labelCol, factors, functions::lit));
    return append(rows, weightCol, weight, entry(stage, labelCol, factors, true));
  }

  private static OddsLedger.Entry entry(
      String stage, String labelCol, SortedMap<Object, Double> factors, boolean exact) {
    SortedMap<Double, Double> byLabel = new TreeMap<>();
    factors.forEach((c, factor) -> byLabel.put(((Number) c).doubleValue(), factor));
    return new OddsLedger.Entry(stage, labelCol, byLabel, exact);
  }

  private static Dataset<Row> append(
      Dataset<Row> rows, String name, Column value, OddsLedger.Entry entry) {
    return rows.withColumn(
        name, value.as(name, OddsLedger.append(AddedColumns.metadata(rows.schema(), name), entry)));
  }
}
