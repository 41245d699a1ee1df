package io.github.imbalancedspark.core.linalg;

import java.io.Serializable;
import java.util.OptionalDouble;

/** What one look at every block tells: rows, weights, labels and each feature's moments. */
public final class BlockSummary implements Serializable {

  private static final long serialVersionUID = 1L;

  private long rows;
  private long positiveRows;
  private long sparseRows;
  private long storedValues;
  private long positiveStoredValues;
  private double squaredWeightSum;
  private double positiveWeight;
  private double negativeWeight;
  private Moments moments;
  private int otherFeatures = -1;
  private double softLabel = Double.POSITIVE_INFINITY;

  /** Returns about how many bytes the summary of so many features takes. */
  public static long bytes(int features) {
    return 3L * Double.BYTES * features;
  }

  /** Adds the rows of {@code block}. */
  public BlockSummary add(Block block) {
    double[] labels = block.labels();
    double[] weights = block.weights();
    for (int i = 0; i < block.rows(); i++) {
      double w = weights == null ? 1 : weights[i];
      squaredWeightSum += w * w;
      positiveWeight += w * labels[i];
      negativeWeight += w * (1 - labels[i]);
      if (labels[i] >= 0.5) {
        positiveRows++;
        positiveStoredValues += block.storedValues(i);
      }
      if (labels[i] != 0 && labels[i] != 1) {
        softLabel = Math.min(softLabel, labels[i]);
      }
    }
    rows += block.rows();
    storedValues += block.storedValues();
    sparseRows += block instanceof SparseBlock ? block.rows() : 0;
    if (moments == null) {
      moments = new Moments(block.features());
    }
    block.addMoments(moments);
    return this;
  }

  /** Adds all that {@code other} has seen. */
  public BlockSummary merge(BlockSummary other) {
    rows += other.rows;
    positiveRows += other.positiveRows;
    sparseRows += other.sparseRows;
    storedValues += other.storedValues;
    positiveStoredValues += other.positiveStoredValues;
    squaredWeightSum += other.squaredWeightSum;
    positiveWeight += other.positiveWeight;
    negativeWeight += other.negativeWeight;
    if (moments == null) {
      moments = other.moments;
    } else if (other.moments != null && other.moments.features() != moments.features()) {
      otherFeatures = other.moments.features();
    } else if (other.moments != null) {
      moments.merge(other.moments);
    }
    otherFeatures = Math.max(otherFeatures, other.otherFeatures);
    softLabel = Math.min(softLabel, other.softLabel);
    return this;
  }

  /** Returns the number of rows. */
  public long rows() {
    return rows;
  }

  /** Returns the number of rows with label ≥ ½. */
  public long positiveRows() {
    return positiveRows;
  }

  /** Returns the smallest label that is neither 0 nor 1, if there is one. */
  public OptionalDouble softLabel() {
    return softLabel <= 1 ? OptionalDouble.of(softLabel) : OptionalDouble.empty();
  }

  /** Returns the mean number of stored feature values a row. */
  public double storedValuesPerRow() {
    return storedValues / (double) rows;
  }

  /** Returns the mean number of stored feature values of a row with label ≥ ½; 0 without any. */
  public double storedValuesPerPositiveRow() {
    return positiveStoredValues / (double) Math.max(1, positiveRows);
  }

  /** Returns the mean number of stored feature values of a row with label &lt; ½; 0 without any. */
  public double storedValuesPerNegativeRow() {
    return (storedValues - positiveStoredValues) / (double) Math.max(1, rows - positiveRows);
  }

  /** Returns the number of features d; 0 when there are no rows. */
  public int features() {
    return moments == null ? 0 : moments.features();
  }

  /** Returns a number of features that some rows have in place of d, or -1 if all agree. */
  public int otherFeatures() {
    return otherFeatures;
  }

  /** Returns whether any row is kept in a sparse block. */
  public boolean hasSparseRows() {
    return sparseRows > 0;
  }

  /** Returns Σw. */
  public double weightSum() {
    return moments == null ? 0 : moments.weightSum();
  }

  /**
   * Returns whether the rows' weights leave room for deviations, as those of two rows do unless
   * their squares overflow or one outweighs the others by more than a double's digits.
   */
  public boolean hasComparableWeights() {
    return moments != null && moments.degreesOfFreedom(squaredWeightSum) > 0;
  }

  /** Returns Σwy: the weight of the positive class. */
  public double positiveWeight() {
    return positiveWeight;
  }

  /** Returns Σw(1−y): the weight of the negative class. */
  public double negativeWeight() {
    return negativeWeight;
  }

  /** Returns the share of the rows' weight that has each feature stored, in [0, 1]. */
  public double[] storedShares() {
    return moments.storedShares();
  }

  /** Returns each feature's weighted mean. */
  public double[] means() {
    return moments.means();
  }

  /** Returns each feature's weighted standard deviation, as {@link Moments} has it. */
  public double[] standardDeviations() {
    return moments.standardDeviations(squaredWeightSum);
  }
}
