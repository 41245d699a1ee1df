package io.github.imbalancedspark.sampling;

import io.github.imbalancedspark.core.sampling.Interpolation;
import io.github.imbalancedspark.internal.Columns;
import io.github.imbalancedspark.sampling.ClassCopies.Cut;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.apache.spark.ml.feature.BucketedRandomProjectionLSH;
import org.apache.spark.ml.feature.BucketedRandomProjectionLSHModel;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.stat.Summarizer;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The rows of a class that is too large to gather, of numeric features only. A row's neighbours are
 * the nearest of those that Spark's {@link BucketedRandomProjectionLSH} puts into one bucket with
 * it; a row that is alone in all its buckets has none, and synthetic rows made from it are its
 * copies.
 *
 * <p>A bucket holds what is near along one direction, and in all others may be far. So the more
 * rows there are, the fewer of the nearest ones are found: of 4 features, 0.58 of them among 3,000
 * rows, 0.20 among 20,000, where those chosen are 1.8 times as far away as the nearest ones. Twice
 * the directions and twice the rows in a bucket find 0.92 among 3,000, in four times the time.
 *
 * <p>Rows at one place have the same nearest rows but for themselves. So the search is one of
 * places, however many rows are at each, and of these only the first k + 1, in the order of their
 * hashes, can be neighbours.
 *
 * @param hash the row hash
 * @param tieBreaker a second hash; rows that are equal in both are no neighbours of each other
 * @param space where rows lie
 * @param k how many neighbours to choose from
 * @param seed of the projections
 */
record LargeMinority(Column hash, Column tieBreaker, FeatureSpace space, int k, long seed) {

  private static final int TABLES = 5;
  private static final double ROWS_PER_BUCKET = 64;
  private static final String COPY = "number of a synthetic row";
  private static final String START = "place of a synthetic row's start";
  private static final String PLACE = "place of minority rows";
  private static final String NEAREST = "nearest rows to a place";

  /**
   * Returns the synthetic rows, lazily, after counting the hashes.
   *
   * @param minority the class's rows
   * @param kept for each column whether it is copied from the real row, else null
   */
  Dataset<Row> make(Dataset<Row> minority, String labelCol, long wanted, boolean[] kept) {
    ClassHashes hashes = ClassHashes.count(minority, labelCol, hash);
    Object label = hashes.counts().firstKey();
    long present = hashes.counts().get(label);
    int copies = Math.toIntExact(wanted / present);
    long oneMore = wanted % present;
    Cut cut =
        oneMore == 0
            ? Cut.everywhere(copies)
            : Cut.at(
                hashes.boundaries(Map.of(label, new long[] {oneMore})).get(label).get(0),
                oneMore,
                copies);
    Dataset<Row> starts =
        new ClassCopies(labelCol, hash, tieBreaker, new TreeMap<>(Map.of(label, cut)))
            .numbered(minority, COPY);
    Column start = place().apply(Columns.named(space.featuresCol()));
    Dataset<Row> joined =
        starts
            .withColumn(START, key(start))
            .join(nearest(minority, present), functions.col(START).equalTo(functions.col(PLACE)));
    return joined.select(columns(minority.schema(), kept));
  }

  private Column[] columns(StructType schema, boolean[] kept) {
    Column[] columns = new Column[kept.length];
    for (int i = 0; i < kept.length; i++) {
      StructField field = schema.fields()[i];
      Column value = Columns.named(field.name());
      if (field.name().equals(space.featuresCol())) {
        Column random = functions.xxhash64(functions.lit(seed), hash, functions.col(COPY));
        value =
            between()
                .apply(functions.struct(value, functions.col(NEAREST), random, hash, tieBreaker));
      } else if (!kept[i]) {
        value = functions.lit(null).cast(field.dataType());
      }
      columns[i] = value.as(field.name());
    }
    return columns;
  }

  private UserDefinedFunction between() {
    boolean[] numeric = space.isCategorical();
    int neighbours = k;
    return functions.udf(
        (UDF1<Row, Vector>)
            row -> {
              double[] start = ((Vector) row.get(0)).toArray();
              double[][] around =
                  row.<Row>getList(1).stream()
                      .filter(
                          near ->
                              near.getLong(1) != row.getLong(3)
                                  || near.getLong(2) != row.getLong(4))
                      .limit(neighbours)
                      .map(near -> ((Vector) near.get(3)).toArray())
                      .toArray(double[][]::new);
              return Vectors.dense(
                  around.length == 0
                      ? start
                      : Interpolation.between(
                          start, around, numeric, new SplittableRandom(row.getLong(2))));
            },
        SQLDataTypes.VectorType());
  }

  /**
   * Returns for each place the k + 1 nearest rows, of which one may be the row that neighbours are
   * sought for: distance, hashes and features, nearest first.
   */
  private Dataset<Row> nearest(Dataset<Row> minority, long present) {
    Column features = Columns.named(space.featuresCol());
    Dataset<Row> points =
        minority.select(
            hash.as("h"), tieBreaker.as("t"), features.as("f"), place().apply(features).as("p"));
    Vector variances =
        (Vector) points.select(Summarizer.variance(functions.col("p"))).head().get(0);
    double deviation = Math.sqrt(Arrays.stream(variances.toArray()).average().orElse(0));
    double length = ROWS_PER_BUCKET / present * Math.sqrt(2 * Math.PI) * deviation;
    BucketedRandomProjectionLSHModel buckets =
        new BucketedRandomProjectionLSH()
            .setInputCol("p")
            .setOutputCol("b")
            .setNumHashTables(TABLES)
            .setBucketLength(length > 0 ? length : 1)
            .setSeed(seed)
            .fit(points);
    Dataset<Row> places = places(points);
    Dataset<Row> pairs =
        buckets
            .approxSimilarityJoin(places, places, Double.POSITIVE_INFINITY, "d")
            .selectExpr("datasetA.place", "d", "explode(datasetB.rows) as row")
            .selectExpr("place", "struct(d, row.h as h, row.t as t, row.f as f) as near");
    Column order =
        functions
            .row_number()
            .over(Window.partitionBy("place").orderBy("near.d", "near.h", "near.t"));
    return pairs
        .withColumn("n", order)
        .filter(functions.col("n").leq(k + 1))
        .groupBy(functions.col("place").as(PLACE))
        .agg(functions.sort_array(functions.collect_list("near")).as(NEAREST));
  }

  /** Returns the places of points, each with the first k + 1 rows there, equal ones once. */
  private Dataset<Row> places(Dataset<Row> points) {
    Column order = functions.dense_rank().over(Window.partitionBy("place").orderBy("h", "t"));
    return points
        .withColumn("place", key(functions.col("p")))
        .withColumn("n", order)
        .filter(functions.col("n").leq(k + 1))
        .dropDuplicates(new String[] {"place", "h", "t"})
        .groupBy("place")
        .agg(
            functions.first("p").as("p"),
            functions.collect_list(functions.struct("h", "t", "f")).as("rows"));
  }

  /** Returns a place as Spark compares values, with −0 for 0; a vector it compares by its bits. */
  private static Column key(Column place) {
    return org.apache.spark.ml.functions.vector_to_array(place, "float64");
  }

  private UserDefinedFunction place() {
    FeatureSpace to = space;
    return functions.udf(
        (UDF1<Vector, Vector>) features -> Vectors.dense(to.place(features.toArray())),
        SQLDataTypes.VectorType());
  }
}
