package io.github.imbalancedspark.sampling;

import static io.github.imbalancedspark.internal.Validators.oneOf;

import io.github.imbalancedspark.core.sampling.SamplingMethod;
import io.github.imbalancedspark.core.sampling.SamplingStrategy;
import io.github.imbalancedspark.internal.Columns;
import io.github.imbalancedspark.internal.StageIo;
import io.github.imbalancedspark.sampling.ClassCopies.Cut;
import io.github.imbalancedspark.sampling.ClassHashes.Boundary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * Gives each class a wanted number of rows, by leaving rows out or repeating them:
 *
 * <pre>{@code
 * new StratifiedResampler().setSamplingStrategy(0.1).resample(rows); // 1 positive to 10 negatives
 * }</pre>
 *
 * <p>{@code samplingStrategy} and {@code method} say how many rows a class of n shall have: t, see
 * {@link SamplingStrategy}. Each of its rows is then kept ⌊t/n⌋ times, and t mod n of them, those
 * whose hashes come first, once more. The hash is keyed by {@code seed} and taken of {@code keyCol}
 * or, without one, of all columns; so the same rows are chosen in any order and partitioning, and
 * when a partition is computed again. All columns stay; nothing is shuffled but the rows that share
 * the one hash at which a class is cut, if there are several: of rows with the same key a second
 * hash, of all columns, then chooses, and rows equal in all columns may stand for each other.
 *
 * <p>With {@code exact} (default) t is met exactly, for which the labels are counted beforehand,
 * and then labels and hashed columns read once. Without it each row is kept by its own hash with
 * the probability that t/n asks for, and the labels are counted only.
 *
 * <p>With a {@code weightCol}, each row's weight (1 without such a column in the input) is
 * multiplied by n/t there, so that weighted sums over the sample still estimate those over all
 * rows, without bias. Weights that are in the input are checked, in a pass of their own.
 *
 * <p>The ledger entry on the label column says by which factor t/n each class has grown or shrunk;
 * the one on the weight column, n/t, takes it back for a learner that uses the weights.
 *
 * <p>Throws {@link IllegalArgumentException} for labels that are null or NaN, fewer than two
 * classes, a strategy that these counts or the method do not allow, and weights that are null, NaN,
 * negative or infinite, all zero, or of an infinite sum.
 */
public class StratifiedResampler extends Sampler<StratifiedResampler> {

  private static final long serialVersionUID = 1L;

  private final Param<String> method;
  private final Param<String> samplingStrategy;
  private final BooleanParam exact;
  private final Param<String> weightCol;

  /** Makes a sampler with a random uid. */
  public StratifiedResampler() {
    this(Identifiable$.MODULE$.randomUID("stratifiedResampler"));
  }

  /** Makes a sampler with a given uid. */
  public StratifiedResampler(String uid) {
    super(uid);
    method =
        new Param<>(
            this,
            "method",
            "whether classes lose rows (under), gain rows (over), or either (both)",
            oneOf("under", "over", "both"));
    samplingStrategy =
        new Param<>(
            this,
            "samplingStrategy",
            "rows wanted: auto, all, minority, majority, not minority, not majority, a ratio in (0,"
                + " 1] of the smaller to the larger class, counts(class=rows, ...) or"
                + " fractions(class=fraction, ...)");
    exact =
        new BooleanParam(
            this, "exact", "whether counts are met exactly, or only expected, for one pass less");
    weightCol =
        new Param<>(
            this,
            "weightCol",
            "column of weights, made or multiplied by 1 / sampling rate; when not set, none");
    setDefault(method, SamplingMethod.UNDER.paramValue());
    setDefault(samplingStrategy, "auto");
    setDefault(exact, true);
  }

  @Override
  Resampling plan(Dataset<?> dataset) {
    StructType schema = dataset.schema();
    String purpose = Odds.purpose(StratifiedResampler.class, schema, getLabelCol());
    Column hash = RowHash.of(schema, keyColumn(), "keyCol", purpose, getSeed());
    Column tieBreaker = RowHash.ofHashableColumns(schema, purpose + " ties", getSeed());
    SortedMap<Object, Double> rates = new TreeMap<>();
    SortedMap<Object, Cut> cuts =
        getExact()
            ? exactCuts(ClassHashes.count(dataset, getLabelCol(), hash), rates)
            : expectedCuts(LabelCounts.of(dataset, getLabelCol()), rates);
    Resampling copies = new ClassCopies(getLabelCol(), hash, tieBreaker, cuts);
    boolean weighed = isDefined(weightCol) && !getWeightCol().isEmpty();
    if (weighed && Columns.has(schema, getWeightCol())) {
      Column weight = AddedColumns.weightBefore(schema, getWeightCol());
      String name = String.format("weightCol: column '%s'", getWeightCol());
      WeightTotals.of(dataset, weight, name, weight, name);
    }
    return rows -> {
      Dataset<Row> recorded = Odds.record(copies.of(rows), uid(), getLabelCol(), rates, true);
      return weighed ? Odds.weigh(recorded, uid(), getLabelCol(), getWeightCol(), rates) : recorded;
    };
  }

