package io.github.imbalancedspark.tuning;

import io.github.imbalancedspark.core.metrics.ThresholdChoice;

/**
 * What a {@link ThresholdTuner} came to.
 *
 * @param model the estimator's model with the threshold
 * @param choice the threshold, and how good it is on the validation rows, which flatters: it was
 *     chosen to be
 * @param <M> the model
 */
public record TunedModel<M>(M model, ThresholdChoice choice) {}
