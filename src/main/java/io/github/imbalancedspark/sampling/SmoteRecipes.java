package io.github.imbalancedspark.sampling;

import io.github.imbalancedspark.core.Plural;
import io.github.imbalancedspark.core.sampling.SmoteVariant;
import io.github.imbalancedspark.internal.Columns;
import io.github.imbalancedspark.internal.Terms;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** How {@link Smote} makes the rows that classes lack, from the rows that there are. */
final class SmoteRecipes {

  private final Smote smote;
  private final Dataset<Row> rows;
  private final StructType schema;
  private final String purpose;

  SmoteRecipes(Smote smote, Dataset<Row> rows) {
    this.smote = smote;
    this.rows = rows;
    schema = rows.schema();
    purpose = Odds.purpose(Smote.class, schema, smote.getLabelCol());
  }

  /**
   * Returns how to make the missing rows of each class.
   *
   * @param counts class → number of rows
   * @param missing class → rows to make, at least one
   */
  List<Resampling> of(SortedMap<Object, Long> counts, SortedMap<Object, Long> missing) {
    Set<Object> gathered = new HashSet<>();
    for (Object c : missing.keySet()) {
      requireNeighbours(c, counts.get(c));
      if (counts.get(c) <= smote.getMaxBroadcastMinority()) {
        gathered.add(c);
      } else {
        requireApproximable(c, counts.get(c));
      }
    }
    FeatureTally.Found found =
        FeatureTally.find(rows, smote.getLabelCol(), smote.getFeaturesCol(), gathered);
    FeatureSpace space =
        FeatureSpace.of(
            smote.getFeaturesCol(),
            found.deviations(),
            smote.getCategoricalFeatures(),
            smote.getStandardization());
    List<Resampling> recipes = new ArrayList<>();
    missing.forEach(
        (c, wanted) ->
            recipes.add(
                gathered.contains(c)
                    ? fromGathered(c, found.rows().get(c), wanted, space)
                    : fromLarge(c, wanted, space)));
    return recipes;
  }

  private Resampling fromLarge(Object c, long wanted, FeatureSpace space) {
    LargeMinority large =
        new LargeMinority(hash(), tieBreaker(), space, smote.getK(), smote.getSeed());
    Dataset<Row> made = large.make(rows.filter(isOfClass(c)), smote.getLabelCol(), wanted, kept());
    return all -> made;
  }

  private Resampling fromGathered(Object c, List<Row> gathered, long wanted, FeatureSpace space) {
    Minority minority =
        Minority.of(rows.sparkSession(), gathered, schema, hash(), tieBreaker(), space);
    long[] copies = copies(c, minority, wanted, space);
    int[] bases = IntStream.range(0, copies.length).filter(i -> copies[i] > 0).toArray();
    int[][] nearest =
        minority.nearest(
            rows.sparkSession(), bases, Math.min(smote.getK(), minority.rows().length - 1));
    SyntheticRows recipe =
        new SyntheticRows(
            minority.rows(),
            minority.hashes(),
            minority.features(),
            nearest,
            copies,
            space.isCategorical(),
            kept(),
            schema.fieldIndex(smote.getFeaturesCol()));
    StructType made = nullable(); // so that what is returned does not hold on to the dataset
    return all -> SyntheticRows.create(all.sparkSession(), recipe, made);
  }

  /** Returns how many rows to make from each of the minority's. */
  private long[] copies(Object c, Minority minority, long wanted, FeatureSpace space) {
    SmoteVariant kind = SmoteVariant.of(smote.getVariant());
    int nearest = kind == SmoteVariant.BORDERLINE1 ? smote.getM() : smote.getK();
    int[] others =
        kind == SmoteVariant.SMOTE
            ? new int[0]
            : minority.othersAround(rows, isOfClass(c), space, nearest);
    long[] copies = kind.copies(others, minority.rows().length, nearest, wanted);
    if (Arrays.stream(copies).sum() == 0) {
      throw new IllegalArgumentException(
          String.format(
              "variant: is '%s', but no row of class %s is %s; use smote",
              smote.getVariant(),
              c,
              kind == SmoteVariant.ADASYN ? "near another class" : "in danger on the border"));
    }
    return copies;
  }

  private Column isOfClass(Object c) {
    return Columns.named(smote.getLabelCol()).equalTo(functions.lit(c));
  }

  private Column hash() {
    return RowHash.of(schema, smote.keyColumn(), "keyCol", purpose, smote.getSeed());
  }

  private Column tieBreaker() {
    return RowHash.ofHashableColumns(schema, purpose + " ties", smote.getSeed());
  }

  private void requireApproximable(Object c, long present) {
    if (SmoteVariant.of(smote.getVariant()) != SmoteVariant.SMOTE
        || smote.getCategoricalFeatures().length > 0) {
      throw new IllegalArgumentException(
          String.format(
              "maxBroadcastMinority: class %s of column '%s' has %d rows, more than %d, and %s need"
                  + " them all in one place; raise it if they fit into memory, or use smote"
                  + " on numeric features",
              c,
              smote.getLabelCol(),
              present,
              smote.getMaxBroadcastMinority(),
              smote.getCategoricalFeatures().length > 0
                  ? Terms.of("categoricalFeatures")
                  : "the neighbours of " + smote.getVariant()));
    }
  }

  private void requireNeighbours(Object c, long present) {
    if (present <= (smote.getFewerNeighbors() ? 1 : smote.getK())) {
      throw new IllegalArgumentException(
          String.format(
              "k: is %d, but class %s of column '%s' has only %s; %s",
              smote.getK(),
              c,
              smote.getLabelCol(),
              Plural.of(present, "row"),
              present > 1
                  ? "set it to " + (present - 1) + " or less, or take more data"
                  : "one row has no neighbours: repeat it by over-sampling instead"));
    }
  }

  private boolean[] kept() {
    boolean[] kept = new boolean[schema.length()];
    Arrays.fill(kept, smote.getOtherColumns().equals("copy"));
    kept[schema.fieldIndex(smote.getLabelCol())] = true;
    return kept;
  }

  private StructType nullable() {
    return new StructType(
        Arrays.stream(schema.fields())
            .map(f -> new StructField(f.name(), f.dataType(), true, f.metadata()))
            .toArray(StructField[]::new));
  }
}
