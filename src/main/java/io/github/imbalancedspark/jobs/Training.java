package io.github.imbalancedspark.jobs;

import io.github.imbalancedspark.features.FeatureCleaner;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What is about to be fitted, all checked that can be before the work starts.
 *
 * @param label the label and its counts in the whole table
 * @param columns the features
 * @param rows the columns that training reads, of the rows that it uses
 * @param labelCol the label as 0 and 1
 * @param weightCol the user's weight column, or {@code null}
 * @param sampling how the training rows are resampled
 * @param strategy the class weighting, or {@code null}
 * @param names the names that are taken
 * @param pipeline what is fitted
 */
record Training(
    BinaryLabel label,
    FeatureColumns columns,
    Dataset<Row> rows,
    String labelCol,
    String weightCol,
    List<SamplingStep> sampling,
    String strategy,
    UniqueNames names,
    Pipeline pipeline) {

  /** Returns the rows that are used: all but those that are skipped for want of a value. */
  ClassCounts used() {
    boolean skips =
        pipeline.getStages()[0] instanceof FeatureCleaner cleaner
            && cleaner.getMissing().equals("skip");
    return skips
        ? ClassCounts.of(rows, labelCol)
        : new ClassCounts(label.negatives(), label.positives());
  }
}