  private SortedMap<Object, Cut> exactCuts(ClassHashes hashes, SortedMap<Object, Double> rates) {
    SortedMap<Object, Long> targets = targets(hashes.counts(), rates);
    Map<Object, long[]> ranks = new HashMap<>();
    targets.forEach(
        (c, target) -> {
          long oneMore = target % hashes.counts().get(c);
          if (oneMore > 0) {
            ranks.put(c, new long[] {oneMore});
          }
        });
    Map<Object, List<Boundary>> boundaries = hashes.boundaries(ranks);
    SortedMap<Object, Cut> cuts = new TreeMap<>();
    targets.forEach(
        (c, target) -> {
          int copies = Math.toIntExact(target / hashes.counts().get(c));
          cuts.put(
              c,
              ranks.containsKey(c)
                  ? Cut.at(boundaries.get(c).get(0), ranks.get(c)[0], copies)
                  : Cut.everywhere(copies));
        });
    return cuts;
  }

  private SortedMap<Object, Cut> expectedCuts(
      SortedMap<Object, Long> counts, SortedMap<Object, Double> rates) {
    SortedMap<Object, Cut> cuts = new TreeMap<>();
    targets(counts, rates)
        .forEach(
            (c, target) -> {
              int copies = Math.toIntExact(target / counts.get(c));
              double oneMore = (double) (target % counts.get(c)) / counts.get(c);
              cuts.put(c, oneMore > 0 ? Cut.atShare(oneMore, copies) : Cut.everywhere(copies));
            });
    return cuts;
  }

  /** Returns class → rows wanted, and fills in class → rows wanted over rows there. */
  private SortedMap<Object, Long> targets(
      SortedMap<Object, Long> counts, SortedMap<Object, Double> rates) {
    SortedMap<Double, Long> present = new TreeMap<>();
    counts.forEach((c, n) -> present.put(((Number) c).doubleValue(), n));
    SortedMap<Double, Long> wanted =
        SamplingStrategy.parse(getSamplingStrategy())
            .targets(present, SamplingMethod.of(getMethod()));
    SortedMap<Object, Long> targets = new TreeMap<>();
    counts.forEach(
        (c, n) -> {
          long target = wanted.get(((Number) c).doubleValue());
          targets.put(c, target);
          rates.put(c, (double) target / n);
        });
    log(getMethod() + "-sampling", counts, targets);
    return targets;
  }

  @Override
  public StructType transformSchema(StructType schema) {
    Columns.requireNumeric(schema, getLabelCol(), "labelCol");
    return super.transformSchema(schema);
  }

  @Override
  StratifiedResampler self() {
    return this;
  }

  /** Whether classes lose rows, gain rows or either: under, over or both. Default: under. */
  public Param<String> method() {
    return method;
  }

  /** Returns {@link #method}. */
  public String getMethod() {
    return getOrDefault(method);
  }

  /** Sets {@link #method}. */
  public StratifiedResampler setMethod(String value) {
    set(method, value);
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
  public StratifiedResampler setSamplingStrategy(String value) {
    SamplingStrategy.parse(value);
    set(samplingStrategy, value);
    return this;
  }

  /** Sets {@link #samplingStrategy} to a ratio of the smaller to the larger class, in (0, 1]. */
  public StratifiedResampler setSamplingStrategy(double ratio) {
    return setSamplingStrategy(Double.toString(ratio));
  }

  /** Sets {@link #samplingStrategy} to class → number of rows. */
  public StratifiedResampler setTargetCounts(Map<Double, Long> counts) {
    return setSamplingStrategy(SamplingStrategy.textOfCounts(counts));
  }

  /** Sets {@link #samplingStrategy} to class → multiple of its rows. */
  public StratifiedResampler setTargetFractions(Map<Double, Double> fractions) {
    return setSamplingStrategy(SamplingStrategy.textOfFractions(fractions));
  }

  /** Whether counts are met exactly, or expected, for one pass less. Default: true. */
  public BooleanParam exact() {
    return exact;
  }

  /** Returns {@link #exact}. */
  public boolean getExact() {
    return (boolean) getOrDefault(exact);
  }

  /** Sets {@link #exact}. */
  public StratifiedResampler setExact(boolean value) {
    set(exact, value);
    return this;
  }

  /** Column of weights to write, made or multiplied by n/t. Default: not set, none. */
  public Param<String> weightCol() {
    return weightCol;
  }

  /** Returns {@link #weightCol}. */
  public String getWeightCol() {
    return getOrDefault(weightCol);
  }

  /** Sets {@link #weightCol}. */
  public StratifiedResampler setWeightCol(String value) {
    set(weightCol, value);
    return this;
  }

  /** Returns a reader of saved samplers. */
  public static MLReader<StratifiedResampler> read() {
    return StageIo.reader(StratifiedResampler.class, StratifiedResampler::new);
  }

  /** Loads a saved sampler. */
  public static StratifiedResampler load(String path) {
    return read().load(path);
  }
}
