package io.github.imbalancedspark.sampling;

import io.github.imbalancedspark.core.sampling.Neighbourhood;
import io.github.imbalancedspark.core.sampling.Surroundings;
import io.github.imbalancedspark.internal.Carried;
import io.github.imbalancedspark.internal.Columns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * The rows of one class, gathered, in the order of their hashes.
 *
 * @param rows the rows, all columns
 * @param hashes their hashes
 * @param features their features
 * @param neighbourhood where they lie
 */
record Minority(Row[] rows, long[] hashes, double[][] features, Neighbourhood neighbourhood) {

  /** Rows of a dataset that are compared with the points at once. */
  private static final int BATCH = 64;

  /** Points whose neighbours are looked for at once. */
  private static final int POINTS_AT_ONCE = 256;

  /**
   * Makes the minority of gathered rows; the hashes are found on the driver, where the rows are.
   */
  static Minority of(
      SparkSession session,
      List<Row> gathered,
      StructType schema,
      Column hash,
      Column tieBreaker,
      FeatureSpace space) {
    List<Row> hashes =
        session.createDataFrame(gathered, schema).select(hash, tieBreaker).collectAsList();
    int[] order =
        IntStream.range(0, hashes.size())
            .boxed()
            .sorted(
                Comparator.<Integer>comparingLong(i -> hashes.get(i).getLong(0))
                    .thenComparing(i -> hashes.get(i).getLong(1)))
            .mapToInt(i -> i)
            .toArray();
    Row[] rows = Arrays.stream(order).mapToObj(gathered::get).toArray(Row[]::new);
    double[][] features =
        Arrays.stream(rows)
            .map(row -> ((Vector) row.getAs(space.featuresCol())).toArray())
            .toArray(double[][]::new);
    double[][] points = Arrays.stream(features).map(space::place).toArray(double[][]::new);
    return new Minority(
        rows,
        Arrays.stream(order).mapToLong(i -> hashes.get(i).getLong(0)).toArray(),
        features,
        space.neighbourhood(points));
  }

  /** Returns, for each of some rows, its nearest ones, nearest first; for the others nothing. */
  int[][] nearest(SparkSession session, int[] of, int k) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
    List<int[]> parts = new ArrayList<>();
    for (int from = 0; from < of.length; from += POINTS_AT_ONCE) {
      parts.add(Arrays.copyOfRange(of, from, Math.min(of.length, from + POINTS_AT_ONCE)));
    }
    Broadcast<Carried<Neighbourhood>> points = Carried.broadcast(context, neighbourhood);
    try {
      List<int[][]> found =
          context.parallelize(parts).map(part -> points.value().get().nearest(part, k)).collect();
      int[][] nearest = new int[rows.length][];
      for (int i = 0; i < of.length; i++) {
        nearest[of[i]] = found.get(i / POINTS_AT_ONCE)[i % POINTS_AT_ONCE];
      }
      return nearest;
    } finally {
      points.destroy();
    }
  }

  /**
   * Returns, for each row, how many of the nearest rows of the whole dataset are of other classes.
   */
  int[] othersAround(Dataset<Row> all, Column isMinority, FeatureSpace space, int nearest) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(all.sparkSession().sparkContext());
    Broadcast<Carried<Neighbourhood>> points = Carried.broadcast(context, neighbourhood);
    try {
      JavaRDD<Row> rows = all.select(isMinority, Columns.named(space.featuresCol())).toJavaRDD();
      return Carried.reduceByTens(
              rows.mapPartitions(part -> around(part, points.value().get(), space, nearest)),
              Surroundings::merge,
              2,
              Surroundings.bytes(this.rows.length, nearest))
          .others();
    } finally {
      points.destroy();
    }
  }

  private static Iterator<Surroundings> around(
      Iterator<Row> rows, Neighbourhood points, FeatureSpace space, int nearest) {
    Surroundings surroundings = new Surroundings(points.size(), nearest);
    double[][] batch = new double[BATCH][];
    boolean[] isMinority = new boolean[BATCH];
    while (rows.hasNext()) {
      int n = 0;
      for (; n < BATCH && rows.hasNext(); n++) {
        Row row = rows.next();
        isMinority[n] = row.getBoolean(0);
        batch[n] = space.place(((Vector) row.get(1)).toArray());
      }
      surroundings.add(points, Arrays.copyOf(batch, n), isMinority);
    }
    return List.of(surroundings).iterator();
  }
}
