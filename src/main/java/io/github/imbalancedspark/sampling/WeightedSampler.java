package io.github.imbalancedspark.sampling;

import static io.github.imbalancedspark.internal.Validators.check;

import io.github.imbalancedspark.internal.Columns;
import io.github.imbalancedspark.internal.StageIo;
import io.github.imbalancedspark.internal.Terms;
import io.github.imbalancedspark.internal.Validators;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleArrayArrayParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Draws exactly {@code numSamples} rows, each with a probability proportional to its weight, as
 * PyTorch's {@code WeightedRandomSampler} does:
 *
 * <pre>{@code
 * new WeightedSampler().setBalanced(true).resample(rows); // both classes equally often
 * }</pre>
 *
 * <p>A row's weight is its entry in {@code samplingWeightCol} (1 if not set) times its class's:
 * 1/n_c if {@code balanced}, else its entry in {@code classWeights}, else 1. Rows of weight 0 are
 * never drawn.
 *
 * <p>With replacement, rows are drawn independently of each other. Each row first gets a Poisson
 * number of copies, of a mean in proportion to its weight and of a few more than {@code numSamples}
 * together; then of all copies {@code numSamples}, chosen at random, stay. The first numbers are
 * multinomial given their sum, and remain so when some of the draws are taken out at random: so the
 * result is just that of {@code numSamples} draws. Without replacement, row after row is drawn from
 * those that are left: these are the rows with the smallest −log(u)/w (Efraimidis, Spirakis,
 * Information Processing Letters 97, 2006).
 *
 * <p>All random numbers are hashes, keyed by {@code seed}, of {@code keyCol} or, without one, of
 * all columns. So the same rows are drawn in any order and partitioning. Rows with the same key, or
 * without one equal rows, share their random numbers; set a key if equal rows shall be drawn
 * independently of each other.
 *
 * <p>All columns stay. A few passes over the weights and the hashed columns find the threshold;
 * there is no limit to the number of rows, and nothing is shuffled but the rows that share the one
 * random number at which the sample is cut, if there are several, as rows with the same key do: a
 * second hash, of all columns, then chooses, in one task. The ledger entry on the label column, if
 * there is one, says by which factor each class has grown or shrunk; it is exact when there is no
 * {@code samplingWeightCol}.
 *
 * <p>Throws {@link IllegalArgumentException} for weights that are null, NaN, negative or infinite,
 * that are all zero or sum to infinity, and for more samples without replacement than rows of
 * positive weight.
 */
public class WeightedSampler extends Sampler<WeightedSampler> {

  private static final long serialVersionUID = 1L;

  private final LongParam numSamples;
  private final BooleanParam replacement;
  private final Param<String> samplingWeightCol;
  private final DoubleArrayArrayParam classWeights;
  private final BooleanParam balanced;

  /** Makes a sampler with a random uid. */
  public WeightedSampler() {
    this(Identifiable$.MODULE$.randomUID("weightedSampler"));
  }

  /** Makes a sampler with a given uid. */
  public WeightedSampler(String uid) {
    super(uid);
    numSamples =
        new LongParam(
            this,
            "numSamples",
            "number of rows to draw, >= 1; when not set, as many as there are",
            check(Long.class, v -> (long) v >= 1));
    replacement =
        new BooleanParam(this, "replacement", "whether a row may be drawn more than once");
    samplingWeightCol =
        new Param<>(
            this,
            "samplingWeightCol",
            "column of sampling weights, finite and >= 0; when not set, 1");
    classWeights =
        new DoubleArrayArrayParam(
            this,
            "classWeights",
            "pairs [class, weight] of different classes, weights finite and >= 0; a class that is not"
                + " named has weight 1",
            Validators.classWeights(weight -> weight >= 0));
    balanced =
        new BooleanParam(
            this,
            "balanced",
            "whether a row's weight is divided by the number of rows of its class");
    setDefault(balanced, false);
    setDefault(replacement, true);
  }

  @Override
  Resampling plan(Dataset<?> dataset) {
    StructType schema = dataset.schema();
    boolean labelled = Columns.has(schema, getLabelCol());
    SortedMap<Object, Long> counts =
        labelled ? LabelCounts.of(dataset, getLabelCol()) : new TreeMap<>();
    Column weight = weight(counts);
    WeightTotals totals =
        WeightTotals.of(dataset, givenWeight(), givenName(), weight, weightName());
    long wanted = isDefined(numSamples) ? getNumSamples() : totals.rows();
    String purpose = labelled ? Odds.purpose(getClass(), schema, getLabelCol()) : "";
    WeightedDraw draw =
        new WeightedDraw(
            weight,
            totals,
            RowHash.of(schema, keyColumn(), "keyCol", purpose, getSeed()),
            RowHash.ofHashableColumns(schema, purpose + " ties", getSeed()));
    Resampling drawn =
        getReplacement()
            ? draw.withReplacement(dataset.toDF(), wanted)
            : draw.withoutReplacement(dataset.toDF(), wanted);
    if (!labelled) {
      return drawn;
    }
    SortedMap<Object, Long> after = LabelCounts.of(drawn.of(dataset), getLabelCol());
    SortedMap<Object, Double> rates = new TreeMap<>();
    counts.forEach((c, n) -> rates.put(c, after.getOrDefault(c, 0L) / (double) n));
    return rows -> Odds.record(drawn.of(rows), uid(), getLabelCol(), rates, !hasWeightColumn());
  }

