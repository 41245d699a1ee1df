package io.github.imbalancedspark.sampling;

import static io.github.imbalancedspark.internal.Validators.check;
import static io.github.imbalancedspark.internal.Validators.integer;
import static io.github.imbalancedspark.internal.Validators.oneOf;

import io.github.imbalancedspark.core.sampling.SamplingMethod;
import io.github.imbalancedspark.core.sampling.SamplingStrategy;
import io.github.imbalancedspark.core.sampling.SmoteVariant;
import io.github.imbalancedspark.internal.Columns;
import io.github.imbalancedspark.internal.StageIo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Adds synthetic rows to rare classes: each lies on the segment between a real row and one of its
 * {@code k} nearest neighbours of the same class, chosen at random, at a random place.
 *
 * <pre>{@code
 * new Smote().setSamplingStrategy(0.5).resample(rows); // 1 positive to 2 negatives
 * }</pre>
 *
 * <p>{@code samplingStrategy} says how many rows each class shall have, as {@link SamplingStrategy}
 * reads it for over-sampling; counts are exact. {@code variant} says from which rows the synthetic
 * ones are made:
 *
 * <ul>
 *   <li>{@code smote}: from each alike (Chawla, Bowyer, Hall, Kegelmeyer, JAIR 16, 2002);
 *   <li>{@code borderline1}: from those alike of whose {@code m} nearest rows of any class at least
 *       half, but not all, are of other classes (Han, Wang, Mao, ICIC 2005);
 *   <li>{@code adasyn}: from each in proportion to the number of rows of other classes among its
 *       {@code k} nearest rows of any class (He, Bai, Garcia, Li, IJCNN 2008).
 * </ul>
 *
 * <p>Distances are Euclidean, of features divided by their standard deviations over all rows if
 * {@code standardization}. Features in {@code categoricalFeatures} hold codes: two different ones
 * are as far apart as the median of the other features' deviations in the class, and a synthetic
 * row gets the code most frequent among the neighbours, if there are several the nearest one's
 * (SMOTE-NC, in the first of these papers).
 *
 * <p>A class of up to {@code maxBroadcastMinority} rows is gathered on the driver and broadcast,
 * and neighbours are exact. A larger one stays where it is, and neighbours are those that Spark's
 * {@code BucketedRandomProjectionLSH} finds: for the variant {@code smote} without categories. A
 * row for which it finds none is repeated. Real rows stay as they are; columns other than label and
 * features are copied from the real row that a synthetic one starts at, or null ({@code
 * otherColumns}); {@code syntheticCol} says which rows are synthetic. The same rows are made
 * whatever the order and partitioning of the input: random numbers come from the real rows' hashes,
 * keyed by {@code seed}, of {@code keyCol} or else of all columns. The labels are counted first,
 * and one pass over all columns finds the deviations and gathers the class; {@code borderline1} and
 * {@code adasyn} compare every row of the dataset with every one of the class, in one more.
 *
 * <p>The broadcast lives as long as the returned dataset is used. The ledger entry on the label
 * column is not exact, as rows are synthetic.
 *
 * <p>Throws {@link IllegalArgumentException} for labels that are null or NaN, features that are
 * null, NaN or infinite, fewer than two classes, a class with more rows than {@code
 * maxBroadcastMinority} where neighbours must be exact, one with fewer than {@code k} + 1 rows
 * unless {@code fewerNeighbors}, and one without any row to start at.
 */
public class Smote extends Sampler<Smote> {

  private static final long serialVersionUID = 1L;

  private final Param<String> featuresCol;
  private final Param<String> samplingStrategy;
  private final Param<String> variant;
  private final IntParam k;
  private final IntParam m;
  private final BooleanParam fewerNeighbors;
  private final BooleanParam standardization;
  private final IntArrayParam categoricalFeatures;
  private final IntParam maxBroadcastMinority;
  private final Param<String> otherColumns;
  private final Param<String> syntheticCol;

