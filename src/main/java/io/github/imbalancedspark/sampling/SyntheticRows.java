package io.github.imbalancedspark.sampling;

import io.github.imbalancedspark.core.sampling.Interpolation;
import io.github.imbalancedspark.internal.Carried;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
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
 * @param rows the real rows
 * @param hashes their hashes
 * @param features their features
 * @param nearest for each of them, the neighbours to choose from, nearest first
 * @param copies for each of them, how many to make from it
 * @param categorical for each feature whether it is
 * @param kept for each column whether it is copied from the real row, else null
 * @param featuresAt the place of the features column
 */
record SyntheticRows(
    Row[] rows,
    long[] hashes,
    double[][] features,
    int[][] nearest,
    long[] copies,
    boolean[] categorical,
    boolean[] kept,
    int featuresAt)
    implements Serializable {

  /** Returns the rows, lazily; {@code schema} is that of the real rows. */
  static Dataset<Row> create(SparkSession session, SyntheticRows recipe, StructType schema) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
    Broadcast<Carried<SyntheticRows>> broadcast = Carried.broadcast(context, recipe);
    List<Integer> bases =
        IntStream.range(0, recipe.copies.length).filter(i -> recipe.copies[i] > 0).boxed().toList();
    JavaRDD<Row> made =
        context.parallelize(bases).flatMap(base -> broadcast.value().get().from(base));
    return session.createDataFrame(made, schema);
  }

  /** Returns the rows made from one real row, each as it is taken: there may be millions. */
  Iterator<Row> from(int base) {
    double[][] around =
        IntStream.of(nearest[base]).mapToObj(i -> features[i]).toArray(double[][]::new);
    SplittableRandom random = new SplittableRandom(hashes[base] + base);
    return LongStream.range(0, copies[base])
        .mapToObj(copy -> made(base, around, random))
        .iterator();
  }

  private Row made(int base, double[][] around, SplittableRandom random) {
    Object[] values = new Object[kept.length];
    for (int c = 0; c < values.length; c++) {
      values[c] = kept[c] ? rows[base].get(c) : null;
    }
    values[featuresAt] =
        Vectors.dense(Interpolation.between(features[base], around, categorical, random));
    return RowFactory.create(values);
  }
}
