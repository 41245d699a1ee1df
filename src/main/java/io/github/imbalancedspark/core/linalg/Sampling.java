package io.github.imbalancedspark.core.linalg;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** Draws rows by their hashes: the same rows whatever their order and partition. */
public final class Sampling {

  private static final double UNITS = 1.0 / (1L << 32);

  private Sampling() {}

  /** Returns a number in [0, 1) that a row's hash decides, another one for every {@code salt}. */
  public static double uniform(int hash, int salt) {
    int h = hash ^ salt * 0x9E3779B9;
    h = (h ^ h >>> 16) * 0x85EBCA6B;
    h = (h ^ h >>> 13) * 0xC2B2AE35;
    h ^= h >>> 16;
    return (h & 0xFFFFFFFFL) * UNITS;
  }

  /**
   * Returns what a row of some weight counts for in a sample that it is in with a probability:
   * weight/probability, or 0 where its hash leaves it out, so that sums over samples are unbiased.
   * Probabilities of 1 and more keep it as it is.
   */
  public static double drawn(double weight, double probability, int hash, int salt) {
    if (probability < 1) {
      return uniform(hash, salt) < probability ? weight / probability : 0;
    }
    return weight;
  }

  /**
   * Returns a stratified sample of the rows of {@code blocks}, in at most one block of either kind:
   * rows with label ≥ ½ at one rate, the others at another, each row's weight divided by its rate,
   * so that sums over the sample estimate sums over all rows without bias. Rates of 1 and more keep
   * every row that weighs more than 0. Rows of one hash, which are drawn together, become one row
   * of their weights' sum: however often a row is repeated, a sample holds it once.
   */
  public static List<Block> stratified(
      Iterator<? extends Block> blocks, double negativeRate, double positiveRate, int salt) {
    List<Block> samples = new ArrayList<>();
    while (blocks.hasNext()) {
      samples.add(distinct(stratified(blocks.next(), negativeRate, positiveRate, salt)));
    }
    return joined(samples).stream().map(Sampling::distinct).toList();
  }

  /**
   * Returns the rows of {@code samples}, which have weights, in the order of their hashes and in at
   * most one block of either kind, rows of one hash as one: what is computed of them does not
   * depend on the order they came in, nor on how many samples they were in.
   */
  public static List<Block> inHashOrder(List<? extends Block> samples) {
    return joined(samples).stream().map(block -> distinct(block, Rounding::ofSum)).toList();
  }

  private static Block distinct(Block block) {
    return distinct(block, DoubleUnaryOperator.identity());
  }

  private static Block distinct(Block block, DoubleUnaryOperator sumsOfWeights) {
    int[] hashes = block.hashes();
    int[] picked = new int[hashes.length];
    double[] weights = new double[hashes.length];
    int count = 0;
    for (int i : order(hashes)) {
      if (count == 0 || hashes[picked[count - 1]] != hashes[i]) {
        picked[count] = i;
        count++;
      }
      weights[count - 1] += block.weights()[i];
    }
    double[] sums = Arrays.stream(weights, 0, count).map(sumsOfWeights).toArray();
    return block.select(Arrays.copyOf(picked, count), sums);
  }

  private static int[] order(int[] hashes) {
    long[] numbered = new long[hashes.length];
    for (int i = 0; i < numbered.length; i++) {
      numbered[i] = (long) hashes[i] << Integer.SIZE | i;
    }
    Arrays.sort(numbered);
    return Arrays.stream(numbered).mapToInt(number -> (int) number).toArray();
  }

  private static List<Block> joined(List<? extends Block> parts) {
    List<DenseBlock> dense = new ArrayList<>();
    List<SparseBlock> sparse = new ArrayList<>();
    for (Block part : parts) {
      if (part instanceof DenseBlock block && block.rows() > 0) {
        dense.add(block);
      } else if (part instanceof SparseBlock block && block.rows() > 0) {
        sparse.add(block);
      }
    }
    List<Block> joined = new ArrayList<>();
    if (!dense.isEmpty()) {
      joined.add(DenseBlock.joined(dense));
    }
    if (!sparse.isEmpty()) {
      joined.add(SparseBlock.joined(sparse));
    }
    return joined;
  }

  private static Block stratified(Block block, double negativeRate, double positiveRate, int salt) {
    int[] picked = new int[block.rows()];
    double[] weights = new double[block.rows()];
    int count = 0;
    for (int i = 0; i < block.rows(); i++) {
      double rate = block.labels()[i] >= 0.5 ? positiveRate : negativeRate;
      double weight = block.weights() == null ? 1 : block.weights()[i];
      double counts = drawn(weight, rate, block.hashes()[i], salt);
      if (counts > 0) {
        picked[count] = i;
        weights[count] = counts;
        count++;
      }
    }
    return block.select(Arrays.copyOf(picked, count), Arrays.copyOf(weights, count));
  }

  /**
   * Thins out curvatures in place: a row whose curvature h is below {@code unit} stays with
   * probability h/unit, then counting {@code unit}, and is otherwise set to 0. Sums stay unbiased,
   * and each row kept carries about the same information.
   */
  public static void thin(double[] curvatures, int[] hashes, int rows, double unit, int salt) {
    for (int i = 0; i < rows; i++) {
      if (curvatures[i] < unit) {
        curvatures[i] = uniform(hashes[i], salt) * unit < curvatures[i] ? unit : 0;
      }
    }
  }
}
