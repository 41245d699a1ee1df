package io.github.imbalancedspark.core.optim;

/**
 * Limited-memory BFGS (Liu and Nocedal 1989) around a metric.
 *
 * <ul>
 *   <li>With a diagonal for metric, memory and time are linear in d. It is taken at the start and
 *       anew every {@value #DIAGONAL_STEPS} steps, for the rows' curvature moves with the margins.
 *   <li>With a Hessian estimated from a sample of rows, it is sub-sampled Newton (Erdogdu and
 *       Montanari 2015; Roosta-Khorasani and Mahoney 2016) whose exact gradients also correct the
 *       sample's error in every direction taken. After a step that gains too little the Hessian is
 *       taken anew, and where a new one does not help, from {@value #SAMPLE_GROWTH} times as many
 *       rows, in the end from all.
 * </ul>
 */
public final class LbfgsSolver extends Descent {

  private static final int SAMPLE_GROWTH = 2;
  private static final int DIAGONAL_STEPS = 20;

  /**
   * A step that leaves more than this share of the predicted decrease calls for a new Hessian. One
   * of many features takes as long as several steps: on problems of 30 to 800 features a lower
   * share took fewer passes and, for 300 and more, up to twice the time.
   */
  private static final double SLOW = 0.3;

  private final LimitedMemory memory = new LimitedMemory();
  private final HessianRequest metric;
  private HessianRequest request;
  private int steps;
  private long sampledRows;
  private double[] previousPoint;
  private double[] previousGradient;
  private double previousDecrease = Double.POSITIVE_INFINITY;

  /**
   * Starts a search.
   *
   * @param start the first point
   * @param metric the second derivatives to take; none for the identity
   * @param tolerance relative distance above the minimum at which to stop, ≥ 0
   * @param maxIterations largest number of steps, ≥ 0
   * @param separatedBelow objective below which the classes are separable, so that there is no
   *     minimum to go on for; 0 for none
   */
  public LbfgsSolver(
      double[] start,
      HessianRequest metric,
      double tolerance,
      int maxIterations,
      double separatedBelow) {
    super(start, tolerance, maxIterations, separatedBelow);
    this.metric = metric;
    this.request = metric;
    this.sampledRows = metric.rows();
  }

  @Override
  public HessianRequest request() {
    return request;
  }

  @Override
  double firstStep(double[] direction) {
    return memory.firstStep(direction);
  }

  @Override
  double[] direction(double[] point, Evaluation evaluation) {
    double[] gradient = evaluation.gradient();
    if (evaluation.hessian() != null && metric.kind() == HessianRequest.Kind.MATRIX) {
      memory.reset(Metric.of(evaluation.hessian(), point.length));
    } else if (previousPoint != null) {
      memory.remember(
          Vectors.difference(point, previousPoint), Vectors.difference(gradient, previousGradient));
    } else {
      memory.reset(Metric.ofIdentity(evaluation.curvature()));
    }
    if (evaluation.hessian() != null && metric.kind() == HessianRequest.Kind.DIAGONAL) {
      memory.rebase(Metric.of(evaluation.hessian(), point.length));
    }
    previousPoint = point;
    previousGradient = gradient;
    double[] direction = memory.applyInverse(Vectors.negated(gradient));
    steps++;
    if (metric.kind() == HessianRequest.Kind.MATRIX) {
      planNextMatrix(evaluation.hessian() != null, -Vectors.dot(gradient, direction));
    } else {
      request = steps % DIAGONAL_STEPS == 0 ? metric : HessianRequest.NONE;
    }
    return direction;
  }

  private void planNextMatrix(boolean fresh, double decrease) {
    boolean slow = decrease > SLOW * previousDecrease;
    if (slow && fresh) {
      sampledRows =
          sampledRows > Long.MAX_VALUE / SAMPLE_GROWTH
              ? Long.MAX_VALUE
              : SAMPLE_GROWTH * sampledRows;
    }
    request = slow ? HessianRequest.sampled(sampledRows) : HessianRequest.NONE;
    previousDecrease = decrease;
  }
}
