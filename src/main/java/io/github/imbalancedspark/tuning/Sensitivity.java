package io.github.imbalancedspark.tuning;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * What a {@link PosWeightSensitivity} found.
 *
 * @param candidates the candidates on the validation rows, by rising posWeight
 * @param chosen the number of the best one
 * @param metric the metric by which it was chosen
 * @param criterion what thresholds were chosen for
 * @param model the best one's model
 * @param test the best one on the test rows, which chose nothing
 * @param <M> the model
 */
public record Sensitivity<M>(
    List<Candidate> candidates,
    int chosen,
    String metric,
    String criterion,
    M model,
    Candidate test) {

  public Sensitivity {
    candidates = List.copyOf(candidates);
  }

  /** Returns the best candidate on the validation rows. */
  public Candidate best() {
    return candidates.get(chosen);
  }

  /**
   * Returns a row for each candidate on the validation rows: the names of {@link Candidate#asMap}
   * as double columns, and whether it was chosen.
   */
  public Dataset<Row> toDataFrame(SparkSession session) {
    StructType schema = new StructType();
    for (String name : best().asMap().keySet()) {
      schema = schema.add(name, DataTypes.DoubleType);
    }
    List<Row> rows = new ArrayList<>();
    for (int k = 0; k < candidates.size(); k++) {
      List<Object> values = new ArrayList<>(candidates.get(k).asMap().values());
      values.add(k == chosen);
      rows.add(RowFactory.create(values.toArray()));
    }
    return session.createDataFrame(rows, schema.add("chosen", DataTypes.BooleanType, false));
  }
}
