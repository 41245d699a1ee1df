/** Losses of one row as functions of its margin: value, slope and curvature. */
package io.github.imbalancedspark.core.loss;
