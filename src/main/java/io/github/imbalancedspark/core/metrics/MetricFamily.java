package io.github.imbalancedspark.core.metrics;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The metrics that carry figures in their names. */
enum MetricFamily {
  F_BETA("f#", "f0.5") {
    @Override
    Metric make(String name, double[] figures) {
      return figures[0] > 0
          ? new Metric(name, true, true, Need.POSITIVES, m -> m.confusion().fBeta(figures[0]))
          : null;
    }
  },
  RECALL_AT_PRECISION("recall@precision>=#", "recall@precision>=0.85") {
    @Override
    Metric make(String name, double[] figures) {
      return within(name, Need.POSITIVES, BoundedRate.recallAtPrecision(figures[0]));
    }
  },
  PRECISION_AT_RECALL("precision@recall>=#", "precision@recall>=0.5") {
    @Override
    Metric make(String name, double[] figures) {
      return within(name, Need.POSITIVES, BoundedRate.precisionAtRecall(figures[0]));
    }
  },
  RECALL_AT_FPR("recall@fpr<=#", "recall@fpr<=0.01") {
    @Override
    Metric make(String name, double[] figures) {
      return within(name, Need.BOTH_CLASSES, BoundedRate.recallAtFpr(figures[0]));
    }
  },
  PRECISION_AT_PREVALENCE("precision@prevalence=#", "precision@prevalence=0.001") {
    @Override
    Metric make(String name, double[] figures) {
      return isShare(figures[0])
          ? new Metric(
              name,
              true,
              true,
              Need.BOTH_CLASSES,
              m -> m.confusion().precisionAtPrevalence(figures[0]))
          : null;
    }
  },
  PRECISION_AT_K("precision@k=#", "precision@k=100") {
    @Override
    Metric make(String name, double[] figures) {
      return ranked(name, figures[0] > 0, Need.NOTHING, m -> top(m, figures[0]).precision());
    }
  },
  RECALL_AT_K("recall@k=#", "recall@k=100") {
    @Override
    Metric make(String name, double[] figures) {
      return ranked(name, figures[0] > 0, Need.POSITIVES, m -> top(m, figures[0]).recall());
    }
  },
  LIFT_AT_K("lift@k=#", "lift@k=100") {
    @Override
    Metric make(String name, double[] figures) {
      return ranked(name, figures[0] > 0, Need.POSITIVES, m -> lift(top(m, figures[0])));
    }
  },
  PRECISION_AT_TOP("precision@top=#", "precision@top=0.01") {
    @Override
    Metric make(String name, double[] figures) {
      return ranked(
          name, isShare(figures[0]), Need.NOTHING, m -> topShare(m, figures[0]).precision());
    }
  },
  RECALL_AT_TOP("recall@top=#", "recall@top=0.01") {
    @Override
    Metric make(String name, double[] figures) {
      return ranked(
          name, isShare(figures[0]), Need.POSITIVES, m -> topShare(m, figures[0]).recall());
    }
  },
  LIFT_AT_TOP("lift@top=#", "lift@top=0.01") {
    @Override
    Metric make(String name, double[] figures) {
      return ranked(name, isShare(figures[0]), Need.POSITIVES, m -> lift(topShare(m, figures[0])));
    }
  },
  CONSTANT_COSTS("expected_cost@fp=#,fn=#", "expected_cost@fp=1,fn=50") {
    @Override
    Metric make(String name, double[] figures) {
      return new Metric(
          name,
          false,
          true,
          Need.NOTHING,
          m ->
              (figures[0] * m.confusion().fp() + figures[1] * m.confusion().fn())
                  / m.confusion().total());
    }
  },
  ROW_COSTS("expected_cost", "expected_cost") {
    @Override
    Metric make(String name, double[] figures) {
      return new Metric(name, false, true, Need.COSTS, MetricFamily::expectedCost);
    }
  };

  private static final String FIGURE = "(\\d+(?:\\.\\d+)?(?:[eE][-+]?\\d+)?)";

  private final Pattern pattern;
  private final String example;

  /**
   * @param template the name, with # for a figure
   */
  MetricFamily(String template, String example) {
    this.pattern = Pattern.compile(template.replace("#", FIGURE));
    this.example = example;
  }

  /** Returns the metric with these figures, or {@code null} if they are out of range. */
  abstract Metric make(String name, double[] figures);

  /**
   * Returns the metric of that name, or {@code null} if no family has it.
   *
   * @throws IllegalArgumentException if a figure is out of range
   */
  static Metric parse(String name) {
    for (MetricFamily family : values()) {
      Matcher matcher = family.pattern.matcher(name);
      if (matcher.matches()) {
        double[] figures = new double[matcher.groupCount()];
        for (int i = 0; i < figures.length; i++) {
          figures[i] = Double.parseDouble(matcher.group(i + 1));
        }
        Metric metric = family.make(name, figures);
        if (metric == null) {
          throw new IllegalArgumentException(
              String.format(
                  "there is no metric '%s', for a figure in it is out of range: rates and shares are"
                      + " at most 1, shares, numbers of rows and β above 0",
                  name));
        }
        return metric;
      }
    }
    return null;
  }

  static String examples() {
    return Arrays.stream(values()).map(f -> f.example).collect(Collectors.joining(", "));
  }

  private static Metric ranked(String name, boolean inRange, Need need, Metric.Formula formula) {
    return inRange ? new Metric(name, true, false, need, formula) : null;
  }

  private static Metric within(String name, Need need, BoundedRate rate) {
    return rate.bound() <= 1 ? new Metric(name, need, rate) : null;
  }

  private static boolean isShare(double figure) {
    return figure > 0 && figure <= 1;
  }

  private static ConfusionMatrix top(BinaryMetrics metrics, double weight) {
    return TopRows.top(metrics.tally().curve(), weight);
  }

  private static ConfusionMatrix topShare(BinaryMetrics metrics, double share) {
    return top(metrics, share * metrics.confusion().total());
  }

  private static double lift(ConfusionMatrix top) {
    return top.precision() / (top.positives() / top.total());
  }

  private static double expectedCost(BinaryMetrics metrics) {
    ConfusionMatrix costs = metrics.tally().costs().confusionAt(metrics.threshold());
    return (costs.fp() + costs.fn()) / metrics.confusion().total();
  }
}