  /** Makes a sampler with a random uid. */
  public Smote() {
    this(Identifiable$.MODULE$.randomUID("smote"));
  }

  /** Makes a sampler with a given uid. */
  public Smote(String uid) {
    super(uid);
    featuresCol = new Param<>(this, "featuresCol", "column of feature vectors");
    samplingStrategy =
        new Param<>(
            this,
            "samplingStrategy",
            "rows wanted: auto, all, minority, not majority, not minority, a ratio in (0, 1] of the"
                + " smaller to the larger class, counts(class=rows, ...) or"
                + " fractions(class=fraction, ...)");
    variant =
        new Param<>(
            this,
            "variant",
            "which rows synthetic ones are made from: smote, borderline1 or adasyn",
            oneOf("smote", "borderline1", "adasyn"));
    k = new IntParam(this, "k", "neighbours to choose from, >= 1", integer(v -> v >= 1));
    m =
        new IntParam(
            this,
            "m",
            "nearest rows of any class that say whether a row is in danger, for borderline1, >= 1",
            integer(v -> v >= 1));
    fewerNeighbors =
        new BooleanParam(
            this,
            "fewerNeighbors",
            "whether a class of k rows or fewer makes do with fewer neighbours; else it is an error");
    standardization =
        new BooleanParam(
            this,
            "standardization",
            "whether distances are of features divided by their standard deviations");
    categoricalFeatures =
        new IntArrayParam(
            this,
            "categoricalFeatures",
            "numbers of the features that hold codes of categories",
            check(
                int[].class,
                v -> Arrays.stream((int[]) v).distinct().count() == ((int[]) v).length));
    maxBroadcastMinority =
        new IntParam(
            this,
            "maxBroadcastMinority",
            "most rows of a class that are gathered and broadcast, >= 2; neighbours in a larger one are"
                + " approximate",
            integer(v -> v >= 2));
    otherColumns =
        new Param<>(
            this,
            "otherColumns",
            "what synthetic rows hold in columns other than label and features: copy, of the real"
                + " row they start at, or null",
            oneOf("copy", "null"));
    syntheticCol =
        new Param<>(
            this, "syntheticCol", "new column that says which rows are synthetic; none if empty");
    setDefault(featuresCol, "features");
    setDefault(samplingStrategy, "auto");
    setDefault(variant, "smote");
    setDefault(k, 5);
    setDefault(m, 10);
    setDefault(fewerNeighbors, false);
    setDefault(standardization, true);
    setDefault(categoricalFeatures, new int[0]);
    setDefault(maxBroadcastMinority, 100_000);
    setDefault(otherColumns, "copy");
    setDefault(syntheticCol, "synthetic");
  }

  @Override
  Resampling plan(Dataset<?> dataset) {
    Dataset<Row> rows = dataset.toDF();
    SortedMap<Object, Long> counts = LabelCounts.of(rows, getLabelCol());
    SortedMap<Object, Double> rates = new TreeMap<>();
    SortedMap<Object, Long> missing = missing(counts, rates);
    List<Resampling> recipes = missing.isEmpty() ? List.of() : recipes(rows, counts, missing);
    return all -> {
      Dataset<Row> result = mark(all.toDF(), false);
      for (Resampling recipe : recipes) {
        result = result.union(mark(recipe.of(all), true));
      }
      return Odds.record(result, uid(), getLabelCol(), rates, recipes.isEmpty());
    };
  }

  private Dataset<Row> mark(Dataset<Row> rows, boolean synthetic) {
    return getSyntheticCol().isEmpty()
        ? rows
        : rows.withColumn(getSyntheticCol(), functions.lit(synthetic));
  }

