package io.github.imbalancedspark.classification;

import io.github.imbalancedspark.core.linalg.Block;
import io.github.imbalancedspark.core.linalg.DenseBlockBuilder;
import io.github.imbalancedspark.core.linalg.NotFinite;
import io.github.imbalancedspark.core.linalg.SparseBlockBuilder;
import io.github.imbalancedspark.internal.VectorRow;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;

/**
 * Turns one partition's rows (label, weight, features) into blocks. Dense and sparse rows go to
 * blocks of their own kind, whichever of the two is smaller for the row. Reading ends at the first
 * row that cannot be trained on, which {@link TrainingColumns} describes to {@code problems}.
 */
final class BlockReader implements Iterator<Block> {

  /** Receives what is wrong with the row that ended the reading. */
  interface Problems {
    void add(String problem);
  }

  /** An entry of a sparse row takes a value and a feature number. */
  private static final int SPARSE_ENTRY_BYTES = Double.BYTES + Integer.BYTES;

  private final Iterator<InternalRow> rows;
  private final TrainingColumns columns;
  private final int blockBytes;
  private final Problems problems;
  private final Queue<Block> ready = new ArrayDeque<>();
  private DenseBlockBuilder dense;
  private SparseBlockBuilder sparse;
  private int features = -1;
  private boolean failed;

  BlockReader(
      Iterator<InternalRow> rows, TrainingColumns columns, int blockBytes, Problems problems) {
    this.rows = rows;
    this.columns = columns;
    this.blockBytes = blockBytes;
    this.problems = problems;
  }

  @Override
  public boolean hasNext() {
    while (ready.isEmpty() && !failed && rows.hasNext()) {
      read(rows.next());
    }
    if (ready.isEmpty() && !failed && features >= 0) {
      flush();
    }
    return !ready.isEmpty();
  }

  @Override
  public Block next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ready.remove();
  }

  private void read(InternalRow row) {
    String problem = columns.problemWithLabelOrWeight(row);
    if (problem == null) {
      problem = columns.inVectors() ? readVector(row) : readColumns(row);
    }
    report(problem);
  }

  private void report(String problem) {
    if (problem != null && !failed) {
      failed = true;
      ready.clear();
      problems.add(problem);
    }
  }

  private String readColumns(InternalRow row) {
    int[] places = columns.featuresAt();
    if (features < 0) {
      start(places.length);
    }
    int at = dense.startRow(columns.label(row), columns.weight(row));
    long[] tile = dense.tile();
    for (int j = 0; j < places.length; j++) {
      if (row.isNullAt(places[j])) {
        return columns.nullFeature(j);
      }
      tile[at + j] = Double.doubleToRawLongBits(row.getDouble(places[j]));
    }
    dense.endRow();
    takeFullBlocks();
    return null;
  }

  private String readVector(InternalRow row) {
    if (row.isNullAt(columns.vectorAt())) {
      return columns.nullFeatures();
    }
    VectorRow vector = VectorRow.at(row, columns.vectorAt());
    boolean isDense = vector.isDense();
    ArrayData values = vector.values();
    int count = values.numElements();
    int size = isDense ? count : vector.size();
    if (features < 0) {
      start(size);
    } else if (size != features) {
      return columns.sizesDiffer(features, size);
    }
    double label = columns.label(row);
    double weight = columns.weight(row);
    if (isDense) {
      int at = dense.startRow(label, weight);
      VectorRow.copy(values, dense.tile(), at);
      dense.endRow();
    } else if ((long) count * SPARSE_ENTRY_BYTES >= (long) size * Double.BYTES) {
      int at = dense.startRow(label, weight);
      spread(vector.indices(), values, dense.tile(), at);
      dense.endRow();
    } else {
      int at = sparse.startRow(label, weight, count);
      VectorRow.copy(vector.indices(), sparse.indices(), at);
      VectorRow.copy(values, sparse.values(), at);
      sparse.endRow(count);
    }
    takeFullBlocks();
    return null;
  }

  private void takeFullBlocks() {
    if (dense.isFull()) {
      take(dense.take(), dense.notFinite());
    }
    if (sparse.isFull()) {
      take(sparse.take(), sparse.notFinite());
    }
  }

  private void spread(ArrayData indices, ArrayData values, long[] target, int from) {
    Arrays.fill(target, from, from + features, 0);
    for (int k = 0; k < values.numElements(); k++) {
      target[from + indices.getInt(k)] = Double.doubleToRawLongBits(values.getDouble(k));
    }
  }

  private void start(int size) {
    features = size;
    dense = new DenseBlockBuilder(size, blockBytes, columns.weighted());
    sparse = new SparseBlockBuilder(size, blockBytes, columns.weighted());
  }

  private void take(Block block, NotFinite notFinite) {
    if (notFinite != null) {
      report(columns.notFinite(notFinite.feature(), notFinite.value()));
    } else if (block != null) {
      ready.add(block);
    }
  }

  private void flush() {
    take(dense.take(), dense.notFinite());
    take(sparse.take(), sparse.notFinite());
    features = -1;
  }
}
