package io.github.imbalancedspark.support;

import static org.apache.spark.ml.functions.array_to_vector;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.cos;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sin;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A small data set that every stage contract can run on: id, label (about one in four is 1, not
 * separable), weight (1, 2 or 3), features (three of them) and a column with nulls and a dot in its
 * name that no stage has any business with. Every value is a function of the id.
 */
public final class SampleRows {

  private static final int ROWS = 120;

  private SampleRows() {}

  /** Returns the rows in three partitions, a different Dataset object each time. */
  public static Dataset<Row> make() {
    return make(3);
  }

  /** Returns the same rows in so many partitions, of which at most as many hold one as are rows. */
  public static Dataset<Row> make(int partitions) {
    Column id = col("id");
    Column signal = sin(id);
    Column noise = sin(id.multiply(id).multiply(0.7));
    return SparkSessions.shared()
        .range(0, ROWS, 1, partitions)
        .select(
            id,
            when(signal.plus(noise).gt(0.6), 1.0).otherwise(0.0).as("label"),
            id.mod(3).plus(1).cast("double").as("weight"),
            array_to_vector(array(signal, cos(id.multiply(1.7)), id.divide(ROWS).minus(lit(0.5))))
                .as("features"),
            when(id.mod(5).gt(0), id.cast("string")).as("other.column"));
  }
}
