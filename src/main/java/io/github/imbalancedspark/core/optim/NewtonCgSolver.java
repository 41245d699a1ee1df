package io.github.imbalancedspark.core.optim;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Sub-sampled Newton–CG, for more features than a d×d matrix is for: exact gradients over all rows,
 * and steps that conjugate gradients find with the Hessian of a sample of them (Byrd, Chin, Neveitt
 * and Nocedal 2011), drawn anew at every point in proportion to what rows have in it (Xu, Yang,
 * Roosta-Khorasani, Ré and Mahoney 2016). Memory is linear in the features and in the sample.
 *
 * <p>The sample knows little of features that few rows have, and at the start the curvature is soon
 * another one; both make steps too long. So each feature's curvature counts as if some more of the
 * rows drawn had it: a damping (Levenberg 1944, Marquardt 1963) that is the larger the rarer the
 * feature. Their number is doubled after a step that had to be cut, and halved after one that was
 * too short.
 *
 * <p>With few more rows than the features need, the inverse of a sampled Hessian is too large as a
 * whole, whatever is drawn, and every step too long by about the same factor. The first step to try
 * is therefore shortened to what would have been best along the last ones.
 *
 * <p>Where even so a sample tells too little, the search goes on by {@link LimitedMemory L-BFGS},
 * whose passes are cheaper.
 */
public final class NewtonCgSolver extends Descent {

  /** So many rows of a feature count beside those drawn, at first: with fewer, steps are cut. */
  private static final double FIRST_DAMPING = 20;

  /**
   * The more the curvature is that of few rows, the more rows of equal curvature are to be asked
   * for. Beyond this multiple a change of the curvature would bring far too many.
   */
  private static final double MOST_WANTED = 64;

  private static final double LEAST_DAMPING = 1e-3;
  private static final double MOST_DAMPING = 1e3;

  /** Where the slope along the step fell to more than this share, the step was too short. */
  private static final double SHORT = 0.3;

  private static final double SHORTEST_STEP = 0.3;

  /** Samples tell too little where after so many steps more than a share is left to gain. */
  private static final int PATIENCE = 20;

  private static final double LITTLE_GAINED = 0.1;

  private final double rows;
  private final double[] shares;
  private double wanted;
  private int draws;
  private double damping = FIRST_DAMPING;
  private double firstStep = 1;
  private final LimitedMemory memory = new LimitedMemory();
  private final Deque<Double> toGain = new ArrayDeque<>();
  private boolean samplesTellTooLittle;
  private double[] previousPoint;
  private double[] previousGradient;
  private double[] previousDirection;

  /**
   * Starts a search.
   *
   * @param start the first point
   * @param rows about how many rows to draw at most
   * @param shares share of the rows that have each feature, for as many coordinates as there are
   *     features; others count as if all had them
   * @param tolerance relative distance above the minimum at which to stop, ≥ 0
   * @param maxIterations largest number of steps, ≥ 0
   * @param separatedBelow objective below which the classes are separable, so that there is no
   *     minimum to go on for; 0 for none
   */
  public NewtonCgSolver(
      double[] start,
      long rows,
      double[] shares,
      double tolerance,
      int maxIterations,
      double separatedBelow) {
    super(start, tolerance, maxIterations, separatedBelow);
    this.rows = rows;
    this.shares = shares;
    this.wanted = rows;
  }

  /**
   * Returns of how many features' curvature a sample of so many rows tells more than the damping
   * does, each counted by the share that the sample has in it: a sample should have no fewer rows.
   *
   * @param shares share of the rows that have each feature
   */
  public static double featuresTold(double rows, double[] shares) {
    return Arrays.stream(shares).map(s -> rows * s / (rows * s + FIRST_DAMPING)).sum();
  }

  @Override
  public HessianRequest request() {
    return samplesTellTooLittle ? HessianRequest.NONE : HessianRequest.rows((long) wanted, draws);
  }

  /**
   * Rounding is another one in other partitions, and conjugate gradients blow it up: fits then stop
   * at different points, no nearer to each other than to the minimum. At the default tolerance they
   * are to agree to 1e-9.
   */
  @Override
  double caution() {
    return 3e-4;
  }

  @Override
  double firstStep(double[] direction) {
    return samplesTellTooLittle ? memory.firstStep(direction) : firstStep;
  }

  @Override
  double[] direction(double[] point, Evaluation evaluation) {
    double[] gradient = evaluation.gradient();
    if (previousPoint != null) {
      double[] step = Vectors.difference(point, previousPoint);
      if (samplesTellTooLittle) {
        memory.remember(step, Vectors.difference(gradient, previousGradient));
      } else {
        learn(step, gradient);
      }
    }
    double[] downhill = Vectors.negated(gradient);
    double[] direction =
        samplesTellTooLittle ? memory.applyInverse(downhill) : bySample(downhill, evaluation);
    previousPoint = point;
    previousGradient = gradient;
    previousDirection = direction;
    return direction;
  }

  private double[] bySample(double[] downhill, Evaluation evaluation) {
    SampledHessian hessian = evaluation.sampled();
    hessian.add(perCoordinate(damping * evaluation.curvature() / wanted, downhill.length));
    double[] direction = new ConjugateGradients(hessian, downhill).solve();
    wanted *= rows / Math.max(1, hessian.rows());
    wanted = Math.max(rows, Math.min(wanted, MOST_WANTED * rows));
    draws++;
    toGain.add(Vectors.dot(downhill, direction));
    if (toGain.size() > PATIENCE && toGain.getLast() > LITTLE_GAINED * toGain.remove()) {
      samplesTellTooLittle = true;
      memory.reset(Metric.ofIdentity(evaluation.curvature()));
    }
    return direction;
  }

  /** Returns what rows of that curvature add to each coordinate of variance one. */
  private double[] perCoordinate(double curvature, int size) {
    double[] result = new double[size];
    Arrays.fill(result, curvature);
    for (int j = 0; j < shares.length; j++) {
      result[j] = shares[j] > 0 ? curvature / shares[j] : 0;
    }
    return result;
  }

  /** Takes from the last step how much to damp the next one, and how much of it to try first. */
  private void learn(double[] step, double[] gradient) {
    double length = Vectors.norm(step) / Vectors.norm(previousDirection);
    double slopeLeft =
        Vectors.dot(gradient, previousDirection) / Vectors.dot(previousGradient, previousDirection);
    if (length < 0.99 * firstStep) {
      damping = Math.min(2 * damping, MOST_DAMPING);
    } else if (length > 1.01 * firstStep || (firstStep == 1 && slopeLeft > SHORT)) {
      damping = Math.max(damping / 2, LEAST_DAMPING);
    }
    double best = slopeLeft < 1 ? length / (1 - slopeLeft) : 1; // where the slope would be 0
    firstStep = Math.max(SHORTEST_STEP, Math.min(1, Math.sqrt(firstStep * best)));
  }
}
