package io.github.imbalancedspark.tuning;

import io.github.imbalancedspark.core.metrics.BinaryMetrics;
import io.github.imbalancedspark.core.metrics.ThresholdChoice;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One candidate of a {@link PosWeightSensitivity}, on some rows.
 *
 * @param posWeight the factor of the positive class's loss
 * @param metrics the metrics of its probabilities, at the threshold at which it is judged
 * @param corrected those of the probabilities whose odds are the population's, or {@code null} if
 *     the model refuses to correct them; of its {@code populationRate}, if set, on rows whose
 *     classes weigh as much as there, or {@code null} if a class has none
 * @param bestThreshold the best threshold on the validation rows
 */
public record Candidate(
    double posWeight,
    BinaryMetrics metrics,
    BinaryMetrics corrected,
    ThresholdChoice bestThreshold) {

  private static final String[] CALIBRATION = {"brier", "log_loss", "expected_calibration_error"};

  /**
   * Returns pos_weight, the metrics by name, of the corrected probabilities {@code
   * corrected_brier}, {@code corrected_log_loss} and {@code corrected_expected_calibration_error},
   * and best_threshold with the figure it was chosen for, best_value; {@code null} stands for what
   * does not exist.
   */
  public Map<String, Double> asMap() {
    Map<String, Double> map = new LinkedHashMap<>();
    map.put("pos_weight", posWeight);
    map.putAll(metrics.asMap());
    Map<String, Double> values = corrected == null ? Map.of() : corrected.asMap();
    for (String name : CALIBRATION) {
      map.put("corrected_" + name, values.get(name));
    }
    boolean found = bestThreshold.shortfall() == null;
    map.put("best_threshold", found ? bestThreshold.threshold() : null);
    map.put("best_value", found ? bestThreshold.value() : null);
    return map;
  }
}