  /** Returns class → rows to make, where there are any, and fills in class → growth. */
  private SortedMap<Object, Long> missing(
      SortedMap<Object, Long> counts, SortedMap<Object, Double> rates) {
    SortedMap<Double, Long> present = new TreeMap<>();
    counts.forEach((c, n) -> present.put(((Number) c).doubleValue(), n));
    SortedMap<Double, Long> targets =
        SamplingStrategy.parse(getSamplingStrategy()).targets(present, SamplingMethod.OVER);
    SortedMap<Object, Long> missing = new TreeMap<>();
    counts.forEach(
        (c, n) -> {
          long target = targets.get(((Number) c).doubleValue());
          rates.put(c, target / (double) n);
          if (target > n) {
            missing.put(c, target - n);
          }
        });
    return missing;
  }

  /** Returns how to make the missing rows of each class. */
  private List<Resampling> recipes(
      Dataset<Row> rows, SortedMap<Object, Long> counts, SortedMap<Object, Long> missing) {
    Set<Object> gathered = new HashSet<>();
    for (Object c : missing.keySet()) {
      requireNeighbours(c, counts.get(c));
      if (counts.get(c) <= getMaxBroadcastMinority()) {
        gathered.add(c);
      } else {
        requireApproximable(c, counts.get(c));
      }
    }
    FeatureTally.Found found = FeatureTally.find(rows, getLabelCol(), getFeaturesCol(), gathered);
    FeatureSpace space =
        FeatureSpace.of(
            getFeaturesCol(), found.deviations(), getCategoricalFeatures(), getStandardization());
    List<Resampling> recipes = new ArrayList<>();
    missing.forEach(
        (c, wanted) ->
            recipes.add(
                gathered.contains(c)
                    ? fromGathered(rows, c, found.rows().get(c), wanted, space)
                    : fromLarge(rows, c, wanted, space)));
    return recipes;
  }

  private Resampling fromLarge(Dataset<Row> rows, Object c, long wanted, FeatureSpace space) {
    StructType schema = rows.schema();
    LargeMinority large =
        new LargeMinority(hash(schema), tieBreaker(schema), space, getK(), getSeed());
    Dataset<Row> made = large.make(rows.filter(isOfClass(c)), getLabelCol(), wanted, kept(schema));
    return all -> made;
  }

  private Resampling fromGathered(
      Dataset<Row> rows, Object c, List<Row> gathered, long wanted, FeatureSpace space) {
    StructType schema = rows.schema();
    Minority minority =
        Minority.of(rows.sparkSession(), gathered, schema, hash(schema), tieBreaker(schema), space);
    long[] copies = copies(rows, c, minority, wanted, space);
    int[] bases = IntStream.range(0, copies.length).filter(i -> copies[i] > 0).toArray();
    int[][] nearest =
        minority.nearest(rows.sparkSession(), bases, Math.min(getK(), minority.rows().length - 1));
    SyntheticRows recipe =
        new SyntheticRows(
            minority.rows(),
            minority.hashes(),
            minority.features(),
            nearest,
            copies,
            space.isCategorical(),
            kept(schema),
            schema.fieldIndex(getFeaturesCol()));
    return all -> SyntheticRows.create(all.sparkSession(), recipe, nullable(schema));
  }

  /** Returns how many rows to make from each of the minority's. */
  private long[] copies(
      Dataset<Row> rows, Object c, Minority minority, long wanted, FeatureSpace space) {
    SmoteVariant kind = SmoteVariant.of(getVariant());
    int nearest = kind == SmoteVariant.BORDERLINE1 ? getM() : getK();
    int[] others =
        kind == SmoteVariant.SMOTE
            ? new int[0]
            : minority.othersAround(rows, isOfClass(c), space, nearest);
    long[] copies = kind.copies(others, minority.rows().length, nearest, wanted);
    if (Arrays.stream(copies).sum() == 0) {
      throw new IllegalArgumentException(
          String.format(
              "variant: is '%s', but no row of class %s is %s; use smote",
              getVariant(),
              c,
              kind == SmoteVariant.ADASYN ? "near another class" : "in danger on the border"));
    }
    return copies;
  }

  private Column isOfClass(Object c) {
    return Columns.named(getLabelCol()).equalTo(functions.lit(c));
  }

