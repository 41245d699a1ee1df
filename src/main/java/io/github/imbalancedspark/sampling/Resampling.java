package io.github.imbalancedspark.sampling;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What a sampler has decided about a dataset, ready to be done to it. */
@FunctionalInterface
interface Resampling {

  /** Returns the resampled rows, lazily. */
  Dataset<Row> of(Dataset<?> rows);
}
