/**
 * The one room that touches what Spark keeps for itself ({@code private[ml]}, {@code
 * private[spark]}, internal rows), so that a new Spark version is met in one place.
 */
package io.github.imbalancedspark.internal;