  private Column hash(StructType schema) {
    return RowHash.of(schema, keyColumn(), "keyCol", purpose(schema), getSeed());
  }

  private Column tieBreaker(StructType schema) {
    return RowHash.ofHashableColumns(schema, purpose(schema) + " ties", getSeed());
  }

  private String purpose(StructType schema) {
    return Odds.purpose(getClass(), schema, getLabelCol());
  }

  private void requireApproximable(Object c, long present) {
    if (SmoteVariant.of(getVariant()) != SmoteVariant.SMOTE
        || getCategoricalFeatures().length > 0) {
      throw new IllegalArgumentException(
          String.format(
              "maxBroadcastMinority: class %s of column '%s' has %d rows, more than %d, and %s need"
                  + " them all in one place; raise it if they fit into memory, or use the variant"
                  + " smote on numeric features",
              c,
              getLabelCol(),
              present,
              getMaxBroadcastMinority(),
              getCategoricalFeatures().length > 0
                  ? "categoricalFeatures"
                  : "the neighbours of " + getVariant()));
    }
  }

  private void requireNeighbours(Object c, long present) {
    if (present <= (getFewerNeighbors() ? 1 : getK())) {
      throw new IllegalArgumentException(
          String.format(
              "k: is %d, but class %s of column '%s' has only %d rows; %s",
              getK(),
              c,
              getLabelCol(),
              present,
              present > 1
                  ? "lower k, or set fewerNeighbors to true"
                  : "one row has no neighbours: use StratifiedResampler"));
    }
  }

  private boolean[] kept(StructType schema) {
    boolean[] kept = new boolean[schema.length()];
    Arrays.fill(kept, getOtherColumns().equals("copy"));
    kept[schema.fieldIndex(getLabelCol())] = true;
    return kept;
  }

  private static StructType nullable(StructType schema) {
    return new StructType(
        Arrays.stream(schema.fields())
            .map(f -> new StructField(f.name(), f.dataType(), true, f.metadata()))
            .toArray(StructField[]::new));
  }

  @Override
  public StructType transformSchema(StructType schema) {
    Columns.requireNumeric(schema, getLabelCol(), "labelCol");
    StructField features = Columns.require(schema, getFeaturesCol(), "featuresCol");
    if (!features.dataType().equals(SQLDataTypes.VectorType())) {
      throw new IllegalArgumentException(
          String.format(
              "featuresCol: column '%s' is of type %s; it must be a vector: use a VectorAssembler",
              getFeaturesCol(), features.dataType().simpleString()));
    }
    return super.transformSchema(schema);
  }

  @Override
  Smote self() {
    return this;
  }

  /** Column of feature vectors. Default: features. */
  public Param<String> featuresCol() {
    return featuresCol;
  }

  /** Returns {@link #featuresCol}. */
  public String getFeaturesCol() {
    return getOrDefault(featuresCol);
  }

  /** Sets {@link #featuresCol}. */
  public Smote setFeaturesCol(String value) {
    set(featuresCol, value);
    return this;
  }

  /** Rows wanted of each class, as {@link SamplingStrategy} reads it. Default: auto. */
  public Param<String> samplingStrategy() {
    return samplingStrategy;
  }

  /** Returns {@link #samplingStrategy}. */
  public String getSamplingStrategy() {
    return getOrDefault(samplingStrategy);
  }

  /**
   * Sets {@link #samplingStrategy}.
   *
   * @throws IllegalArgumentException if it cannot be read
   */
  public Smote setSamplingStrategy(String value) {
    SamplingStrategy.parse(value);
    set(samplingStrategy, value);
    return this;
  }

  /** Sets {@link #samplingStrategy} to a ratio of the smaller to the larger class, in (0, 1]. */
  public Smote setSamplingStrategy(double ratio) {
    return setSamplingStrategy(Double.toString(ratio));
  }

  /** Which rows synthetic ones are made from: smote, borderline1 or adasyn. Default: smote. */
  public Param<String> variant() {
    return variant;
  }

