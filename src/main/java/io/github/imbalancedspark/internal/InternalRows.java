package io.github.imbalancedspark.internal;

import java.lang.reflect.InvocationTargetException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.QueryExecution;

/**
 * A dataset's rows as Spark's engine has them, without the detour through external rows. The row
 * object is reused from one row to the next.
 */
public final class InternalRows {

  private InternalRows() {}

  /** Returns the rows of {@code dataset}, one RDD partition for each of its own. */
  public static JavaRDD<InternalRow> of(Dataset<?> dataset) {
    return queryExecution(dataset).toRdd().toJavaRDD();
  }

  /** Looked up by name: it is declared on Dataset in Spark 3 and on classic.Dataset in Spark 4. */
  private static QueryExecution queryExecution(Dataset<?> dataset) {
    try {
      return (QueryExecution) dataset.getClass().getMethod("queryExecution").invoke(dataset);
    } catch (NoSuchMethodException | IllegalAccessException e) {
      throw new UnsupportedOperationException(
          "training needs a classic Spark session, and this dataset is a "
              + dataset.getClass().getName(),
          e);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException("the dataset's plan could not be made", e.getCause());
    }
  }
}
