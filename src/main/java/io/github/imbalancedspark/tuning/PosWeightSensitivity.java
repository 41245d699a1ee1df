package io.github.imbalancedspark.tuning;

import io.github.imbalancedspark.classification.ImbalancedLogisticRegression;
import io.github.imbalancedspark.core.Plural;
import io.github.imbalancedspark.core.metrics.Metric;
import io.github.imbalancedspark.core.metrics.MetricValue;
import io.github.imbalancedspark.core.metrics.ThresholdChoice;
import io.github.imbalancedspark.core.metrics.ThresholdCriterion;
import io.github.imbalancedspark.internal.Terms;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What difference {@code posWeight} makes:
 *
 * <pre>{@code
 * List<Dataset<Row>> parts = new StratifiedSplit().setLabelCol("fraud").split(rows, 0.6, 0.2, 0.2);
 * Sensitivity<PipelineModel> found =
 *     new PosWeightSensitivity<>(pipeline).run(parts.get(0), parts.get(1), parts.get(2));
 * found.toDataFrame(spark).show();
 * }</pre>
 *
 * <p>All candidates are fitted to the training rows in one set of passes, and evaluated in one pass
 * over the validation rows, where the best by a metric is chosen. Its own figures then come from
 * the test rows, which chose nothing. Each set of rows is read a few times: cache what is dear to
 * compute.
 *
 * @param <M> the estimator's model
 */
public final class PosWeightSensitivity<M extends Model<M>> {

  private static final Logger LOG = LoggerFactory.getLogger(PosWeightSensitivity.class);
  private static final double[] DEFAULT_CANDIDATES = {1, 5, 10, 50, 100, 200};
  private static final String DEFAULT_CRITERION = "f1";

  /** Candidates whose metric differs by less, relative, are equally good. */
  private static final double ROUNDING = 1e-12;

  private final Estimator<M> estimator;
  private double[] candidates = DEFAULT_CANDIDATES;
  private boolean withRatio = true;
  private Metric metric = Metric.of("average_precision");
  private ThresholdCriterion thresholdFor;
  private String weightCol;
  private boolean refit;

  /**
   * Makes an analysis.
   *
   * @param estimator an {@link ImbalancedLogisticRegression}, or a pipeline that ends in one; its
   *     own posWeight and autoPosWeight do not matter
   * @throws IllegalArgumentException for another estimator
   */
  public PosWeightSensitivity(Estimator<M> estimator) {
    if (CandidateFits.learnerOf(estimator) == null) {
      throw new IllegalArgumentException(
          String.format(
              "estimator: %s has no posWeight; give an ImbalancedLogisticRegression, or a pipeline"
                  + " that ends in one",
              estimator.uid()));
    }
    this.estimator = estimator;
  }

  /**
   * Sets the candidates, finite and &gt; 0. Default: 1, 5, 10, 50, 100, 200.
   *
   * @throws IllegalArgumentException if there are none, or others
   */
  public PosWeightSensitivity<M> setCandidates(double... values) {
    boolean allowed = Arrays.stream(values).allMatch(v -> v > 0 && v < Double.POSITIVE_INFINITY);
    if (values.length == 0 || !allowed) {
      throw new IllegalArgumentException(
          "candidates: are "
              + Arrays.toString(values)
              + "; give at least one, all of them finite and > 0");
    }
    candidates = values.clone();
    return this;
  }

  /**
   * Sets whether n₀/n₁, the ratio of the classes' weights in the training rows as the learner gets
   * them, is a candidate too. Default: true.
   */
  public PosWeightSensitivity<M> setWithRatio(boolean value) {
    withRatio = value;
    return this;
  }

  /**
   * Sets the metric, one of {@link Metric}, by which the best candidate is chosen. Of equally good
   * ones it is that with the least weight. Default: average_precision.
   *
   * @throws IllegalArgumentException if there is no such metric, or it needs the costs of each row
   */
  public PosWeightSensitivity<M> setMetricName(String value) {
    Metric chosen = Metric.of(value);
    if (chosen.name().equals("expected_cost")) {
      throw new IllegalArgumentException(
          "metricName: expected_cost needs the costs of each row, which are not read; name the"
              + " costs, as in expected_cost@fp=1,fn=50");
    }
    metric = chosen;
    return this;
  }

  /**
   * Sets what each candidate's threshold is chosen for, one of {@link ThresholdCriterion} that
   * needs neither days nor costs. Candidates are then judged at that threshold, and the best one's
   * model has it. By default they are judged at the estimator's own threshold, and the best
   * threshold for f1 is told beside it.
   */
  public PosWeightSensitivity<M> setThresholdFor(String value) {
    ThresholdCriterion criterion = ThresholdCriterion.of(value);
    if (criterion.needsDays() || criterion.needsCosts()) {
      throw new IllegalArgumentException(
          String.format("thresholdFor: '%s' needs more columns; use ThresholdTuner", value));
    }
    thresholdFor = criterion;
    return this;
  }

  /**
   * Sets the column of the weights by which rows count in the evaluation: the rows' own, not class
   * weights. Default: null, every row weighs 1.
   */
  public PosWeightSensitivity<M> setWeightCol(String value) {
    weightCol = value;
    return this;
  }

  /**
   * Sets whether the best candidate is fitted again, on training, validation and test rows
   * together. Its figures stay those of the model that knew the training rows only. Default: false.
   */
  public PosWeightSensitivity<M> setRefit(boolean value) {
    refit = value;
    return this;
  }

