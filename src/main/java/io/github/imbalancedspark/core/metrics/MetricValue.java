package io.github.imbalancedspark.core.metrics;

import java.io.Serializable;

/**
 * A metric's value, or why there is none.
 *
 * @param value the value, or {@code null} if the metric does not exist for these rows
 * @param reason why it does not exist, or {@code null} if it does
 */
public record MetricValue(Double value, String reason) implements Serializable {}
