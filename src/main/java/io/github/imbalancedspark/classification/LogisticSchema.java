package io.github.imbalancedspark.classification;

import io.github.imbalancedspark.internal.Columns;
import io.github.imbalancedspark.internal.Terms;
import java.util.function.Function;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.param.Param;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * What a logistic model and its estimator ask of a schema, and the columns that the model appends.
 * Spark's own checks would read a dot in a column's name as a step into a struct.
 */
final class LogisticSchema {

  private static final int CLASSES = 2;

  private LogisticSchema() {}

  /**
   * Checks the columns that only training reads.
   *
   * @throws IllegalArgumentException if one is missing or of a wrong type
   */
  static void requireTraining(ImbalancedLogisticRegressionParams params, StructType schema) {
    Columns.requireNumeric(schema, params.getLabelCol(), params.labelCol().name());
    params.requireWeightColumn(schema);
    String indicator = params.validationIndicatorColumn();
    if (indicator != null) {
      StructField field =
          Columns.require(schema, indicator, params.validationIndicatorCol().name());
      if (!field.dataType().equals(DataTypes.BooleanType)) {
        throw new IllegalArgumentException(
            String.format(
                "validationIndicatorCol: column '%s' is of type %s; it must be boolean, true for"
                    + " validation rows",
                indicator, field.dataType().simpleString()));
      }
    }
  }

  /**
   * Returns {@code schema} with the columns that the model appends, in their order.
   *
   * @throws IllegalArgumentException if the features are missing or of a wrong type, or if a column
   *     to append is there already
   */
  static StructType withScores(ImbalancedLogisticRegressionParams params, StructType schema) {
    requireFeatures(params, schema);
    StructType result = schema;
    result = append(result, params.rawPredictionCol(), params, LogisticSchema::vector);
    result = append(result, params.probabilityCol(), params, LogisticSchema::vector);
    result = append(result, params.predictionCol(), params, LogisticSchema::label);
    return params.correctedProbabilityColumn().isEmpty()
        ? result
        : append(result, params.correctedProbabilityCol(), params, LogisticSchema::number);
  }

  private static void requireFeatures(
      ImbalancedLogisticRegressionParams params, StructType schema) {
    FeatureColumns columns = FeatureColumns.of(params);
    if (columns != null) {
      columns.require(schema);
      return;
    }
    StructField field =
        Columns.require(schema, params.getFeaturesCol(), params.featuresCol().name());
    if (!field.dataType().equals(SQLDataTypes.VectorType())) {
      throw new IllegalArgumentException(
          String.format(
              Terms.of(
                  "featuresCol: column '%s' is of type %s; it must hold vectors: assemble them, or"
                      + " name numeric columns with featuresCols"),
              field.name(),
              field.dataType().simpleString()));
    }
  }

  private static StructField vector(String name) {
    return required(new AttributeGroup(name, CLASSES).toStructField());
  }

  private static StructField label(String name) {
    return required(
        NominalAttribute.defaultAttr().withName(name).withNumValues(CLASSES).toStructField());
  }

  private static StructField number(String name) {
    return DataTypes.createStructField(name, DataTypes.DoubleType, false);
  }

  private static StructField required(StructField field) {
    return new StructField(field.name(), field.dataType(), false, field.metadata());
  }

  /** Appends the column that {@code role} names, unless the name is empty. */
  private static StructType append(
      StructType schema,
      Param<String> role,
      ImbalancedLogisticRegressionParams params,
      Function<String, StructField> field) {
    String name = params.getOrDefault(role);
    if (name.isEmpty()) {
      return schema;
    }
    Columns.requireNew(schema, name, role.name());
    return schema.add(field.apply(name));
  }
}
