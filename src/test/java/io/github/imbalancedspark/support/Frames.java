package io.github.imbalancedspark.support;

import static org.apache.spark.ml.functions.vector_to_array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.isnan;
import static org.assertj.core.api.Assertions.assertThat;

import com.holdenkarau.spark.testing.JavaDataFrameSuiteBase;
import io.github.imbalancedspark.internal.Columns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

/** Compares rows by spark-testing-base's rules, whatever their order and partitions. */
public final class Frames {

  private static final Comparison COMPARISON = new Comparison();

  /** The assertions, on the shared session: which the base class would otherwise start itself. */
  private static final class Comparison extends JavaDataFrameSuiteBase {
    private static final long serialVersionUID = 1L;

    @Override
    public SparkSession spark() {
      return SparkSessions.shared();
    }
  }

  private Frames() {}

  /**
   * Asserts that both hold the same rows, told apart by their columns from left to right, with the
   * same columns in the same order; numbers may differ by {@code tolerance}. Vectors are compared
   * entry by entry.
   */
  public static void assertSame(Dataset<Row> actual, Dataset<Row> expected, double tolerance) {
    assertThat(actual.columns()).isEqualTo(expected.columns());
    assertThat(actual.count()).as("number of rows").isEqualTo(expected.count());
    COMPARISON.assertDataFrameApproximateEquals(flat(expected), flat(actual), tolerance);
  }

  /**
   * Sorts the rows and turns vectors into columns of numbers. Beside each column of doubles stands
   * whether it is NaN, for a NaN differs from no number by more than a tolerance.
   */
  private static Dataset<Row> flat(Dataset<Row> data) {
    Dataset<Row> one = data.coalesce(1);
    List<Column> columns = new ArrayList<>();
    for (StructField field : data.schema().fields()) {
      Column column = Columns.named(field.name());
      if (field.dataType().equals(SQLDataTypes.VectorType())) {
        int size = one.select(column).head().<Vector>getAs(0).size();
        for (int j = 0; j < size; j++) {
          addNumber(columns, vector_to_array(column, "float64").getItem(j), field.name() + j);
        }
      } else if (field.dataType().equals(DataTypes.DoubleType)) {
        addNumber(columns, column, field.name());
      } else {
        columns.add(column.cast("string").as("c" + columns.size() + field.name()));
      }
    }
    Dataset<Row> flat = one.select(columns.toArray(new Column[0]));
    Column[] order = Arrays.stream(flat.columns()).map(Columns::named).toArray(Column[]::new);
    return flat.sortWithinPartitions(order);
  }

  private static void addNumber(List<Column> columns, Column value, String name) {
    columns.add(value.as("c" + columns.size() + name));
    columns.add(isnan(value).as("c" + columns.size() + name + " is NaN"));
  }

  /** Returns the rows as a Dataset object of its own. */
  public static Dataset<Row> another(Dataset<Row> data) {
    return data.select(col("*"));
  }
}
