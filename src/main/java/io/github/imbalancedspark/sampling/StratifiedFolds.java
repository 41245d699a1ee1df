package io.github.imbalancedspark.sampling;

import io.github.imbalancedspark.internal.Columns;
import java.util.Arrays;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Numbers the rows of a dataset with folds that hold the same share of every class, for Spark's
 * {@code CrossValidator.setFoldCol}:
 *
 * <pre>{@code
 * Dataset<Row> folds = new StratifiedFolds().setNumFolds(5).setFoldCol("fold").assign(rows);
 * crossValidator.setNumFolds(5).setFoldCol("fold").fit(folds);
 * }</pre>
 *
 * <p>Folds are the parts of a {@link StratifiedSplit} with equal shares: what is said there about
 * counts, hashes, keys and groups holds here.
 */
public final class StratifiedFolds {

  private final StratifiedSplit split = new StratifiedSplit();
  private int numFolds = 3;
  private String foldCol = "fold";

  /** Sets the number of folds, at least 2. Default: 3. */
  public StratifiedFolds setNumFolds(int value) {
    if (value < 2) {
      throw new IllegalArgumentException("numFolds: is " + value + "; there must be 2 or more");
    }
    numFolds = value;
    return this;
  }

  /** Sets the name of the new column, of type int with values from 0. Default: {@code fold}. */
  public StratifiedFolds setFoldCol(String value) {
    foldCol = value;
    return this;
  }

  /** Sets the label column, see {@link StratifiedSplit#setLabelCol}. Default: {@code label}. */
  public StratifiedFolds setLabelCol(String value) {
    split.setLabelCol(value);
    return this;
  }

  /** Sets the key column, see {@link StratifiedSplit#setKeyCol}. Default: null, all columns. */
  public StratifiedFolds setKeyCol(String value) {
    split.setKeyCol(value);
    return this;
  }

  /** Sets the group column, see {@link StratifiedSplit#setGroupCol}. Default: null, none. */
  public StratifiedFolds setGroupCol(String value) {
    split.setGroupCol(value);
    return this;
  }

  /** Sets the seed. Default: 42. */
  public StratifiedFolds setSeed(long value) {
    split.setSeed(value);
    return this;
  }

  /**
   * Returns {@code rows} with the fold column, which is lazy as {@link StratifiedSplit#split} is.
   *
   * @throws IllegalArgumentException if the column is there already, if a fold would be left
   *     without a row of some class, and as {@link StratifiedSplit#split} does
   */
  public Dataset<Row> assign(Dataset<Row> rows) {
    Columns.requireNew(rows.schema(), foldCol, "foldCol");
    double[] shares = new double[numFolds];
    Arrays.fill(shares, 1.0 / numFolds);
    return split.parts(rows, shares).number(rows, foldCol);
  }
}
