package io.github.imbalancedspark.features;

import io.github.imbalancedspark.internal.Columns;
import io.github.imbalancedspark.internal.StageIo;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.StringArrayParam;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Drops columns, such as the temporary ones that earlier stages of a pipeline made; all others stay
 * as they are, in order. A column that does not exist is an error.
 */
public class ColumnDropper extends Transformer implements DefaultParamsWritable {

  private static final long serialVersionUID = 1L;

  private final String uid;
  private final StringArrayParam inputCols;

  /** Makes a transformer with a random uid. */
  public ColumnDropper() {
    this(Identifiable$.MODULE$.randomUID("columnDropper"));
  }

  /** Makes a transformer with a given uid. */
  public ColumnDropper(String uid) {
    this.uid = uid;
    this.inputCols = new StringArrayParam(this, "inputCols", "names of the columns to drop");
    setDefault(inputCols, new String[0]);
  }

  @Override
  public String uid() {
    return uid;
  }

  /** Names of the columns to drop, taken whole, dots and all. Default: none. */
  public StringArrayParam inputCols() {
    return inputCols;
  }

  /** Returns {@link #inputCols}. */
  public String[] getInputCols() {
    return getOrDefault(inputCols);
  }

  /** Sets {@link #inputCols}. */
  public ColumnDropper setInputCols(String... value) {
    set(inputCols, value);
    return this;
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    StructType kept = transformSchema(dataset.schema());
    return dataset.select(
        Arrays.stream(kept.fieldNames()).map(Columns::named).toArray(Column[]::new));
  }

  @Override
  public StructType transformSchema(StructType schema) {
    Set<String> dropped = new HashSet<>(Arrays.asList(getInputCols()));
    dropped.forEach(name -> Columns.require(schema, name, "inputCols"));
    return new StructType(
        Arrays.stream(schema.fields())
            .filter(field -> !dropped.contains(field.name()))
            .toArray(StructField[]::new));
  }

  @Override
  public ColumnDropper copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  @Override
  public MLWriter write() {
    return StageIo.writer(this);
  }

  /** Returns a reader of saved transformers. */
  public static MLReader<ColumnDropper> read() {
    return StageIo.reader(ColumnDropper.class, ColumnDropper::new);
  }

  /** Loads a saved transformer. */
  public static ColumnDropper load(String path) {
    return read().load(path);
  }
}
