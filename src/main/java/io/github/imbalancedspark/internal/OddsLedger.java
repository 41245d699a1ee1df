package io.github.imbalancedspark.internal;

import io.github.imbalancedspark.core.weights.OddsFactors.Factor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The record, in a column's metadata, of what each stage did to the odds of the classes. A
 * weighting stage writes on the weight column it makes, a sampling stage on the label column.
 * Whoever multiplies the factors up knows how far the odds that a model learns are from the
 * population's.
 */
public final class OddsLedger {

  private static final Logger LOG = LoggerFactory.getLogger(OddsLedger.class);
  private static final String REMEDY = "set populationRate";

  private static final Set<Double> BINARY = Set.of(0.0, 1.0);

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

    private Entry recode(String to, double negative, double positive) {
      SortedMap<Double, Double> recoded = new TreeMap<>();
      factors.forEach(
          (c, factor) -> {
            if (c == negative || c == positive) {
              recoded.put(c == positive ? 1.0 : 0.0, factor);
            }
          });
      return new Entry(stage, to, recoded, exact);
    }

    /** Returns the factor of class 1 over that of class 0: unknown if one is not there. */
    private Factor ofOdds(boolean areKnown) {
      if (!factors.keySet().containsAll(BINARY)) {
        String what =
            String.format(
                "tells the classes %s of '%s' apart, not 0 and 1", factors.keySet(), labelCol);
        return unknown(stage, what, areKnown);
      }
      return new Factor(
          stage, factors.get(1.0) / factors.get(0.0), exact && factors.size() == BINARY.size());
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

  /**
   * Returns the ledger in {@code metadata}, and nothing else, with the entries about a label as
   * they are when its classes become 0 and 1.
   *
   * @param from the label's name in the entries
   * @param to the label's name from now on
   * @param negative the class that becomes 0
   * @param positive the class that becomes 1
   */
  public static Metadata recode(
      Metadata metadata, String from, String to, double negative, double positive) {
    Metadata recoded = Metadata.empty();
    for (Entry entry : read(metadata)) {
      recoded =
          append(
              recoded, entry.labelCol.equals(from) ? entry.recode(to, negative, positive) : entry);
    }
    return recoded;
  }

  /**
   * Returns by what each stage multiplied the odds of class 1 in the rows that a fit on these
   * columns sees, one factor a stage. A stage that weighted or sampled by another label than the
   * fit's counts as 1, not exact, and a warning says so.
   *
   * @param weightColOrNull the fit's weight column; weights in others are not read
   * @param areKnown whether the population's odds are known, so that a stage whose part in them is
   *     not counts as 1 and exact: the population's odds will make up for it
   */
  public static List<Factor> factors(
      StructType schema, String labelCol, String weightColOrNull, boolean areKnown) {
    Map<String, Factor> byStage = new LinkedHashMap<>();
    for (Entry entry : read(schema.apply(labelCol).metadata())) {
      byStage.merge(entry.stage, entry.ofOdds(areKnown), OddsLedger::both);
    }
    if (weightColOrNull != null) {
      for (Entry entry : read(schema.apply(weightColOrNull).metadata())) {
        byStage.merge(
            entry.stage,
            entry.labelCol.equals(labelCol)
                ? entry.ofOdds(areKnown)
                : ofAnotherLabel(entry, labelCol, areKnown),
            OddsLedger::both);
      }
    }
    for (StructField field : schema.fields()) {
      for (Entry entry : read(field.metadata())) {
        if (entry.labelCol.equals(field.name()) && !byStage.containsKey(entry.stage)) {
          byStage.put(entry.stage, ofAnotherLabel(entry, labelCol, areKnown));
        }
      }
    }
    return List.copyOf(byStage.values());
  }

  private static Factor ofAnotherLabel(Entry entry, String labelCol, boolean areKnown) {
    String what =
        String.format(
            "changes the classes of '%s', and the label is '%s'", entry.labelCol, labelCol);
    return unknown(entry.stage, what, areKnown);
  }

  private static Factor unknown(String stage, String what, boolean areKnown) {
    if (!areKnown) {
      LOG.warn("{} {}: what it did to the odds is unknown; {}", stage, what, Terms.of(REMEDY));
    }
    return new Factor(stage, 1, areKnown);
  }

  private static Factor both(Factor one, Factor other) {
    return new Factor(one.cause(), one.value() * other.value(), one.exact() && other.exact());
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
