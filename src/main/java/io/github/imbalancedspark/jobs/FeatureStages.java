package io.github.imbalancedspark.jobs;

import io.github.imbalancedspark.features.ColumnDropper;
import io.github.imbalancedspark.features.FeatureCleaner;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.Imputer;
import org.apache.spark.ml.feature.OneHotEncoder;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;

/**
 * The stages from raw columns to one vector column. What they make on the way, they drop again.
 *
 * @param stages Spark's and ours; none if a vector column is used as it is
 * @param featuresCol the vector column
 */
record FeatureStages(List<PipelineStage> stages, String featuresCol) {

  static FeatureStages of(FeatureColumns columns, MissingPolicy missing, UniqueNames names) {
    return of(columns, missing, names, true);
  }

  /** Returns the stages to a vector that holds the codes of categories, after the numbers. */
  static FeatureStages withCodes(FeatureColumns columns, MissingPolicy missing, UniqueNames names) {
    return of(columns, missing, names, false);
  }

  /** Returns the rows as they are, in which a value that the stages would not take is an error. */
  Dataset<Row> check(Dataset<Row> rows) {
    return !stages.isEmpty() && stages.get(0) instanceof FeatureCleaner cleaner
        ? cleaner.check(rows)
        : rows;
  }

  private static FeatureStages of(
      FeatureColumns columns, MissingPolicy missing, UniqueNames names, boolean oneHot) {
    if (columns.size() == 1 && columns.vectors().size() == 1) {
      String vector = columns.vectors().get(0).name();
      if (missing != MissingPolicy.ERROR) {
        throw new IllegalArgumentException(
            String.format(
                "missing: the features are the vector column '%s', whose entries are not looked into;"
                    + " leave it out, and mend the vectors where they are made",
                vector));
      }
      return new FeatureStages(List.of(), vector);
    }
    return new Builder(names, oneHot).build(columns, missing);
  }

  /** Collects the stages, what the assembler reads, and what is dropped in the end. */
  private static final class Builder {

    private final UniqueNames names;
    private final boolean oneHot;
    private final List<PipelineStage> stages = new ArrayList<>();
    private final List<String> cleaned = new ArrayList<>();
    private final List<String> copies = new ArrayList<>();
    private final List<String> kinds = new ArrayList<>();
    private final List<String> assembled = new ArrayList<>();
    private final List<String> dropped = new ArrayList<>();

    Builder(UniqueNames names, boolean oneHot) {
      this.names = names;
      this.oneHot = oneHot;
    }

    FeatureStages build(FeatureColumns columns, MissingPolicy missing) {
      String[] numeric = cleaned(columns.numeric(), "", field -> "number");
      String[] categorical = cleaned(columns.categorical(), "_value", Builder::kindOfCategory);
      if (numeric.length > 0) {
        assembled.addAll(Arrays.asList(missing.imputes() ? impute(numeric, missing) : numeric));
      }
      if (categorical.length > 0) {
        encode(categorical);
      }
      columns.vectors().forEach(field -> assembled.add(assembledVector(field)));
      if (!copies.isEmpty()) {
        stages.add(0, cleaner(missing));
      }
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

    private FeatureCleaner cleaner(MissingPolicy missing) {
      return new FeatureCleaner()
          .setInputCols(cleaned.toArray(new String[0]))
          .setOutputCols(copies.toArray(new String[0]))
          .setKinds(kinds.toArray(new String[0]))
          .setMissing(
              switch (missing) {
                case ERROR -> "error";
                case SKIP -> "skip";
                case MEAN, MEDIAN, MODE -> "keep";
              });
    }

    private static String kindOfCategory(StructField field) {
      return field.dataType() instanceof NumericType ? "numberedCategory" : "category";
    }

    /** Lets columns be cleaned, and returns the names of their copies. */
    private String[] cleaned(
        List<StructField> fields, String suffix, Function<StructField, String> kind) {
      return fields.stream()
          .map(field -> cleaned(field, suffix, kind.apply(field)))
          .toArray(String[]::new);
    }

    private String cleaned(StructField field, String suffix, String kind) {
      String copy = temporary(field.name() + suffix);
      cleaned.add(field.name());
      copies.add(copy);
      kinds.add(kind);
      return copy;
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

    private void encode(String[] values) {
      String[] indices = temporaries(values, "_index");
      stages.add(
          new StringIndexer().setInputCols(values).setOutputCols(indices).setHandleInvalid("keep"));
      if (!oneHot) {
        assembled.addAll(Arrays.asList(indices));
        return;
      }
      String[] vectors = temporaries(values, "_onehot");
      // The index that is left out is StringIndexer's last one: values unseen in training.
      stages.add(new OneHotEncoder().setInputCols(indices).setOutputCols(vectors));
      assembled.addAll(Arrays.asList(vectors));
    }

    /** The assembler cannot name columns with dots or backticks. */
    private String assembledVector(StructField field) {
      if (UniqueNames.plain(field.name()).equals(field.name())) {
        return field.name();
      }
      return cleaned(field, "", "vector");
    }
  }
}
