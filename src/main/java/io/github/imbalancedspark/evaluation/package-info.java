/** Evaluation of scored rows: every metric in one pass. */
package io.github.imbalancedspark.evaluation;
