package io.github.imbalancedspark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.imbalancedspark.classification.ImbalancedLogisticRegression;
import io.github.imbalancedspark.classification.ImbalancedLogisticRegressionModel;
import io.github.imbalancedspark.evaluation.ImbalancedBinaryEvaluator;
import io.github.imbalancedspark.sampling.StratifiedResampler;
import io.github.imbalancedspark.support.SampleRows;
import io.github.imbalancedspark.support.SparkSessions;
import io.github.imbalancedspark.weighting.ClassWeighter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Eight threads fit and score in one session, and get what they would get one after the other. */
class ConcurrentUseTest {

  private static final int THREADS = 8;

  private final Dataset<Row> rows = SampleRows.make();

  /**
   * What one thread comes to.
   *
   * @param intercept the model's
   * @param coefficients the model's
   * @param metric the average precision of its scores
   */
  private record Outcome(double intercept, double[] coefficients, double metric) {}

  /** Trains and evaluates; no two threads do the same. */
  private Outcome run(int thread) {
    ClassWeighter weighter = new ClassWeighter().setNormalization("meanOne");
    PipelineStage[] stages = {
      new StratifiedResampler().setSamplingStrategy("0." + (5 + thread % 3)).setSeed(thread),
      weighter,
      new ImbalancedLogisticRegression()
          .setWeightCol(weighter.getOutputCol())
          .setPosWeight(1 + thread)
          .setOnDoubleCorrection("ignore")
          .setRegParam(0.01)
    };
    PipelineModel model = new Pipeline().setStages(stages).fit(rows);
    ImbalancedLogisticRegressionModel learned =
        (ImbalancedLogisticRegressionModel) model.stages()[2];
    double metric =
        new ImbalancedBinaryEvaluator()
            .setMetricName("average_precision")
            .evaluate(model.transform(rows));
    return new Outcome(learned.intercept(), learned.coefficients().toArray(), metric);
  }

  @Test
  void threadsDoNotDisturbEachOther() throws Exception {
    int persisted = SparkSessions.shared().sparkContext().getPersistentRDDs().size();
    List<Outcome> serial = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      serial.add(run(thread));
    }
    List<Outcome> concurrent = concurrently();
    for (int thread = 0; thread < THREADS; thread++) {
      Outcome expected = serial.get(thread);
      Outcome actual = concurrent.get(thread);
      assertThat(actual.intercept).isEqualTo(expected.intercept, within(1e-9));
      assertThat(actual.coefficients).containsExactly(expected.coefficients, within(1e-9));
      assertThat(actual.metric).isEqualTo(expected.metric, within(1e-12));
    }
    assertThat(serial.stream().map(Outcome::intercept).distinct()).hasSize(THREADS);
    assertThat(SparkSessions.shared().sparkContext().getPersistentRDDs().size())
        .isEqualTo(persisted);
  }

  private List<Outcome> concurrently() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try {
      CyclicBarrier together = new CyclicBarrier(THREADS);
      List<Future<Outcome>> futures = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        int thread = i;
        futures.add(
            pool.submit(
                () -> {
                  together.await();
                  return run(thread);
                }));
      }
      List<Outcome> outcomes = new ArrayList<>();
      for (Future<Outcome> future : futures) {
        outcomes.add(future.get());
      }
      return outcomes;
    } finally {
      pool.shutdownNow();
    }
  }
}
