package io.github.imbalancedspark.core.metrics;

/**
 * A threshold, and what it was chosen for.
 *
 * @param criterion what it was chosen for
 * @param threshold predict positive where the probability is above it, strictly; in [0, 1]
 * @param value the criterion's figure there, on the rows that chose: the metric, the rate that was
 *     raised, or the alerts a day
 * @param confusion the confusion matrix there
 * @param shortfall {@code null}, or how far the criterion's bound was missed, when no threshold
 *     keeps it: the threshold is then the one that comes nearest
 */
public record ThresholdChoice(
    String criterion,
    double threshold,
    double value,
    ConfusionMatrix confusion,
    String shortfall) {}
