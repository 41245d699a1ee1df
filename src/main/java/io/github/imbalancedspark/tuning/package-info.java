/**
 * Choosing among models: Spark's own tuners, with all candidates of a fold trained in shared
 * passes.
 */
package io.github.imbalancedspark.tuning;
