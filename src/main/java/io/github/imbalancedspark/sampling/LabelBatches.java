package io.github.imbalancedspark.sampling;

import io.github.imbalancedspark.internal.Carried;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/** Counts labels in columnar batches, a run of equal ones at a time: faster than row by row. */
final class LabelBatches implements Serializable {

  private static final long serialVersionUID = 1L;

  private final Kind kind;
  private final Map<Long, Long> rows = new HashMap<>();
  private boolean hasNull;

  private LabelBatches(Kind kind) {
    this.kind = kind;
  }

  /** The label types that are read as 64 bits. */
  private enum Kind {
    DOUBLE {
      @Override
      long bits(ColumnVector labels, int row) {
        return Double.doubleToLongBits(labels.getDouble(row) + 0.0); // makes 0 of −0, as Spark does
      }

      @Override
      Object label(long bits) {
        return Double.longBitsToDouble(bits);
      }
    },
    LONG {
      @Override
      long bits(ColumnVector labels, int row) {
        return labels.getLong(row);
      }

      @Override
      Object label(long bits) {
        return bits;
      }
    },
    INT {
      @Override
      long bits(ColumnVector labels, int row) {
        return labels.getInt(row);
      }

      @Override
      Object label(long bits) {
        return (int) bits;
      }
    };

    abstract long bits(ColumnVector labels, int row);

    abstract Object label(long bits);

    static Kind of(DataType type) {
      if (type.equals(DataTypes.DoubleType)) {
        return DOUBLE;
      }
      if (type.equals(DataTypes.LongType)) {
        return LONG;
      }
      return type.equals(DataTypes.IntegerType) ? INT : null;
    }
  }

  /** Returns whether labels of this type can be counted here. */
  static boolean canCount(DataType type) {
    return Kind.of(type) != null;
  }

  /**
   * Returns class → number of rows, classes ascending.
   *
   * @param batches batches of the label column only
   * @param type a type that {@link #canCount can be counted}
   * @throws IllegalArgumentException if a class is not usable, or there are too many or none
   */
  static SortedMap<Object, Long> count(
      JavaRDD<ColumnarBatch> batches, DataType type, String labelCol) {
    Kind kind = Kind.of(type);
    LabelBatches all = new LabelBatches(kind);
    int parts = batches.getNumPartitions();
    if (parts > 0) {
      all =
          Carried.treeReduce(
              batches.mapPartitions(part -> List.of(new LabelBatches(kind).add(part)).iterator()),
              LabelBatches::merge,
              ClassPass.mergeDepth(parts));
    }
    return all.checked(labelCol);
  }

  private LabelBatches add(Iterator<ColumnarBatch> batches) {
    while (batches.hasNext() && !hasNull && rows.size() <= LabelCounts.MOST_CLASSES) {
      ColumnarBatch batch = batches.next();
      ColumnVector labels = batch.column(0);
      if (labels.hasNull()) {
        hasNull = true;
      } else if (batch.numRows() > 0) {
        add(labels, batch.numRows());
      }
    }
    return this;
  }

  private void add(ColumnVector labels, int size) {
    long last = kind.bits(labels, 0);
    int start = 0;
    for (int i = 1; i < size; i++) {
      long label = kind.bits(labels, i);
      if (label != last) {
        rows.merge(last, (long) (i - start), Long::sum);
        last = label;
        start = i;
      }
    }
    rows.merge(last, (long) (size - start), Long::sum);
  }

  private LabelBatches merge(LabelBatches that) {
    hasNull |= that.hasNull;
    that.rows.forEach((label, n) -> rows.merge(label, n, Long::sum));
    return this;
  }

  private SortedMap<Object, Long> checked(String labelCol) {
    if (hasNull) {
      throw new IllegalArgumentException(LabelCounts.unusable(labelCol, null));
    }
    SortedMap<Object, Long> counts = new TreeMap<>();
    rows.forEach(
        (bits, n) -> {
          Object label = kind.label(bits);
          if (!LabelCounts.isUsable(label)) {
            throw new IllegalArgumentException(LabelCounts.unusable(labelCol, label));
          }
          counts.put(label, n);
        });
    LabelCounts.requireClasses(counts.size(), labelCol);
    return counts;
  }
}
