package io.github.imbalancedspark.sampling;

import io.github.imbalancedspark.internal.Columns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampType;

/**
 * Divides rows by time. With F(t) the share of a class's rows up to the time t, a cut for the share
 * s is made where the largest |F − s| of all classes is smallest. As max F + min F never falls,
 * that is at the first time at which it reaches 2s, or just before that time.
 *
 * @param time the time as a double
 * @param cuts where each part but the last ends
 */
record TimeParts(Column time, List<Cut> cuts, List<SortedMap<Object, Long>> counts)
    implements Parts {

  private static final int BUCKETS = 4096;
  private static final long FEW_ROWS = 1 << 16;

  /** The end of a part: at {@code time}, which still belongs to it or does not. */
  record Cut(double time, boolean inclusive) {}

  static TimeParts of(Dataset<Row> rows, String labelCol, String timeCol, double[] shares) {
    Column time = time(rows.schema(), timeCol);
    Column isFinite =
        functions.coalesce( // Spark sorts NaN above infinity
            functions.abs(time).lt(Double.POSITIVE_INFINITY), functions.lit(false));
    if (!rows.filter(functions.not(isFinite)).isEmpty()) {
      throw new IllegalArgumentException(
          String.format(
              "timeCol: column '%s' holds null, NaN or an infinite time; mend or drop these rows",
              timeCol));
    }
    SortedMap<Object, Long> totals = LabelCounts.of(rows, labelCol);
    Dataset<Row> times = rows.select(Columns.named(labelCol).as("class"), time.as("time"));
    List<Cut> cuts = new ArrayList<>();
    List<SortedMap<Object, Long>> counts = new ArrayList<>();
    SortedMap<Object, Long> before = zeros(totals);
    double sum = Arrays.stream(shares).sum();
    double share = 0;
    for (int i = 0; i < shares.length - 1; i++) {
      share += shares[i] / sum;
      SortedMap<Object, Long> upTo = new TreeMap<>();
      cuts.add(new Search(times, totals, share).cut(upTo));
      counts.add(difference(upTo, before));
      before = upTo;
    }
    counts.add(difference(totals, before));
    return new TimeParts(time, cuts, counts);
  }

  private static Column time(StructType schema, String timeCol) {
    DataType type = Columns.require(schema, timeCol, "timeCol").dataType();
    Column column = Columns.named(timeCol);
    if (type instanceof NumericType || type instanceof TimestampType) {
      return column.cast("double");
    }
    if (type instanceof DateType) {
      return functions.unix_date(column).cast("double");
    }
    if (type.typeName().equals("timestamp_ntz")) {
      return secondsWithoutZone(column);
    }
    throw new IllegalArgumentException(
        String.format(
            "timeCol: column '%s' is of type %s; it must be a date, a timestamp or numeric: cast it"
                + " first",
            timeCol, type.simpleString()));
  }

  /** A cast would read the time in the session's zone, where an hour of a day may be missing. */
  private static Column secondsWithoutZone(Column time) {
    return functions
        .unix_date(time.cast("date"))
        .multiply(86_400L)
        .plus(functions.hour(time).multiply(3600))
        .plus(functions.minute(time).multiply(60))
        .plus(functions.date_part(functions.lit("SECOND"), time))
        .cast("double");
  }

  private static SortedMap<Object, Long> zeros(SortedMap<Object, Long> like) {
    SortedMap<Object, Long> zeros = new TreeMap<>();
    like.keySet().forEach(c -> zeros.put(c, 0L));
    return zeros;
  }

  private static SortedMap<Object, Long> difference(
      SortedMap<Object, Long> upTo, SortedMap<Object, Long> before) {
    SortedMap<Object, Long> difference = new TreeMap<>();
    upTo.forEach((c, n) -> difference.put(c, n - before.get(c)));
    return difference;
  }

  @Override
  public Dataset<Row> number(Dataset<Row> rows, String partCol) {
    Column part = functions.lit(cuts.size());
    for (int i = cuts.size() - 1; i >= 0; i--) {
      Cut cut = cuts.get(i);
      Column inside = cut.inclusive ? time.leq(cut.time) : time.lt(cut.time);
      part = functions.when(inside, i).otherwise(part);
    }
    return rows.withColumn(partCol, part);
  }

  /** Narrows a range of times down to one time. */
  private record Search(Dataset<Row> times, SortedMap<Object, Long> totals, double share) {

    Cut cut(SortedMap<Object, Long> upTo) {
      Dataset<Row> range = times;
      SortedMap<Object, Long> before = zeros(totals);
      while (true) {
        Row ends =
            range.agg(functions.min("time"), functions.max("time"), functions.count("*")).head();
        double low = ends.getDouble(0);
        double width = ends.getDouble(1) / BUCKETS - low / BUCKETS; // the range may overflow
        boolean exact = ends.getLong(2) <= FEW_ROWS || !(width > 0 && low + width > low);
        Column cell =
            exact
                ? functions.col("time")
                : functions
                    .floor(functions.col("time").divide(width).minus(low / width))
                    .cast("double");
        SortedMap<Double, SortedMap<Object, Long>> cells = new TreeMap<>();
        for (Row row :
            range.groupBy(cell.as("cell"), functions.col("class")).count().collectAsList()) {
          cells
              .computeIfAbsent(row.getDouble(0), c -> new TreeMap<>())
              .put(row.get(1), row.getLong(2));
        }
        double crossing = crossing(cells, before);
        if (exact) {
          return cutAt(crossing, before, cells.get(crossing), upTo);
        }
        range = range.filter(cell.equalTo(crossing));
      }
    }

    /** Returns the first cell by whose end max F + min F ≥ 2s; adds those before to before. */
    private double crossing(
        SortedMap<Double, SortedMap<Object, Long>> cells, SortedMap<Object, Long> before) {
      for (Map.Entry<Double, SortedMap<Object, Long>> cell : cells.entrySet()) {
        SortedMap<Object, Long> with = sum(before, cell.getValue());
        if (largest(with) + smallest(with) >= 2 * share || cell.getKey().equals(cells.lastKey())) {
          return cell.getKey();
        }
        before.putAll(with);
      }
      throw new IllegalStateException("no rows in the range of times");
    }

    private Cut cutAt(
        double time,
        SortedMap<Object, Long> before,
        SortedMap<Object, Long> at,
        SortedMap<Object, Long> upTo) {
      SortedMap<Object, Long> with = sum(before, at);
      boolean inclusive = deviation(with) <= deviation(before);
      upTo.putAll(inclusive ? with : before);
      return new Cut(time, inclusive);
    }

    private double deviation(SortedMap<Object, Long> upTo) {
      return Math.max(largest(upTo) - share, share - smallest(upTo));
    }

    private double largest(SortedMap<Object, Long> upTo) {
      return upTo.entrySet().stream().mapToDouble(this::shareOf).max().orElseThrow();
    }

    private double smallest(SortedMap<Object, Long> upTo) {
      return upTo.entrySet().stream().mapToDouble(this::shareOf).min().orElseThrow();
    }

    private double shareOf(Map.Entry<Object, Long> upTo) {
      return (double) upTo.getValue() / totals.get(upTo.getKey());
    }

    private static SortedMap<Object, Long> sum(
        SortedMap<Object, Long> one, SortedMap<Object, Long> other) {
      SortedMap<Object, Long> sum = new TreeMap<>(one);
      other.forEach((c, n) -> sum.merge(c, n, Long::sum));
      return sum;
    }
  }
}
