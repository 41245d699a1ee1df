package io.github.imbalancedspark.jobs;

import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What is about to be fitted, all checked that can be before the work starts.
 *
 * @param label the label and its counts in the whole table
 * @param columns the features
 * @param rows the columns that training reads
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
    Pipeline pipeline) {}
