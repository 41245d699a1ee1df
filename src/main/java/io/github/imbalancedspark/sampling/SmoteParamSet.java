package io.github.imbalancedspark.sampling;

import static io.github.imbalancedspark.internal.Validators.check;
import static io.github.imbalancedspark.internal.Validators.integer;
import static io.github.imbalancedspark.internal.Validators.oneOf;

import java.io.Serializable;
import java.util.Arrays;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;

/** The parameters of {@link Smote} itself, created for one owner. */
final class SmoteParamSet implements Serializable {

  private static final long serialVersionUID = 1L;

  final Param<String> featuresCol;
  final Param<String> samplingStrategy;
  final Param<String> variant;
  final IntParam k;
  final IntParam m;
  final BooleanParam fewerNeighbors;
  final BooleanParam standardization;
  final IntArrayParam categoricalFeatures;
  final IntParam maxBroadcastMinority;
  final Param<String> otherColumns;
  final Param<String> syntheticCol;

  SmoteParamSet(SmoteParams owner) {
    featuresCol = new Param<>(owner, "featuresCol", "column of feature vectors");
    samplingStrategy =
        new Param<>(
            owner,
            "samplingStrategy",
            "rows wanted: auto, all, minority, not majority, not minority, a ratio in (0, 1] of the"
                + " smaller to the larger class, counts(class=rows, ...) or"
                + " fractions(class=fraction, ...)");
    variant =
        new Param<>(
            owner,
            "variant",
            "which rows synthetic ones are made from: smote, borderline1 or adasyn",
            oneOf("smote", "borderline1", "adasyn"));
    k = new IntParam(owner, "k", "neighbours to choose from, >= 1", integer(v -> v >= 1));
    m =
        new IntParam(
            owner,
            "m",
            "nearest rows of any class that say whether a row is in danger, for borderline1, >= 1",
            integer(v -> v >= 1));
    fewerNeighbors =
        new BooleanParam(
            owner,
            "fewerNeighbors",
            "whether a class of k rows or fewer makes do with fewer neighbours; else it is an error");
    standardization =
        new BooleanParam(
            owner,
            "standardization",
            "whether distances are of features divided by their standard deviations");
    categoricalFeatures =
        new IntArrayParam(
            owner,
            "categoricalFeatures",
            "numbers of the features that hold codes of categories",
            check(
                int[].class,
                v -> Arrays.stream((int[]) v).distinct().count() == ((int[]) v).length));
    maxBroadcastMinority =
        new IntParam(
            owner,
            "maxBroadcastMinority",
            "most rows of a class that are gathered and broadcast, >= 2; neighbours in a larger one are"
                + " approximate",
            integer(v -> v >= 2));
    otherColumns =
        new Param<>(
            owner,
            "otherColumns",
            "what synthetic rows hold in columns other than label and features: copy, of the real"
                + " row they start at, or null",
            oneOf("copy", "null"));
    syntheticCol =
        new Param<>(
            owner, "syntheticCol", "new column that says which rows are synthetic; none if empty");
  }
}
