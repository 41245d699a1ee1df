package io.github.imbalancedspark.sampling;

import io.github.imbalancedspark.internal.Columns;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/** A value that depends on a row's class, as a column. */
final class PerClass {

  private PerClass() {}

  /**
   * Returns the column.
   *
   * @param ofClasses class → what the value is made of; the last class stands for any other
   */
  static <T> Column column(
      String labelCol, SortedMap<Object, T> ofClasses, Function<T, Column> value) {
    Column label = Columns.named(labelCol);
    Column column = value.apply(ofClasses.get(ofClasses.lastKey()));
    Column cases = null;
    for (Map.Entry<Object, T> entry : ofClasses.headMap(ofClasses.lastKey()).entrySet()) {
      Column here = label.equalTo(functions.lit(entry.getKey()));
      Column then = value.apply(entry.getValue());
      cases = cases == null ? functions.when(here, then) : cases.when(here, then);
    }
    return cases == null ? column : cases.otherwise(column);
  }
}
