package io.github.imbalancedspark.benchmark;

import io.github.imbalancedspark.classification.ImbalancedLogisticRegression;
import io.github.imbalancedspark.classification.ImbalancedLogisticRegressionModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** {@link ImbalancedLogisticRegression} beside Spark's {@link LogisticRegression}. */
final class FitComparison implements Comparison {

  private final FitCase fit;
  private final Dataset<Row> data;
  private List<ImbalancedLogisticRegressionModel> ours;
  private List<LogisticRegressionModel> peers;

  FitComparison(FitCase fit, Dataset<Row> data) {
    this.fit = fit;
    this.data = data;
  }

  @Override
  public void scan() {
    data.select("label", "features").write().format("noop").mode("overwrite").save();
  }

  /**
   * With a penalty, Spark's row weights mean another objective than positive weights do, so then we
   * are given row weights too.
   */
  @Override
  public void ours() {
    ImbalancedLogisticRegression learner =
        new ImbalancedLogisticRegression().setRegParam(fit.regParam()).setSolver(fit.solver());
    if (fit.regParam() > 0 && fit.posWeights()[0] != 1) {
      ours = List.of(learner.setWeightCol(FitCase.weightCol(0)).fit(data));
      return;
    }
    ParamMap[] maps = new ParamMap[fit.posWeights().length];
    for (int k = 0; k < maps.length; k++) {
      maps[k] = new ParamMap().put(learner.posWeight().w(fit.posWeights()[k]));
    }
    ours = learner.fit(data, maps);
  }

  /**
   * Spark knows positive weights as row weights; an equal weight for every row is no weight at all.
   */
  @Override
  public void peer() {
    peers = new ArrayList<>();
    for (int k = 0; k < fit.posWeights().length; k++) {
      LogisticRegression learner = new LogisticRegression().setRegParam(fit.regParam());
      if (fit.posWeights()[k] != 1) {
        learner.setWeightCol(FitCase.weightCol(k));
      }
      peers.add(learner.fit(data));
    }
  }

  /** Returns the objectives of the model that does worst beside Spark's. */
  @Override
  public Outcome outcome() {
    FitParts parts = FitParts.of(data.sparkSession().sparkContext(), this::ours);
    Outcome worst = null;
    for (int k = 0; k < ours.size(); k++) {
      NeutralObjective objective = new NeutralObjective(data, FitCase.weightCol(k), fit.regParam());
      Outcome outcome =
          new Outcome(
              objective.of(ours.get(k).coefficients(), ours.get(k).intercept()),
              objective.of(peers.get(k).coefficients(), peers.get(k).intercept()),
              ours.stream().mapToInt(model -> model.summary().passes()).max().orElseThrow(),
              parts,
              more());
      if (worst == null || outcome.difference() > worst.difference()) {
        worst = outcome;
      }
    }
    return worst;
  }

  private Map<String, Object> more() {
    Map<String, Object> more = new LinkedHashMap<>();
    more.put("stop_reasons", ours.stream().map(m -> m.summary().stopReason().name()).toList());
    more.put("iterations_peer", peers.stream().map(m -> m.summary().totalIterations()).toList());
    return more;
  }

  @Override
  public void close() {
    data.unpersist();
  }
}
