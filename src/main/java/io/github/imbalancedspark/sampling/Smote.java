package io.github.imbalancedspark.sampling;

import io.github.imbalancedspark.core.sampling.SamplingMethod;
import io.github.imbalancedspark.core.sampling.SamplingStrategy;
import io.github.imbalancedspark.internal.Columns;
import io.github.imbalancedspark.internal.StageIo;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
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
 * {@code BucketedRandomProjectionLSH} finds: for the variant {@code smote} without categories.
 * These are near, but seldom the nearest: of 4 features, 0.58 of those chosen are among the {@code
 * k} nearest of 3,000 rows, 0.20 of 20,000; so where there is memory, raise {@code
 * maxBroadcastMinority}. A row for which it finds none is repeated. Real rows stay as they are;
 * columns other than label and features are copied from the real row that a synthetic one starts
 * at, or null ({@code otherColumns}); {@code syntheticCol} says which rows are synthetic. The same
 * rows are made whatever the order and partitioning of the input: random numbers come from the real
 * rows' hashes, keyed by {@code seed}, of {@code keyCol} or else of all columns. The labels are
 * counted first, and one pass over all columns finds the deviations and gathers the class; {@code
 * borderline1} and {@code adasyn} compare every row of the dataset with every one of the class, in
 * one more.
 *
 * <p>The broadcast lives as long as the returned dataset is used. The ledger entry on the label
 * column is not exact, as rows are synthetic.
 *
 * <p>Throws {@link IllegalArgumentException} for labels that are null or NaN, features that are
 * null, NaN or infinite, fewer than two classes, a class with more rows than {@code
 * maxBroadcastMinority} where neighbours must be exact, one with fewer than {@code k} + 1 rows
 * unless {@code fewerNeighbors}, and one without any row to start at.
 */
public class Smote extends Sampler<Smote> implements SmoteParams {

  private static final long serialVersionUID = 1L;

  private final SmoteParamSet paramSet;

  /** Makes a sampler with a random uid. */
  public Smote() {
    this(Identifiable$.MODULE$.randomUID("smote"));
  }

  /** Makes a sampler with a given uid. */
  public Smote(String uid) {
    super(uid);
    paramSet = new SmoteParamSet(this);
    setDefault(featuresCol(), "features");
    setDefault(samplingStrategy(), "auto");
    setDefault(variant(), "smote");
    setDefault(k(), 5);
    setDefault(m(), 10);
    setDefault(fewerNeighbors(), false);
    setDefault(standardization(), true);
    setDefault(categoricalFeatures(), new int[0]);
    setDefault(maxBroadcastMinority(), 100_000);
    setDefault(otherColumns(), "copy");
    setDefault(syntheticCol(), "synthetic");
  }

  @Override
  public SmoteParamSet paramSet() {
    return paramSet;
  }

  @Override
  Resampling plan(Dataset<?> dataset) {
    Dataset<Row> rows = dataset.toDF();
    SortedMap<Object, Long> counts = LabelCounts.of(rows, getLabelCol());
    SortedMap<Object, Double> rates = new TreeMap<>();
    SortedMap<Object, Long> missing = missing(counts, rates);
    List<Resampling> recipes =
        missing.isEmpty() ? List.of() : new SmoteRecipes(this, rows).of(counts, missing);
    SortedMap<Object, Long> targets = new TreeMap<>(counts);
    missing.forEach((c, n) -> targets.merge(c, n, Long::sum));
    log(getVariant(), counts, targets);
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

  /** Sets {@link #featuresCol}. */
  public Smote setFeaturesCol(String value) {
    set(featuresCol(), value);
    return this;
  }

  /**
   * Sets {@link #samplingStrategy}.
   *
   * @throws IllegalArgumentException if it cannot be read
   */
  public Smote setSamplingStrategy(String value) {
    SamplingStrategy.parse(value);
    set(samplingStrategy(), value);
    return this;
  }

  /** Sets {@link #samplingStrategy} to a ratio of the smaller to the larger class, in (0, 1]. */
  public Smote setSamplingStrategy(double ratio) {
    return setSamplingStrategy(Double.toString(ratio));
  }

  /** Sets {@link #variant}. */
  public Smote setVariant(String value) {
    set(variant(), value);
    return this;
  }

  /** Sets {@link #k}. */
  public Smote setK(int value) {
    set(k(), value);
    return this;
  }

  /** Sets {@link #m}. */
  public Smote setM(int value) {
    set(m(), value);
    return this;
  }

  /** Sets {@link #fewerNeighbors}. */
  public Smote setFewerNeighbors(boolean value) {
    set(fewerNeighbors(), value);
    return this;
  }

  /** Sets {@link #standardization}. */
  public Smote setStandardization(boolean value) {
    set(standardization(), value);
    return this;
  }

  /** Sets {@link #categoricalFeatures}. */
  public Smote setCategoricalFeatures(int[] value) {
    set(categoricalFeatures(), value);
    return this;
  }

  /** Sets {@link #maxBroadcastMinority}. */
  public Smote setMaxBroadcastMinority(int value) {
    set(maxBroadcastMinority(), value);
    return this;
  }

  /** Sets {@link #otherColumns}. */
  public Smote setOtherColumns(String value) {
    set(otherColumns(), value);
    return this;
  }

  /** Sets {@link #syntheticCol}. */
  public Smote setSyntheticCol(String value) {
    set(syntheticCol(), value);
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
