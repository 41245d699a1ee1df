package io.github.imbalancedspark.classification;

import io.github.imbalancedspark.support.SparkSessions;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Fits a model of 2²⁰ features to sparse rows, as a program, for its heap to be measured. */
final class WideDriver {

  private static final int ROWS = 100_000;
  private static final int FEATURES = 1 << 20;
  private static final int NON_ZEROS = 40;

  private WideDriver() {}

  public static void main(String[] args) {
    ImbalancedLogisticRegressionModel model =
        new ImbalancedLogisticRegression()
            .setPosWeight(20)
            .setRegParam(1e-3)
            .setMaxIter(15)
            .fit(rows());
    List<Double> history = model.summary().objectiveHistory();
    System.out.printf(
        "%d features, objective %s%n",
        model.numFeatures(),
        history.get(history.size() - 1) < 0.9 * history.get(0) ? "fell" : "stays");
    SparkSessions.shared().stop();
  }

  /** Rows of ones; each feature of the first sixteenth speaks for the positive class. */
  private static Dataset<Row> rows() {
    return SparkSessions.shared()
        .createDataFrame(
            SparkSessions.shared().range(0, ROWS, 1, 4).toJavaRDD().map(WideDriver::row),
            new StructType()
                .add("label", DataTypes.DoubleType, false)
                .add("features", SQLDataTypes.VectorType(), false));
  }

  private static Row row(long number) {
    SplittableRandom random = new SplittableRandom(number);
    int[] indices =
        random.ints(2L * NON_ZEROS, 0, FEATURES).distinct().limit(NON_ZEROS).sorted().toArray();
    double[] ones = new double[indices.length];
    Arrays.fill(ones, 1);
    boolean positive = indices[4] < FEATURES / 16 && random.nextInt(4) > 0;
    return RowFactory.create(positive ? 1.0 : 0.0, Vectors.sparse(FEATURES, indices, ones));
  }
}
