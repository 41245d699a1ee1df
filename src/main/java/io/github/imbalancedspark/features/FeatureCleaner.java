package io.github.imbalancedspark.features;

import io.github.imbalancedspark.features.CleanColumn.Kind;
import io.github.imbalancedspark.internal.Columns;
import io.github.imbalancedspark.internal.StageIo;
import io.github.imbalancedspark.internal.Validators;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.StringArrayParam;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/**
 * Adds clean copies of raw columns: numbers as finite doubles, categories as text, vectors under a
 * name that Spark ML can read. A value that cannot be a feature is an error, when the row is read,
 * that names the column and the value.
 */
public class FeatureCleaner extends Transformer implements DefaultParamsWritable {

  private static final long serialVersionUID = 1L;

  private final String uid;
  private final StringArrayParam inputCols;
  private final StringArrayParam outputCols;
  private final StringArrayParam kinds;
  private final Param<String> missing;

  /** Makes a transformer with a random uid. */
  public FeatureCleaner() {
    this(Identifiable$.MODULE$.randomUID("featureCleaner"));
  }

  /** Makes a transformer with a given uid. */
  public FeatureCleaner(String uid) {
    this.uid = uid;
    this.inputCols = new StringArrayParam(this, "inputCols", "names of the raw columns");
    this.outputCols = new StringArrayParam(this, "outputCols", "names of their copies");
    this.kinds =
        new StringArrayParam(
            this,
            "kinds",
            "what each holds: number, category, numberedCategory or vector",
            Validators.check(
                String[].class, v -> Arrays.stream((String[]) v).allMatch(Kind::exists)));
    this.missing =
        new Param<>(
            this,
            "missing",
            "what to do with a null, or a number that is NaN: error, skip (drop the row) or keep"
                + " (as null)",
            Validators.oneOf("error", "skip", "keep"));
    setDefault(inputCols, new String[0]);
    setDefault(outputCols, new String[0]);
    setDefault(kinds, new String[0]);
    setDefault(missing, "error");
  }

  @Override
  public String uid() {
    return uid;
  }

  /** Names of the raw columns, taken whole, dots and all. Default: none. */
  public StringArrayParam inputCols() {
    return inputCols;
  }

  /** Returns {@link #inputCols}. */
  public String[] getInputCols() {
    return getOrDefault(inputCols);
  }

  /** Sets {@link #inputCols}. */
  public FeatureCleaner setInputCols(String... value) {
    set(inputCols, value);
    return this;
  }

  /** Names of their copies, which must be new. Default: none. */
  public StringArrayParam outputCols() {
    return outputCols;
  }

  /** Returns {@link #outputCols}. */
  public String[] getOutputCols() {
    return getOrDefault(outputCols);
  }

  /** Sets {@link #outputCols}. */
  public FeatureCleaner setOutputCols(String... value) {
    set(outputCols, value);
    return this;
  }

  /**
   * What each column holds: {@code number}, {@code category} (text or booleans), {@code
   * numberedCategory} (numbers that name categories; 1 and 1.0 are the same) or {@code vector}.
   * Default: none.
   */
  public StringArrayParam kinds() {
    return kinds;
  }

  /** Returns {@link #kinds}. */
  public String[] getKinds() {
    return getOrDefault(kinds);
  }

  /** Sets {@link #kinds}. */
  public FeatureCleaner setKinds(String... value) {
    set(kinds, value);
    return this;
  }

  /**
   * What to do with a null, or with a number that is NaN: {@code error}, {@code skip} (drop the
   * row) or {@code keep} (as null, for an Imputer). Vectors are not looked into. Default: error.
   */
  public Param<String> missing() {
    return missing;
  }

  /** Returns {@link #missing}. */
  public String getMissing() {
    return getOrDefault(missing);
  }

  /** Sets {@link #missing}. */
  public FeatureCleaner setMissing(String value) {
    set(missing, value);
    return this;
  }

  private List<CleanColumn> columns() {
    String[] inputs = getInputCols();
    String[] outputs = getOutputCols();
    String[] holds = getKinds();
    if (outputs.length != inputs.length || holds.length != inputs.length) {
      throw new IllegalArgumentException(
          String.format(
              "outputCols: there are %d inputCols, %d outputCols and %d kinds; give one of each for"
                  + " every column",
              inputs.length, outputs.length, holds.length));
    }
    List<CleanColumn> columns = new ArrayList<>();
    for (int i = 0; i < inputs.length; i++) {
      columns.add(new CleanColumn(inputs[i], outputs[i], Kind.of(holds[i])));
    }
    return columns;
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    List<CleanColumn> columns = columns();
    List<Column> selected = new ArrayList<>(List.of(functions.col("*")));
    columns.forEach(column -> selected.add(column.copy(getMissing().equals("error"))));
    return withoutSkipped(dataset.toDF()).select(selected.toArray(new Column[0]));
  }

  /** Returns the rows, where {@link #missing} is skip those in which nothing is missing. */
  private Dataset<Row> withoutSkipped(Dataset<Row> rows) {
    if (!getMissing().equals("skip")) {
      return rows;
    }
    return columns().stream()
        .filter(column -> column.kind() != Kind.VECTOR)
        .map(column -> functions.not(column.isMissing()))
        .reduce(Column::and)
        .map(rows::filter)
        .orElse(rows);
  }

  /**
   * Returns the rows that {@link #transform} would keep, as they are, in which a value that it
   * would not take is the same error. So rows can be checked where they are read anyway, before the
   * work that other rows are for.
   */
  public Dataset<Row> check(Dataset<Row> dataset) {
    StructType schema = dataset.schema();
    Map<String, Column> checked = new HashMap<>();
    columns().forEach(c -> checked.put(c.input(), c.checked(schema, getMissing().equals("error"))));
    return withoutSkipped(dataset)
        .select(
            Arrays.stream(schema.fieldNames())
                .map(name -> checked.getOrDefault(name, Columns.named(name)))
                .toArray(Column[]::new));
  }

  @Override
  public StructType transformSchema(StructType schema) {
    StructType result = schema;
    for (CleanColumn column : columns()) {
      Columns.requireNew(result, column.output(), "outputCols");
      result = result.add(column.field(schema));
    }
    return result;
  }

  @Override
  public FeatureCleaner copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  @Override
  public MLWriter write() {
    return StageIo.writer(this);
  }

  /** Returns a reader of saved transformers. */
  public static MLReader<FeatureCleaner> read() {
    return StageIo.reader(FeatureCleaner.class, FeatureCleaner::new);
  }

  /** Loads a saved transformer. */
  public static FeatureCleaner load(String path) {
    return read().load(path);
  }
}
