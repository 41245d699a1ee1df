/** Stages between raw columns and the learner. */
package io.github.imbalancedspark.features;
