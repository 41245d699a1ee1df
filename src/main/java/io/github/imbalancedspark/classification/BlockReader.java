package io.github.imbalancedspark.classification;

import io.github.imbalancedspark.core.linalg.Block;
import io.github.imbalancedspark.internal.VectorRow;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.apache.spark.sql.catalyst.InternalRow;

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
    if (problem == null && row.isNullAt(TrainingColumns.FEATURES)) {
      problem = columns.nullFeatures();
    }
    if (problem == null) {
      VectorRow vector = VectorRow.at(row, TrainingColumns.FEATURES);
      problem = read(row, vector);
    }
    if (problem != null) {
      failed = true;
      ready.clear();
      problems.add(problem);
    }
  }

  private String read(InternalRow row, VectorRow vector) {
    int size = vector.size();
    if (features < 0) {
      start(size);
    } else if (size != features) {
      return columns.sizesDiffer(features, size);
    }
    double label = columns.label(row);
    double weight = columns.weight(row);
    boolean finite;
    Block full;
    if (vector.isDense()) {
      finite = dense.add(vector.values(), label, weight);
      full = dense.takeIfFull();
    } else if (vector.values().numElements() * SPARSE_ENTRY_BYTES >= size * Double.BYTES) {
      finite = dense.add(vector.indices(), vector.values(), label, weight);
      full = dense.takeIfFull();
    } else {
      finite = sparse.add(vector.indices(), vector.values(), label, weight);
      full = sparse.takeIfFull();
    }
    if (full != null) {
      ready.add(full);
    }
    return finite ? null : columns.notFinite(vector);
  }

  private void start(int size) {
    features = size;
    dense = new DenseBlockBuilder(size, blockBytes, columns.weighted());
    sparse = new SparseBlockBuilder(size, blockBytes, columns.weighted());
  }

  private void flush() {
    Block lastDense = dense.take();
    Block lastSparse = sparse.take();
    if (lastDense != null) {
      ready.add(lastDense);
    }
    if (lastSparse != null) {
      ready.add(lastSparse);
    }
    features = -1;
  }
}
