/** Row weights from class counts. */
package io.github.imbalancedspark.weighting;
