package io.github.imbalancedspark;

import io.github.imbalancedspark.classification.ImbalancedLogisticRegression;
import io.github.imbalancedspark.evaluation.ImbalancedBinaryEvaluator;
import io.github.imbalancedspark.internal.Columns;
import io.github.imbalancedspark.sampling.Smote;
import io.github.imbalancedspark.sampling.StratifiedResampler;
import io.github.imbalancedspark.sampling.WeightedSampler;
import io.github.imbalancedspark.support.SparkSessions;
import io.github.imbalancedspark.weighting.ClassWeighter;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructType;

/**
 * A stage at work.
 *
 * @param name what it is called
 * @param outcome what it makes of rows
 */
record Worker(String name, BiFunction<Worker.Names, Dataset<Row>, Dataset<Row>> outcome) {

  /** Takes the place of a column's own; Spark 3 would take an empty one for none. */
  private static final Metadata NO_OTHER =
      new MetadataBuilder().putBoolean("compared", true).build();

  /** What the columns are called. */
  record Names(String label, String weight, String features, String key) {

    static final Names PLAIN = new Names("label", "weight", "features", "id");
  }

  /** Returns the columns that it makes of {@code rows}, which the column id tells apart. */
  Dataset<Row> of(Names names, Dataset<Row> rows) {
    Dataset<Row> made = outcome.apply(names, rows);
    List<String> inputs = Arrays.asList(rows.columns());
    Column[] columns =
        Stream.concat(
                Stream.of(Columns.named(names.key).cast("long").as("id")),
                Arrays.stream(made.columns())
                    .filter(c -> !inputs.contains(c) && !c.equals(names.key))
                    .map(c -> Columns.named(c).as(c, NO_OTHER)))
            .toArray(Column[]::new);
    return made.select(columns);
  }

  /** Returns the stages that work on whole tables. */
  static List<Worker> all() {
    return List.of(
        new Worker(
            "ImbalancedLogisticRegression",
            (names, rows) ->
                new ImbalancedLogisticRegression()
                    .setLabelCol(names.label)
                    .setWeightCol(names.weight)
                    .setFeaturesCol(names.features)
                    .setPosWeight(3)
                    .setTol(1e-10)
                    .fit(rows)
                    .transform(rows)),
        new Worker(
            "ClassWeighter",
            (names, rows) ->
                new ClassWeighter()
                    .setLabelCol(names.label)
                    .setWeightCol(names.weight)
                    .fit(rows)
                    .transform(rows)),
        new Worker(
            "StratifiedResampler",
            (names, rows) ->
                new StratifiedResampler()
                    .setLabelCol(names.label)
                    .setKeyCol(names.key)
                    .setSamplingStrategy(0.7)
                    .setSeed(3)
                    .resample(rows)),
        new Worker(
            "WeightedSampler",
            (names, rows) ->
                new WeightedSampler()
                    .setLabelCol(names.label)
                    .setSamplingWeightCol(names.weight)
                    .setKeyCol(names.key)
                    .setSeed(3)
                    .resample(rows)),
        new Worker(
            "Smote",
            (names, rows) ->
                new Smote()
                    .setLabelCol(names.label)
                    .setFeaturesCol(names.features)
                    .setKeyCol(names.key)
                    .setSeed(3)
                    .resample(rows)),
        new Worker(
            "ImbalancedBinaryEvaluator",
            (names, rows) ->
                SparkSessions.shared()
                    .createDataFrame(
                        List.of(
                            RowFactory.create(
                                0L,
                                new ImbalancedBinaryEvaluator()
                                    .setLabelCol(names.label)
                                    .setWeightCol(names.weight)
                                    .setRawPredictionCol(names.key)
                                    .setMetricName("roc_auc")
                                    .evaluate(rows))),
                        new StructType()
                            .add(names.key, DataTypes.LongType)
                            .add("metric", DataTypes.DoubleType))));
  }
}
