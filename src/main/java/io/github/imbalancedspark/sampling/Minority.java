package io.github.imbalancedspark.sampling;

import io.github.imbalancedspark.core.sampling.Neighbourhood;
import io.github.imbalancedspark.core.sampling.Surroundings;
import io.github.imbalancedspark.internal.Columns;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * The rows of one class, gathered in the order of their hashes.
 *
 * @param rows the rows, all columns
 * @param hashes their hashes
 * @param features their features
 * @param neighbourhood where they lie
 */
record Minority(Row[] rows, long[] hashes, double[][] features, Neighbourhood neighbourhood)
    implements Serializable {

  private static final int MERGE_DEPTH = 2;

  static Minority gather(
      Dataset<Row> all, Column isMinority, Column hash, Column tieBreaker, FeatureSpace space) {
    Column[] needed = {functions.struct(functions.col("*")), hash, tieBreaker};
    List<Row> gathered = new ArrayList<>(all.filter(isMinority).select(needed).collectAsList());
    gathered.sort(
        Comparator.<Row>comparingLong(r -> r.getLong(1)).thenComparing(r -> r.getLong(2)));
    Row[] rows = gathered.stream().map(r -> r.getStruct(0)).toArray(Row[]::new);
    double[][] features =
        Arrays.stream(rows)
            .map(row -> ((Vector) row.getAs(space.featuresCol())).toArray())
            .toArray(double[][]::new);
    double[][] points = Arrays.stream(features).map(space::place).toArray(double[][]::new);
    return new Minority(
        rows,
        gathered.stream().mapToLong(r -> r.getLong(1)).toArray(),
        features,
        space.neighbourhood(points));
  }

  /**
   * Returns, for each row, how many of the nearest rows of the whole dataset are of other classes.
   */
  int[] othersAround(Dataset<Row> all, Column isMinority, FeatureSpace space, int nearest) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(all.sparkSession().sparkContext());
    Broadcast<Neighbourhood> points = context.broadcast(neighbourhood);
    try {
      JavaRDD<Row> rows = all.select(isMinority, Columns.named(space.featuresCol())).toJavaRDD();
      return rows.mapPartitions(part -> around(part, points.value(), space, nearest))
          .treeReduce(Surroundings::merge, MERGE_DEPTH)
          .others();
    } finally {
      points.destroy();
    }
  }

  private static Iterator<Surroundings> around(
      Iterator<Row> rows, Neighbourhood points, FeatureSpace space, int nearest) {
    Surroundings surroundings = new Surroundings(points.size(), nearest);
    rows.forEachRemaining(
        row ->
            surroundings.add(
                points, space.place(((Vector) row.get(1)).toArray()), row.getBoolean(0)));
    return List.of(surroundings).iterator();
  }
}
