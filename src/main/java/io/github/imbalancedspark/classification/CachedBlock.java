package io.github.imbalancedspark.classification;

import io.github.imbalancedspark.core.linalg.Block;
import java.io.Serializable;
import org.apache.spark.util.KnownSizeEstimation;

/**
 * A block that tells Spark's cache its size. Measuring it, array by array and over again as a
 * partition fills, would take the cache as long as reading the rows.
 */
record CachedBlock(Block block, long estimatedSize) implements KnownSizeEstimation, Serializable {

  CachedBlock(Block block) {
    this(block, block.bytes());
  }
}