  /** Returns {@link #variant}. */
  public String getVariant() {
    return getOrDefault(variant);
  }

  /** Sets {@link #variant}. */
  public Smote setVariant(String value) {
    set(variant, value);
    return this;
  }

  /** Neighbours to choose from, ≥ 1. Default: 5. */
  public IntParam k() {
    return k;
  }

  /** Returns {@link #k}. */
  public int getK() {
    return (int) getOrDefault(k);
  }

  /** Sets {@link #k}. */
  public Smote setK(int value) {
    set(k, value);
    return this;
  }

  /** Nearest rows of any class that {@code borderline1} looks at, ≥ 1. Default: 10. */
  public IntParam m() {
    return m;
  }

  /** Returns {@link #m}. */
  public int getM() {
    return (int) getOrDefault(m);
  }

  /** Sets {@link #m}. */
  public Smote setM(int value) {
    set(m, value);
    return this;
  }

  /**
   * Whether a class of k rows or fewer makes do with fewer neighbours. Default: false, an error.
   */
  public BooleanParam fewerNeighbors() {
    return fewerNeighbors;
  }

  /** Returns {@link #fewerNeighbors}. */
  public boolean getFewerNeighbors() {
    return (boolean) getOrDefault(fewerNeighbors);
  }

  /** Sets {@link #fewerNeighbors}. */
  public Smote setFewerNeighbors(boolean value) {
    set(fewerNeighbors, value);
    return this;
  }

  /** Whether distances are of features over their standard deviations. Default: true. */
  public BooleanParam standardization() {
    return standardization;
  }

  /** Returns {@link #standardization}. */
  public boolean getStandardization() {
    return (boolean) getOrDefault(standardization);
  }

  /** Sets {@link #standardization}. */
  public Smote setStandardization(boolean value) {
    set(standardization, value);
    return this;
  }

  /** Numbers of the features that hold codes of categories. Default: none. */
  public IntArrayParam categoricalFeatures() {
    return categoricalFeatures;
  }

  /** Returns {@link #categoricalFeatures}. */
  public int[] getCategoricalFeatures() {
    return getOrDefault(categoricalFeatures);
  }

  /** Sets {@link #categoricalFeatures}. */
  public Smote setCategoricalFeatures(int[] value) {
    set(categoricalFeatures, value);
    return this;
  }

  /**
   * Most rows of a class to gather and broadcast, ≥ 2; neighbours in a larger one are approximate.
   * Default: 100000.
   */
  public IntParam maxBroadcastMinority() {
    return maxBroadcastMinority;
  }

  /** Returns {@link #maxBroadcastMinority}. */
  public int getMaxBroadcastMinority() {
    return (int) getOrDefault(maxBroadcastMinority);
  }

  /** Sets {@link #maxBroadcastMinority}. */
  public Smote setMaxBroadcastMinority(int value) {
    set(maxBroadcastMinority, value);
    return this;
  }

  /** What synthetic rows hold in other columns: copy or null. Default: copy. */
  public Param<String> otherColumns() {
    return otherColumns;
  }

  /** Returns {@link #otherColumns}. */
  public String getOtherColumns() {
    return getOrDefault(otherColumns);
  }

  /** Sets {@link #otherColumns}. */
  public Smote setOtherColumns(String value) {
    set(otherColumns, value);
    return this;
  }

  /** New column that says which rows are synthetic; empty for none. Default: synthetic. */
  public Param<String> syntheticCol() {
    return syntheticCol;
  }

  /** Returns {@link #syntheticCol}. */
  public String getSyntheticCol() {
    return getOrDefault(syntheticCol);
  }

  /** Sets {@link #syntheticCol}. */
  public Smote setSyntheticCol(String value) {
    set(syntheticCol, value);
    return this;
  }

  /** Returns a reader of saved samplers. */
  public static MLReader<Smote> read() {
    return StageIo.reader(Smote.class, Smote::new);
  }

  /** Loads a saved sampler. */
  public static Smote load(String path) {
    return read().load(path);
  }
}
