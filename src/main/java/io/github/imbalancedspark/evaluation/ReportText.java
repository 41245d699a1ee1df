package io.github.imbalancedspark.evaluation;

import io.github.imbalancedspark.core.metrics.ClassScores;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Lays a classification report out as scikit-learn prints it. */
final class ReportText {

  private static final String WIDEST_AVERAGE = "weighted avg";

  private final int digits;
  private final ClassificationReport report;
  private final String nameFormat;

  ReportText(int digits, ClassificationReport report) {
    this.digits = digits;
    this.report = report;
    int width = Math.max(WIDEST_AVERAGE.length(), digits);
    for (ClassScores scores : report.classes()) {
      width = Math.max(width, scores.name().length());
    }
    this.nameFormat = "%" + width + "s ";
  }

  String render() {
    StringBuilder text = new StringBuilder();
    text.append(line("", "precision", "recall", "f1-score", "support")).append('\n');
    report.classes().forEach(scores -> text.append(line(scores)));
    text.append('\n');
    text.append(
        line(
            "accuracy",
            "",
            "",
            rounded(report.accuracy()),
            support(report.macroAverage().support())));
    text.append(line(report.macroAverage()));
    text.append(line(report.weightedAverage()));
    return text.toString();
  }

  private String line(ClassScores scores) {
    return line(
        scores.name(),
        rounded(scores.precision()),
        rounded(scores.recall()),
        rounded(scores.f1()),
        support(scores.support()));
  }

  private String line(String name, String precision, String recall, String f1, String support) {
    return String.format(nameFormat + " %9s %9s %9s %9s\n", name, precision, recall, f1, support);
  }

  private String support(double value) {
    return report.weighted() ? rounded(value) : String.valueOf((long) value);
  }

  /** Rounds the exact binary value half to even, as Python does. */
  private String rounded(double value) {
    return new BigDecimal(value).setScale(digits, RoundingMode.HALF_EVEN).toPlainString();
  }
}
