package io.github.imbalancedspark.core.linalg;

/**
 * A feature value that no model can be fitted to.
 *
 * @param feature its feature number
 * @param value NaN or infinite
 */
public record NotFinite(int feature, double value) {}