  private Column weight(SortedMap<Object, Long> counts) {
    SortedMap<Object, Double> ofClasses = new TreeMap<>();
    if (getBalanced()) {
      counts.forEach((c, n) -> ofClasses.put(c, 1.0 / n));
    } else if (isDefined(classWeights)) {
      counts.keySet().forEach(c -> ofClasses.put(c, 1.0));
      for (double[] pair : getClassWeights()) {
        counts.keySet().stream()
            .filter(c -> ((Number) c).doubleValue() == pair[0])
            .forEach(c -> ofClasses.put(c, pair[1]));
      }
    }
    return ofClasses.isEmpty()
        ? givenWeight()
        : givenWeight().multiply(PerClass.column(getLabelCol(), ofClasses, functions::lit));
  }

  private Column givenWeight() {
    return hasWeightColumn()
        ? Columns.named(getSamplingWeightCol()).cast(DataTypes.DoubleType)
        : functions.lit(1.0);
  }

  private boolean hasWeightColumn() {
    return isDefined(samplingWeightCol) && !getSamplingWeightCol().isEmpty();
  }

  private String givenName() {
    return hasWeightColumn()
        ? String.format("samplingWeightCol: column '%s'", getSamplingWeightCol())
        : "classWeights: the parameter";
  }

  private String weightName() {
    boolean both = hasWeightColumn() && isDefined(classWeights);
    return both ? givenName() + Terms.of(" times classWeights") : givenName();
  }

  @Override
  public StructType transformSchema(StructType schema) {
    if (hasWeightColumn()) {
      Columns.requireNumeric(schema, getSamplingWeightCol(), "samplingWeightCol");
    }
    if (getBalanced() && isDefined(classWeights)) {
      throw new IllegalArgumentException(
          "balanced: is true, and classWeights are set; set only one of them");
    }
    if (getBalanced() || isDefined(classWeights) || Columns.has(schema, getLabelCol())) {
      Columns.requireNumeric(schema, getLabelCol(), "labelCol");
    }
    return super.transformSchema(schema);
  }

  @Override
  WeightedSampler self() {
    return this;
  }

  /** Number of rows to draw, ≥ 1. Default: not set, as many as there are. */
  public LongParam numSamples() {
    return numSamples;
  }

  /** Returns {@link #numSamples}. */
  public long getNumSamples() {
    return (long) getOrDefault(numSamples);
  }

  /** Sets {@link #numSamples}. */
  public WeightedSampler setNumSamples(long value) {
    set(numSamples, value);
    return this;
  }

  /** Whether a row may be drawn more than once. Default: true. */
  public BooleanParam replacement() {
    return replacement;
  }

  /** Returns {@link #replacement}. */
  public boolean getReplacement() {
    return (boolean) getOrDefault(replacement);
  }

  /** Sets {@link #replacement}. */
  public WeightedSampler setReplacement(boolean value) {
    set(replacement, value);
    return this;
  }

  /** Column of sampling weights, finite and ≥ 0. Default: not set, 1. */
  public Param<String> samplingWeightCol() {
    return samplingWeightCol;
  }

  /** Returns {@link #samplingWeightCol}. */
  public String getSamplingWeightCol() {
    return getOrDefault(samplingWeightCol);
  }

  /** Sets {@link #samplingWeightCol}. */
  public WeightedSampler setSamplingWeightCol(String value) {
    set(samplingWeightCol, value);
    return this;
  }

  /**
   * Pairs [class, weight] of different classes, weights finite and ≥ 0. Default: not set, 1 for
   * every class.
   */
  public DoubleArrayArrayParam classWeights() {
    return classWeights;
  }

  /** Returns {@link #classWeights}. */
  public double[][] getClassWeights() {
    return getOrDefault(classWeights);
  }

  /** Sets {@link #classWeights}, pairs [class, weight]; a class that is not named has weight 1. */
  public WeightedSampler setClassWeights(double[][] value) {
    set(classWeights, value);
    return this;
  }

  /** Sets {@link #classWeights} to class → weight. */
  public WeightedSampler setClassWeights(Map<Double, Double> value) {
    return setClassWeights(
        value.entrySet().stream()
            .map(e -> new double[] {e.getKey(), e.getValue()})
            .toArray(double[][]::new));
  }

  /** Whether a row's weight is divided by the number of rows of its class. Default: false. */
  public BooleanParam balanced() {
    return balanced;
  }

  /** Returns {@link #balanced}. */
  public boolean getBalanced() {
    return (boolean) getOrDefault(balanced);
  }

  /** Sets {@link #balanced}. */
  public WeightedSampler setBalanced(boolean value) {
    set(balanced, value);
    return this;
  }

  /** Returns a reader of saved samplers. */
  public static MLReader<WeightedSampler> read() {
    return StageIo.reader(WeightedSampler.class, WeightedSampler::new);
  }

  /** Loads a saved sampler. */
  public static WeightedSampler load(String path) {
    return read().load(path);
  }
}
