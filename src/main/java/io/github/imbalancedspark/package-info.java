/** Imbalanced binary classification for Apache Spark ML. */
package io.github.imbalancedspark;
