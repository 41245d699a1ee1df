package io.github.imbalancedspark.core.linalg;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A sparse block as it is sent and spilled: Java's serialisation copies bytes as they are, but
 * writes and reads numbers one by one. Of feature numbers there are only the gaps from one to the
 * next, most of which take two bytes.
 */
final class SparseBlockBytes implements Serializable {

  private static final long serialVersionUID = 1L;
  private static final int LONG_GAP = 0xFFFF;
  private static final int FIELDS = 5;
  private static final double[] NONE = {};

  private final byte[] bytes;

  /** Writes a block. */
  SparseBlockBytes(SparseBlock block) {
    short[] gaps = new short[block.indices().length];
    int[] longGaps = gaps(block, gaps);
    double[] values = block.values() == null ? NONE : block.values();
    double[] weights = block.weights() == null ? NONE : block.weights();
    long size =
        (long) Integer.BYTES * (FIELDS + block.starts().length + block.rows() + longGaps.length)
            + (long) Double.BYTES * (block.rows() + weights.length + values.length)
            + (long) Short.BYTES * gaps.length;
    this.bytes = new byte[Math.toIntExact(size)];
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    buffer.putInt(block.rows()).putInt(block.features()).putInt(longGaps.length);
    buffer.putInt(weights.length).putInt(values.length);
    put(buffer, block.starts());
    put(buffer, block.hashes());
    put(buffer, longGaps);
    put(buffer, block.labels());
    put(buffer, weights);
    put(buffer, values);
    buffer.asShortBuffer().put(gaps);
  }

  /** Writes the gaps, and returns those that do not fit. */
  private static int[] gaps(SparseBlock block, short[] gaps) {
    int[] longGaps = new int[gaps.length];
    int count = 0;
    for (int i = 0; i < block.rows(); i++) {
      int previous = 0;
      for (int k = block.starts()[i]; k < block.starts()[i + 1]; k++) {
        int gap = block.indices()[k] - previous;
        gaps[k] = (short) Math.min(gap, LONG_GAP);
        if (gap >= LONG_GAP) {
          longGaps[count++] = gap;
        }
        previous += gap;
      }
    }
    return Arrays.copyOf(longGaps, count);
  }

  private static void put(ByteBuffer buffer, int[] values) {
    buffer.asIntBuffer().put(values);
    buffer.position(buffer.position() + Integer.BYTES * values.length);
  }

  private static void put(ByteBuffer buffer, double[] values) {
    buffer.asDoubleBuffer().put(values);
    buffer.position(buffer.position() + Double.BYTES * values.length);
  }

  private Object readResolve() {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    int rows = buffer.getInt();
    int features = buffer.getInt();
    int longGapCount = buffer.getInt();
    int weightCount = buffer.getInt();
    int valueCount = buffer.getInt();
    int[] starts = ints(buffer, rows + 1);
    int[] hashes = ints(buffer, rows);
    int[] longGaps = ints(buffer, longGapCount);
    double[] labels = doubles(buffer, rows);
    double[] weights = weightCount < rows ? null : doubles(buffer, rows);
    double[] values = valueCount < starts[rows] ? null : doubles(buffer, valueCount);
    short[] gaps = new short[starts[rows]];
    buffer.asShortBuffer().get(gaps);
    int[] indices = indices(starts, gaps, longGaps);
    return new SparseBlock(rows, features, starts, indices, values, labels, weights, hashes);
  }

  private static int[] indices(int[] starts, short[] gaps, int[] longGaps) {
    int[] indices = new int[gaps.length];
    int count = 0;
    for (int i = 0; i + 1 < starts.length; i++) {
      int index = 0;
      for (int k = starts[i]; k < starts[i + 1]; k++) {
        int gap = Short.toUnsignedInt(gaps[k]);
        index += gap < LONG_GAP ? gap : longGaps[count++];
        indices[k] = index;
      }
    }
    return indices;
  }

  private static int[] ints(ByteBuffer buffer, int count) {
    int[] values = new int[count];
    buffer.asIntBuffer().get(values);
    buffer.position(buffer.position() + Integer.BYTES * count);
    return values;
  }

  private static double[] doubles(ByteBuffer buffer, int count) {
    double[] values = new double[count];
    buffer.asDoubleBuffer().get(values);
    buffer.position(buffer.position() + Double.BYTES * count);
    return values;
  }
}
