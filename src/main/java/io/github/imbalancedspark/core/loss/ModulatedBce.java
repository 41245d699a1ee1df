package io.github.imbalancedspark.core.loss;

/** A loss whose two classes each have a {@link FocalTerm}. Labels are 0 and 1, never between. */
abstract class ModulatedBce implements PointwiseLoss {

  private static final long serialVersionUID = 1L;

  private final FocalTerm negative;
  private final FocalTerm positive;

  ModulatedBce(FocalTerm negative, FocalTerm positive) {
    this.negative = negative;
    this.positive = positive;
  }

  @Override
  public final double value(double margin, double label) {
    return at(margin, label).value();
  }

  @Override
  public final double slope(double margin, double label) {
    double slope = at(margin, label).slope();
    return label == 1 ? -slope : slope;
  }

  @Override
  public final double curvature(double margin, double label) {
    return at(margin, label).curvature();
  }

  @Override
  public final double convexCurvature(double margin, double label) {
    return at(margin, label).convexCurvature();
  }

  @Override
  public double logOdds(double margin) {
    return negative.logSlope(margin) - positive.logSlope(-margin);
  }

  @Override
  public final RowsLoss rows() {
    return (margins, labels, weights, rows, slopes, curvatures) -> {
      double sum = 0;
      for (int i = 0; i < rows; i++) {
        FocalTerm.Point point = at(margins[i], labels[i]);
        double weight = weights == null ? 1 : weights[i];
        sum += weight * point.value();
        slopes[i] = (labels[i] == 1 ? -weight : weight) * point.slope();
        curvatures[i] = weight * point.convexCurvature();
      }
      return sum;
    };
  }

  private FocalTerm.Point at(double margin, double label) {
    if (label == 1) {
      return positive.at(-margin);
    }
    if (label == 0) {
      return negative.at(margin);
    }
    throw new IllegalArgumentException(
        "a focal loss takes the labels 0 and 1, but the label is " + label);
  }
}