  /**
   * Fits, evaluates and chooses.
   *
   * @param training rows to fit to
   * @param validation rows to choose on
   * @param test rows to measure the choice on
   * @throws IllegalArgumentException if the learner has a schedule for its weight, if rows cannot
   *     be fitted to or evaluated, if the metric does not exist for the validation rows, or if no
   *     candidate keeps the bound of the threshold's criterion, with how near the best one comes
   */
  public Sensitivity<M> run(Dataset<?> training, Dataset<?> validation, Dataset<?> test) {
    requireConstantPosWeight();
    Estimator<M> plain = withoutPosWeight();
    double ownThreshold = CandidateFits.learnerOf(plain).getThreshold();
    CandidateFits fits = CandidateFits.of(plain, candidateParams(plain), training).byPosWeight();
    LOG.info("evaluating {} on the validation rows", Plural.of(fits.models().size(), "candidate"));
    List<CandidateScores> scores = CandidateScores.of(fits, validation, weightCol, ownThreshold);
    List<Candidate> judged = new ArrayList<>();
    for (int k = 0; k < scores.size(); k++) {
      judged.add(judge(fits.posWeight(k), scores.get(k), ownThreshold));
    }
    int chosen = best(judged);
    Candidate best = judged.get(chosen);
    double threshold = best.metrics().threshold();
    LOG.info("pos_weight {} has the best {}; testing it", best.posWeight(), metric);
    CandidateScores tested =
        CandidateScores.of(fits.only(chosen), test, weightCol, threshold).get(0);
    M model = refit ? refitted(plain, best, training, validation, test) : fits.model(plain, chosen);
    Thresholds.set(model, threshold);
    return new Sensitivity<>(
        judged,
        chosen,
        metric.name(),
        criterion().name(),
        model,
        new Candidate(
            best.posWeight(),
            tested.metricsAt(threshold),
            tested.correctedAt(threshold),
            best.bestThreshold()));
  }

  /** Returns the estimator, copied, without what its learner says of posWeight. */
  private Estimator<M> withoutPosWeight() {
    Estimator<M> plain = estimator.copy(ParamMap.empty());
    ImbalancedLogisticRegression learner = CandidateFits.learnerOf(plain);
    learner.clear(learner.posWeight());
    learner.clear(learner.autoPosWeight());
    return plain;
  }

  /** Under a schedule a candidate would only be where the weight begins. */
  private void requireConstantPosWeight() {
    ImbalancedLogisticRegression learner = CandidateFits.learnerOf(estimator);
    String schedule = learner.getPosWeightSchedule();
    if (!schedule.equals(learner.getDefault(learner.posWeightSchedule()).get())) {
      throw new IllegalArgumentException(
          String.format(
              "posWeightSchedule: is %s, which leaves none of the candidates as it is; clear it",
              schedule));
    }
  }

  private ParamMap[] candidateParams(Estimator<M> plain) {
    ImbalancedLogisticRegression learner = CandidateFits.learnerOf(plain);
    List<ParamMap> params = new ArrayList<>();
    for (double candidate : candidates) {
      params.add(new ParamMap().put(learner.posWeight(), candidate));
    }
    if (withRatio) {
      params.add(new ParamMap().put(learner.autoPosWeight(), true));
    }
    return params.toArray(new ParamMap[0]);
  }

  private ThresholdCriterion criterion() {
    return thresholdFor == null ? ThresholdCriterion.of(DEFAULT_CRITERION) : thresholdFor;
  }

  private Candidate judge(double posWeight, CandidateScores scores, double ownThreshold) {
    ThresholdChoice best = choose(scores);
    double threshold = thresholdFor == null ? ownThreshold : best.threshold();
    return new Candidate(
        posWeight, scores.metricsAt(threshold), scores.correctedAt(threshold), best);
  }

  private ThresholdChoice choose(CandidateScores scores) {
    try {
      return criterion().choose(scores.own(), Double.NaN);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "thresholdFor: " + e.getMessage() + " (on the validation rows)", e);
    }
  }

  /** Returns the number of the best candidate. */
  private int best(List<Candidate> judged) {
    int best = -1;
    for (int k = 0; k < judged.size(); k++) {
      boolean allowed = thresholdFor == null || judged.get(k).bestThreshold().shortfall() == null;
      if (allowed && (best < 0 || isBetter(figure(judged.get(k)), figure(judged.get(best))))) {
        best = k;
      }
    }
    if (best < 0) {
      throw new IllegalArgumentException(
          String.format(
              Terms.of("thresholdFor: no posWeight serves; with %s, %s (on the validation rows)"),
              judged.get(0).posWeight(),
              judged.get(0).bestThreshold().shortfall()));
    }
    return best;
  }

  private double figure(Candidate candidate) {
    MetricValue value = candidate.metrics().value(metric);
    if (value.value() == null) {
      throw new IllegalArgumentException(
          "metricName: " + value.reason() + " (on the validation rows)");
    }
    return metric.isLargerBetter() ? value.value() : -value.value();
  }

  private static boolean isBetter(double figure, double best) {
    return figure > best + ROUNDING * Math.abs(best);
  }

  private M refitted(Estimator<M> plain, Candidate best, Dataset<?>... parts) {
    LOG.info("fitting pos_weight {} to all rows", best.posWeight());
    Dataset<Row> all =
        Arrays.stream(parts).map(Dataset::toDF).reduce(Dataset::unionByName).orElseThrow();
    ImbalancedLogisticRegression learner = CandidateFits.learnerOf(plain);
    return plain.copy(new ParamMap().put(learner.posWeight(), best.posWeight())).fit(all);
  }
}
