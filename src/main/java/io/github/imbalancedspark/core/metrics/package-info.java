/**
 * What scored rows tell about a binary classifier: the score curve, the confusion matrix, and every
 * metric that comes from them.
 */
package io.github.imbalancedspark.core.metrics;
