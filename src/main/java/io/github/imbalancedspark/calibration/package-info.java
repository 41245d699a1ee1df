/** From scores to probabilities that hold on rows that trained nothing. */
package io.github.imbalancedspark.calibration;
