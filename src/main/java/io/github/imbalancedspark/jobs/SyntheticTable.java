package io.github.imbalancedspark.jobs;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.get;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.rint;
import static org.apache.spark.sql.functions.when;

import io.github.imbalancedspark.internal.Columns;
import io.github.imbalancedspark.sampling.Sampler;
import io.github.imbalancedspark.sampling.Smote;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.StringIndexerModel;
import org.apache.spark.ml.functions;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StructField;

/**
 * Runs SMOTE on the columns of a table: puts the features into one vector, with codes for
 * categories, and takes them out of the synthetic rows again. Whole-number columns get rounded
 * values. Real rows stay as they are, a missing value too.
 */
final class SyntheticTable {

  private final FeatureColumns columns;
  private final MissingPolicy missing;

  /**
   * Makes it for tables with these features.
   *
   * @throws IllegalArgumentException if there are vectors among them, and not one vector alone
   */
  SyntheticTable(FeatureColumns columns, MissingPolicy missing) {
    if (!columns.vectors().isEmpty() && columns.size() > 1) {
      throw new IllegalArgumentException(
          String.format(
              "features: column '%s' is a vector among %d features; name it alone in --features, or"
                  + " --ignore it",
              columns.vectors().get(0).name(), columns.size()));
    }
    this.columns = columns;
    this.missing = missing;
  }

  /**
   * Returns the rows with synthetic ones.
   *
   * @param markCol a boolean column of {@code rows} that becomes true for them
   * @param sampler makes the sampler from the name of a vector column; it is a {@link Smote}
   */
  Dataset<Row> resample(Dataset<Row> rows, String markCol, Function<String, Sampler<?>> sampler) {
    UniqueNames names = new UniqueNames(rows.columns());
    FeatureStages stages = FeatureStages.withCodes(columns, missing, names);
    String made = names.take("made");
    PipelineModel packer =
        new Pipeline().setStages(stages.stages().toArray(new PipelineStage[0])).fit(rows);
    Smote smote = (Smote) sampler.apply(stages.featuresCol());
    int numeric = columns.numeric().size();
    Dataset<Row> sample =
        smote
            .setSyntheticCol(made)
            .setCategoricalFeatures(
                IntStream.range(numeric, numeric + columns.categorical().size()).toArray())
            .resample(packer.transform(rows));
    Column[] unpacked =
        Arrays.stream(rows.schema().fields())
            .map(field -> unpack(field, markCol, made, stages.featuresCol(), packer))
            .toArray(Column[]::new);
    return sample.select(unpacked);
  }

  private Column unpack(
      StructField field, String markCol, String made, String featuresCol, PipelineModel packer) {
    Column raw = Columns.named(field.name());
    if (field.name().equals(markCol)) {
      return raw.or(Columns.named(made)).as(markCol);
    }
    int at = at(columns.numeric(), field);
    Column value = null;
    if (at >= 0) {
      value = number(element(featuresCol, at), field.dataType());
    }
    at = at(columns.categorical(), field);
    if (at >= 0) {
      Column code = element(featuresCol, columns.numeric().size() + at).cast("int");
      value = category(code, categories(packer).get(at), field.dataType());
    }
    return value == null
        ? raw
        : when(Columns.named(made), value).otherwise(raw).as(field.name(), field.metadata());
  }

  private static int at(List<StructField> fields, StructField field) {
    return fields.stream().map(StructField::name).toList().indexOf(field.name());
  }

  private static Column element(String featuresCol, int at) {
    return functions.vector_to_array(Columns.named(featuresCol), "float64").getItem(at);
  }

  private static Column number(Column value, DataType type) {
    if (type instanceof BooleanType) {
      return value.geq(0.5);
    }
    return (isWhole(type) ? rint(value) : value).cast(type);
  }

  private static boolean isWhole(DataType type) {
    return type instanceof ByteType
        || type instanceof ShortType
        || type instanceof IntegerType
        || type instanceof LongType;
  }

  /** Returns a category by its code; null if the code stands for missing ones. */
  private static Column category(Column code, String[] categories, DataType type) {
    Column[] texts =
        Arrays.stream(categories).map(category -> lit(category)).toArray(Column[]::new);
    Column text = get(array(texts), code);
    return (isWhole(type) ? text.cast("decimal(38, 1)") : text).cast(type);
  }

  private static List<String[]> categories(PipelineModel packer) {
    List<String[]> categories = new ArrayList<>();
    for (Object stage : packer.stages()) {
      if (stage instanceof StringIndexerModel indexer) {
        categories.addAll(Arrays.asList(indexer.labelsArray()));
      }
    }
    return categories;
  }
}
