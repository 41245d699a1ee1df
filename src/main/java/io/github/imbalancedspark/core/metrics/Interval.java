package io.github.imbalancedspark.core.metrics;

/**
 * Where a metric of the population lies with 95% confidence, as far as sampling rows goes.
 *
 * @param low its lower end
 * @param high its upper end
 */
public record Interval(double low, double high) {}
