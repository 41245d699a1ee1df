package io.github.imbalancedspark.jobs;

import io.github.imbalancedspark.features.ColumnDropper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.Imputer;
import org.apache.spark.ml.feature.OneHotEncoder;
import org.apache.spark.ml.feature.SQLTransformer;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.types.StructField;

/**
 * The stages from raw columns to one vector column. What they make on the way, they drop again.
 *
 * @param stages Spark's and ours; none if a vector column is used as it is
 * @param featuresCol the vector column
 */
record FeatureStages(List<PipelineStage> stages, String featuresCol) {

  static FeatureStages of(FeatureColumns columns, MissingPolicy missing, UniqueNames names) {
    if (columns.size() == 1 && columns.vectors().size() == 1) {
      return new FeatureStages(List.of(), columns.vectors().get(0).name());
    }
    return new Builder(names).build(columns, missing);
  }

  /** Collects the stages, what the assembler reads, and what is dropped in the end. */
  private static final class Builder {

    private final UniqueNames names;
    private final List<PipelineStage> stages = new ArrayList<>();
    private final List<String> assembled = new ArrayList<>();
    private final List<String> dropped = new ArrayList<>();

    Builder(UniqueNames names) {
      this.names = names;
    }

    FeatureStages build(FeatureColumns columns, MissingPolicy missing) {
      Map<StructField, String> numeric = temporaries(columns.numeric(), "");
      Map<StructField, String> categorical = temporaries(columns.categorical(), "_value");
      if (!numeric.isEmpty() || !categorical.isEmpty()) {
        stages.add(
            new SQLTransformer().setStatement(FeatureSql.statement(numeric, categorical, missing)));
      }
      if (!numeric.isEmpty()) {
        String[] cleaned = numeric.values().toArray(new String[0]);
        assembled.addAll(Arrays.asList(missing.imputes() ? impute(cleaned, missing) : cleaned));
      }
      if (!categorical.isEmpty()) {
        encode(categorical);
      }
      columns.vectors().forEach(field -> assembled.add(assembledVector(field)));
      String featuresCol = names.take("features");
      stages.add(
          new VectorAssembler()
              .setInputCols(assembled.toArray(new String[0]))
              .setOutputCol(featuresCol));
      if (!dropped.isEmpty()) {
        stages.add(new ColumnDropper().setInputCols(dropped.toArray(new String[0])));
      }
      return new FeatureStages(List.copyOf(stages), featuresCol);
    }

    private Map<StructField, String> temporaries(List<StructField> fields, String suffix) {
      Map<StructField, String> temporaries = new LinkedHashMap<>();
      fields.forEach(field -> temporaries.put(field, temporary(field.name() + suffix)));
      return temporaries;
    }

    private String temporary(String name) {
      String temporary = names.take(name);
      dropped.add(temporary);
      return temporary;
    }

    private String[] temporaries(String[] of, String suffix) {
      return Arrays.stream(of).map(name -> temporary(name + suffix)).toArray(String[]::new);
    }

    private String[] impute(String[] cleaned, MissingPolicy missing) {
      String[] imputed = temporaries(cleaned, "_imputed");
      stages.add(
          new Imputer()
              .setInputCols(cleaned)
              .setOutputCols(imputed)
              .setStrategy(missing.strategy()));
      return imputed;
    }

    private void encode(Map<StructField, String> categorical) {
      String[] values = categorical.values().toArray(new String[0]);
      String[] indices = temporaries(values, "_index");
      String[] vectors = temporaries(values, "_onehot");
      stages.add(
          new StringIndexer().setInputCols(values).setOutputCols(indices).setHandleInvalid("keep"));
      // The index that is left out is StringIndexer's last one: values unseen in training.
      stages.add(new OneHotEncoder().setInputCols(indices).setOutputCols(vectors));
      assembled.addAll(Arrays.asList(vectors));
    }

    /** The assembler cannot name columns with dots or backticks. */
    private String assembledVector(StructField field) {
      if (UniqueNames.plain(field.name()).equals(field.name())) {
        return field.name();
      }
      String copy = temporary(field.name());
      stages.add(new SQLTransformer().setStatement(FeatureSql.copy(field.name(), copy)));
      return copy;
    }
  }
}
