package io.github.imbalancedspark.sampling;

import io.github.imbalancedspark.core.sampling.Interpolation;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * How synthetic rows are made from the minority's.
 *
 * @param minority the real rows
 * @param copies for each of them, how many to make from it
 * @param neighbours how many neighbours to choose from
 * @param categorical for each feature whether it is
 * @param kept for each column whether it is copied from the real row, else null
 * @param featuresAt the place of the features column
 */
record SyntheticRows(
    Minority minority,
    long[] copies,
    int neighbours,
    boolean[] categorical,
    boolean[] kept,
    int featuresAt)
    implements Serializable {

  /** Returns the rows, lazily; {@code schema} is that of the real rows. */
  static Dataset<Row> create(SparkSession session, SyntheticRows recipe, StructType schema) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
    Broadcast<SyntheticRows> broadcast = context.broadcast(recipe);
    List<Integer> bases =
        IntStream.range(0, recipe.copies.length).filter(i -> recipe.copies[i] > 0).boxed().toList();
    JavaRDD<Row> rows = context.parallelize(bases).flatMap(base -> broadcast.value().from(base));
    return session.createDataFrame(rows, schema);
  }

  /** Returns the rows made from one real row. */
  private Iterator<Row> from(int base) {
    int[] nearest = minority.neighbourhood().nearest(base, neighbours);
    double[][] around = new double[nearest.length][];
    for (int k = 0; k < nearest.length; k++) {
      around[k] = minority.features()[nearest[k]];
    }
    SplittableRandom random = new SplittableRandom(minority.hashes()[base] + base);
    List<Row> made = new ArrayList<>();
    for (long copy = 0; copy < copies[base]; copy++) {
      double[] features =
          Interpolation.between(minority.features()[base], around, categorical, random);
      Object[] values = new Object[kept.length];
      for (int c = 0; c < values.length; c++) {
        values[c] = kept[c] ? minority.rows()[base].get(c) : null;
      }
      values[featuresAt] = Vectors.dense(features);
      made.add(RowFactory.create(values));
    }
    return made.iterator();
  }
}
