package io.github.imbalancedspark.report;

/**
 * A headline number.
 *
 * @param label what it is
 * @param value the number, formatted
 */
public record Figure(String label, String value) {}
