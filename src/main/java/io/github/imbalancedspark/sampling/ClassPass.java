package io.github.imbalancedspark.sampling;

import io.github.imbalancedspark.internal.Carried;
import io.github.imbalancedspark.internal.Columns;
import io.github.imbalancedspark.internal.InternalRows;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * One pass over the rows of a dataset that keeps a tally for each class: several times as fast as a
 * grouping by label, as rows of one class come in runs and are read as the engine holds them.
 *
 * @param <T> the tallies
 */
final class ClassPass<T extends ClassPass.Tally<T>> implements Serializable {

  private static final long serialVersionUID = 1L;

  /** So many parts the driver merges at once; of more, executors merge some beforehand. */
  private static final int PARTS_AT_ONCE = 64;

  private final String labelCol;
  private final Factory<T> factory;
  private final Map<Object, T> tallies = new HashMap<>();
  private String problem;

  private ClassPass(String labelCol, Factory<T> factory) {
    this.labelCol = labelCol;
    this.factory = factory;
  }

  /**
   * What is remembered of the rows of one class.
   *
   * @param <T> the tally itself
   */
  interface Tally<T> extends Serializable {

    /** Takes in a row; the object is reused for the next one. */
    void add(InternalRow row);

    /** Takes in what another part of the dataset holds, and returns the sum. */
    T merge(T that);

    /** Returns what is wrong with the rows, or null; it ends the pass. */
    default String problem() {
      return null;
    }
  }

  /**
   * Makes empty tallies.
   *
   * @param <T> the tallies
   */
  @FunctionalInterface
  interface Factory<T> extends Serializable {

    /** Returns an empty tally for a class. */
    T of(Object label);
  }

  /**
   * Returns class → tally, classes ascending.
   *
   * @throws IllegalArgumentException if there are no rows, if a label is null or NaN, if there are
   *     too many classes, or if a tally has found a problem
   */
  static <T extends Tally<T>> SortedMap<Object, T> of(
      Dataset<?> dataset, String labelCol, Factory<T> factory) {
    SortedMap<Object, T> tallies = ofSome(dataset, labelCol, factory);
    LabelCounts.requireClasses(tallies.size(), labelCol);
    return tallies;
  }

  /** Does what {@link #of} does, but finds nothing wrong with there being no rows. */
  static <T extends Tally<T>> SortedMap<Object, T> ofSome(
      Dataset<?> dataset, String labelCol, Factory<T> factory) {
    Columns.require(dataset.schema(), labelCol, "labelCol");
    StructType schema = dataset.schema();
    int labelAt = schema.fieldIndex(labelCol);
    DataType type = schema.apply(labelAt).dataType();
    JavaRDD<InternalRow> rows = InternalRows.of(dataset);
    ClassPass<T> pass = new ClassPass<>(labelCol, factory);
    int parts = rows.getNumPartitions();
    if (parts > 0) {
      pass =
          Carried.treeReduce(
              rows.mapPartitions(
                  part ->
                      List.of(new ClassPass<>(labelCol, factory).add(part, labelAt, type))
                          .iterator()),
              ClassPass::merge,
              mergeDepth(parts));
    }
    return pass.checked();
  }

  /** Returns the depth of the tree in which a number of parts are merged. */
  static int mergeDepth(int parts) {
    return parts <= PARTS_AT_ONCE ? 1 : 2;
  }

  private ClassPass<T> add(Iterator<InternalRow> rows, int labelAt, DataType type) {
    Object last = null;
    T tally = null;
    while (rows.hasNext() && problem == null) {
      InternalRow row = rows.next();
      Object label = row.isNullAt(labelAt) ? null : label(row, labelAt, type, last);
      if (tally == null || (last != label && !last.equals(label))) {
        if (!LabelCounts.isUsable(label)) {
          problem = LabelCounts.unusable(labelCol, label);
          break;
        }
        last = label instanceof UTF8String text ? text.clone() : unsigned(label);
        tally = tallies.computeIfAbsent(last, c -> factory.of(external(c)));
        if (tallies.size() > LabelCounts.MOST_CLASSES) {
          problem = LabelCounts.tooMany(labelCol);
        }
      }
      tally.add(row);
      problem = problem == null ? tally.problem() : problem;
    }
    return this;
  }

  /** Returns a row's label; the last one itself if it is the same number. */
  private static Object label(InternalRow row, int labelAt, DataType type, Object last) {
    if (!type.equals(DataTypes.DoubleType)) {
      return row.get(labelAt, type);
    }
    double label = row.getDouble(labelAt);
    return last instanceof Double same && same == label ? last : (Object) label;
  }

  private ClassPass<T> merge(ClassPass<T> that) {
    that.tallies.forEach((label, more) -> tallies.merge(label, more, Tally::merge));
    problem = problem == null ? that.problem : problem;
    return this;
  }

  private SortedMap<Object, T> checked() {
    SortedMap<Object, T> byClass = new TreeMap<>();
    tallies.forEach(
        (label, tally) -> {
          byClass.put(external(label), tally);
          problem = problem == null ? tally.problem() : problem;
        });
    if (problem != null) {
      throw new IllegalArgumentException(problem);
    }
    return byClass;
  }

  /** Makes one class of 0 and −0, as Spark does. */
  private static Object unsigned(Object label) {
    if (label instanceof Double number) {
      return number + 0.0;
    }
    return label instanceof Float number ? (Object) (number + 0.0f) : label;
  }

  private static Object external(Object label) {
    if (label instanceof Decimal decimal) {
      return decimal.toJavaBigDecimal();
    }
    return label instanceof UTF8String text ? text.toString() : label;
  }
}
