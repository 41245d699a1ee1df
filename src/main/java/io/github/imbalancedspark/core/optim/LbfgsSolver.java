package io.github.imbalancedspark.core.optim;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * Limited-memory BFGS (Liu and Nocedal 1989) with ten corrections: no Hessian, memory linear in d.
 *
 * <p>Its estimate of the remaining decrease knows only the directions it has seen, so it is asked
 * to meet a tolerance {@value #CAUTION} times smaller than {@link NewtonSolver}'s.
 */
public final class LbfgsSolver extends Descent {

  private static final int CORRECTIONS = 10;
  private static final double CAUTION = 0.01;

  private record Correction(double[] step, double[] change, double curvature) {}

  private final Deque<Correction> corrections = new ArrayDeque<>();
  private double[] previousPoint;
  private double[] previousGradient;

  /**
   * Starts a search.
   *
   * @param start the first point
   * @param tolerance relative distance above the minimum at which to stop, ≥ 0
   * @param maxIterations largest number of steps, ≥ 0
   */
  public LbfgsSolver(double[] start, double tolerance, int maxIterations) {
    super(start, tolerance, maxIterations);
  }

  @Override
  public boolean wantsHessian() {
    return false;
  }

  @Override
  double tolerance() {
    return CAUTION * super.tolerance();
  }

  @Override
  double firstStep(double[] gradient) {
    return corrections.isEmpty() ? Math.min(1, 1 / Math.sqrt(dot(gradient, gradient))) : 1;
  }

  @Override
  double[] direction(double[] point, Evaluation evaluation) {
    double[] gradient = evaluation.gradient();
    if (previousPoint != null) {
      remember(difference(point, previousPoint), difference(gradient, previousGradient));
    }
    previousPoint = point;
    previousGradient = gradient;
    return twoLoop(gradient);
  }

  private void remember(double[] step, double[] change) {
    double curvature = dot(step, change);
    if (curvature > 1e-300) {
      if (corrections.size() == CORRECTIONS) {
        corrections.removeLast();
      }
      corrections.addFirst(new Correction(step, change, curvature));
    }
  }

  private double[] twoLoop(double[] gradient) {
    double[] result = new double[gradient.length];
    for (int j = 0; j < result.length; j++) {
      result[j] = -gradient[j];
    }
    double[] alphas = new double[corrections.size()];
    int k = 0;
    for (Correction c : corrections) {
      alphas[k] = dot(c.step, result) / c.curvature;
      addScaled(-alphas[k], c.change, result);
      k++;
    }
    if (!corrections.isEmpty()) {
      Correction newest = corrections.getFirst();
      double scale = newest.curvature / dot(newest.change, newest.change);
      for (int j = 0; j < result.length; j++) {
        result[j] *= scale;
      }
    }
    for (Iterator<Correction> oldestFirst = corrections.descendingIterator();
        oldestFirst.hasNext(); ) {
      Correction c = oldestFirst.next();
      k--;
      addScaled(alphas[k] - dot(c.change, result) / c.curvature, c.step, result);
    }
    return result;
  }

  private static void addScaled(double factor, double[] vector, double[] target) {
    for (int j = 0; j < target.length; j++) {
      target[j] += factor * vector[j];
    }
  }

  private static double[] difference(double[] a, double[] b) {
    double[] result = new double[a.length];
    for (int j = 0; j < result.length; j++) {
      result[j] = a[j] - b[j];
    }
    return result;
  }
}
