/**
 * Splits and samplers that choose rows by a hash of what a row holds, never by its place: so the
 * same rows are chosen again when a partition is recomputed, moved or read in another order.
 */
package io.github.imbalancedspark.sampling;
