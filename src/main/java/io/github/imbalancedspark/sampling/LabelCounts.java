package io.github.imbalancedspark.sampling;

import io.github.imbalancedspark.internal.Columns;
import io.github.imbalancedspark.internal.InternalRows;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/** Counts the rows of each class, and says what is wrong with a label column. */
final class LabelCounts {

  static final int MOST_CLASSES = 1000;

  /** From here on neighbouring integers are one and the same double. */
  private static final double INTEGERS_END = 0x1p53;

  private LabelCounts() {}

  /** A number of rows. */
  private static final class Count implements ClassPass.Tally<Count> {

    private static final long serialVersionUID = 1L;

    private long rows;

    @Override
    public void add(InternalRow row) {
      rows++;
    }

    @Override
    public Count merge(Count that) {
      rows += that.rows;
      return this;
    }
  }

  /**
   * Returns class → number of rows, classes ascending, in one pass over the label column.
   *
   * @throws IllegalArgumentException if there are no rows, if a class is not usable, or if there
   *     are more than {@value #MOST_CLASSES} classes
   */
  static SortedMap<Object, Long> of(Dataset<?> rows, String labelCol) {
    DataType type = Columns.require(rows.schema(), labelCol, "labelCol").dataType();
    Dataset<Row> labels = rows.select(Columns.named(labelCol));
    Optional<JavaRDD<ColumnarBatch>> batches = InternalRows.batchesOf(labels);
    if (batches.isPresent() && LabelBatches.canCount(type)) {
      return LabelBatches.count(batches.get(), type, labelCol);
    }
    SortedMap<Object, Long> counts = new TreeMap<>();
    ClassPass.of(labels, labelCol, c -> new Count())
        .forEach((c, count) -> counts.put(c, count.rows));
    return counts;
  }

  /** Checks that there are classes, but not too many. */
  static void requireClasses(int classes, String labelCol) {
    if (classes == 0) {
      throw new IllegalArgumentException(
          "the data has no rows: check the input path and its filters");
    }
    if (classes > MOST_CLASSES) {
      throw new IllegalArgumentException(tooMany(labelCol));
    }
  }

  /** Returns what is said of a label column with too many classes. */
  static String tooMany(String labelCol) {
    return String.format(
        "labelCol: column '%s' holds more than %d different labels; is it a class label?",
        labelCol, MOST_CLASSES);
  }

  /** Returns whether a label is a class: not null, and if a number, finite and below 2⁵³. */
  static boolean isUsable(Object label) {
    return label != null && isFinite(label) && !isHuge(label);
  }

  private static boolean isFinite(Object label) {
    return Double.isFinite(number(label));
  }

  private static boolean isHuge(Object label) {
    return Math.abs(number(label)) >= INTEGERS_END;
  }

  private static double number(Object label) {
    if (label instanceof Decimal decimal) {
      return decimal.toDouble();
    }
    return label instanceof Number number ? number.doubleValue() : 0;
  }

  /** Returns what is said of a label that is not usable. */
  static String unusable(String labelCol, Object value) {
    return String.format(
        "labelCol: column '%s' holds %s; %s",
        labelCol,
        value,
        value != null && isFinite(value)
            ? "from 2^53 on a double cannot tell it from its neighbours: map the classes to small"
                + " numbers, for example with StringIndexer"
            : "label or drop these rows");
  }

  /**
   * Checks that a label column exists and holds numbers, strings or booleans.
   *
   * @throws IllegalArgumentException if not
   */
  static void requireType(StructType schema, String labelCol) {
    StructField field = Columns.require(schema, labelCol, "labelCol");
    DataType type = field.dataType();
    if (!(type instanceof NumericType
        || type instanceof StringType
        || type instanceof BooleanType)) {
      throw new IllegalArgumentException(
          String.format(
              "labelCol: column '%s' is of type %s; it must be numeric, string or boolean: cast it"
                  + " first",
              labelCol, type.simpleString()));
    }
  }
}
