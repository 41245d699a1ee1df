package io.github.imbalancedspark.sampling;

import io.github.imbalancedspark.core.Plural;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A decision about which part of a split each row of a dataset belongs to. */
interface Parts {

  /** Returns, for each part, class → number of rows; every class is there. */
  List<SortedMap<Object, Long>> counts();

  /** Returns {@code rows}, those that were counted, with the number of each one's part. */
  Dataset<Row> number(Dataset<Row> rows, String partCol);

  /**
   * Checks that every part has a row of every class.
   *
   * @param unit the parameter that names what stays together, and its column, or null for neither
   * @throws IllegalArgumentException if not
   */
  default void requireEveryClass(String labelCol, double[] shares, String unit) {
    for (int i = 0; i < shares.length; i++) {
      int part = i;
      counts()
          .get(i)
          .forEach(
              (c, n) -> {
                if (n == 0) {
                  throw new IllegalArgumentException(
                      String.format(
                          "labelCol: class %s of column '%s' has %s, which leaves none for"
                              + " share %s of %s; give fewer or larger shares, or more rows%s",
                          c,
                          labelCol,
                          Plural.of(counts().stream().mapToLong(of -> of.get(c)).sum(), "row"),
                          shares[part],
                          Arrays.toString(shares),
                          unit == null ? "" : ", or a " + unit));
                }
              });
    }
  }
}
