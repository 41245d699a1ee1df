package io.github.imbalancedspark.internal;

import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.unsafe.Platform;

/**
 * Reads a vector column of an internal row: Spark ML's VectorUDT is the struct (type, size,
 * indices, values) with type 0 for sparse and 1 for dense. Its arrays hold no nulls.
 */
public final class VectorRow {

  private static final int FIELDS = 4;
  private static final byte DENSE = 1;

  /** A dense vector of two zeros, which come last in it. */
  private static final byte[] PAIR = pair();

  private static final long PAIR_END = Platform.BYTE_ARRAY_OFFSET + (long) PAIR.length;

  private final InternalRow struct;

  private VectorRow(InternalRow struct) {
    this.struct = struct;
  }

  /** Returns the vector in column {@code ordinal}, which is not null. */
  public static VectorRow at(InternalRow row, int ordinal) {
    return new VectorRow(row.getStruct(ordinal, FIELDS));
  }

  /** Returns the vector that {@code struct} holds. */
  public static VectorRow of(InternalRow struct) {
    return new VectorRow(struct);
  }

  /** Returns a dense vector of two entries in the engine's own layout, which it copies whole. */
  public static InternalRow dense(double first, double second) {
    byte[] bytes = PAIR.clone();
    Platform.putDouble(bytes, PAIR_END - 2L * Double.BYTES, first);
    Platform.putDouble(bytes, PAIR_END - Double.BYTES, second);
    UnsafeRow row = new UnsafeRow(FIELDS);
    row.pointTo(bytes, bytes.length);
    return row;
  }

  private static byte[] pair() {
    UnsafeArrayData zeros = UnsafeArrayData.fromPrimitiveArray(new double[2]);
    int head = UnsafeRow.calculateBitSetWidthInBytes(FIELDS) + FIELDS * Long.BYTES;
    byte[] bytes = new byte[head + zeros.getSizeInBytes()];
    UnsafeRow row = new UnsafeRow(FIELDS);
    row.pointTo(bytes, bytes.length);
    row.setByte(0, DENSE);
    row.setNullAt(1);
    row.setNullAt(2);
    row.setLong(3, (long) head << Integer.SIZE | zeros.getSizeInBytes());
    zeros.writeToMemory(bytes, Platform.BYTE_ARRAY_OFFSET + (long) head);
    return bytes;
  }

  /** Returns whether every entry is stored. */
  public boolean isDense() {
    return struct.getByte(0) == DENSE;
  }

  /** Returns the length of the vector. */
  public int size() {
    return isDense() ? values().numElements() : struct.getInt(1);
  }

  /** Returns the feature numbers of a sparse vector's stored entries, ascending. */
  public ArrayData indices() {
    return struct.getArray(2);
  }

  /** Returns the stored entries. */
  public ArrayData values() {
    return struct.getArray(3);
  }

  /** Copies all of {@code values} to {@code target}, from there on. */
  public static void copy(ArrayData values, double[] target, int from) {
    copyDoubles(values, target, Platform.DOUBLE_ARRAY_OFFSET, from);
  }

  /** Copies the bits of all of {@code values} to {@code target}, from there on. */
  public static void copy(ArrayData values, long[] target, int from) {
    copyDoubles(values, target, Platform.LONG_ARRAY_OFFSET, from);
  }

  private static void copyDoubles(ArrayData values, Object target, long targetOffset, int from) {
    if (values instanceof UnsafeArrayData unsafe) {
      copy(unsafe, Double.BYTES, target, targetOffset, from);
    } else {
      double[] copied = values.toDoubleArray();
      Platform.copyMemory(
          copied,
          Platform.DOUBLE_ARRAY_OFFSET,
          target,
          targetOffset + (long) Double.BYTES * from,
          (long) Double.BYTES * copied.length);
    }
  }

  /** Copies all of {@code values} to {@code target}, from there on. */
  public static void copy(ArrayData values, int[] target, int from) {
    if (values instanceof UnsafeArrayData unsafe) {
      copy(unsafe, Integer.BYTES, target, Platform.INT_ARRAY_OFFSET, from);
    } else {
      System.arraycopy(values.toIntArray(), 0, target, from, values.numElements());
    }
  }

  private static void copy(
      UnsafeArrayData values, int width, Object target, long targetOffset, int from) {
    int count = values.numElements();
    Platform.copyMemory(
        values.getBaseObject(),
        values.getBaseOffset() + UnsafeArrayData.calculateHeaderPortionInBytes(count),
        target,
        targetOffset + (long) width * from,
        (long) width * count);
  }
}
