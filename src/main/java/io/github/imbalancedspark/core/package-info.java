/**
 * The numeric core: plain arrays, records and mathematics. Nothing here knows Spark or Scala, so
 * that every formula can be tested without a cluster.
 */
package io.github.imbalancedspark.core;
