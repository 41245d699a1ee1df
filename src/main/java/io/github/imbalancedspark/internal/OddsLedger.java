package io.github.imbalancedspark.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;

/**
 * The record, in a column's metadata, of what each stage did to the odds of the classes. A
 * weighting stage writes on the weight column it makes, a sampling stage on the label column.
 * Whoever multiplies the factors up knows how far the odds that a model learns are from the
 * population's.
 */
public final class OddsLedger {

  private static final String KEY = "imbalanced_spark_ledger";

  private OddsLedger() {}

  /**
   * What one stage did.
   *
   * @param stage its uid
   * @param labelCol the label column whose classes it told apart
   * @param factors class → Σ weight after / Σ weight before, over the class's rows
   * @param exact whether the factor holds for every row of the class, and no row is synthetic
   */
  public record Entry(
      String stage, String labelCol, SortedMap<Double, Double> factors, boolean exact) {

    public Entry {
      factors = Collections.unmodifiableSortedMap(new TreeMap<>(factors));
    }
  }

  /** Returns {@code metadata} with one more entry; all else in it stays. */
  public static Metadata append(Metadata metadata, Entry entry) {
    List<Metadata> entries = new ArrayList<>(metadataOf(metadata));
    entries.add(
        new MetadataBuilder()
            .putString("stage", entry.stage)
            .putString("labelCol", entry.labelCol)
            .putDoubleArray("classes", unbox(entry.factors.keySet()))
            .putDoubleArray("factors", unbox(entry.factors.values()))
            .putBoolean("exact", entry.exact)
            .build());
    return new MetadataBuilder()
        .withMetadata(metadata)
        .putMetadataArray(KEY, entries.toArray(new Metadata[0]))
        .build();
  }

  /** Returns the entries in {@code metadata}, oldest first. */
  public static List<Entry> read(Metadata metadata) {
    return metadataOf(metadata).stream().map(OddsLedger::entry).toList();
  }

  private static List<Metadata> metadataOf(Metadata metadata) {
    return metadata.contains(KEY) ? Arrays.asList(metadata.getMetadataArray(KEY)) : List.of();
  }

  private static Entry entry(Metadata metadata) {
    double[] classes = metadata.getDoubleArray("classes");
    double[] factors = metadata.getDoubleArray("factors");
    SortedMap<Double, Double> byClass = new TreeMap<>();
    for (int k = 0; k < classes.length; k++) {
      byClass.put(classes[k], factors[k]);
    }
    return new Entry(
        metadata.getString("stage"),
        metadata.getString("labelCol"),
        byClass,
        metadata.getBoolean("exact"));
  }

  private static double[] unbox(Iterable<Double> values) {
    List<Double> list = new ArrayList<>();
    values.forEach(list::add);
    return list.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
