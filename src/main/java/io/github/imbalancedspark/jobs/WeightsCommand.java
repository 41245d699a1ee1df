package io.github.imbalancedspark.jobs;

import io.github.imbalancedspark.internal.Columns;
import io.github.imbalancedspark.weighting.ClassWeighter;
import io.github.imbalancedspark.weighting.ClassWeighterModel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StringType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Prints the class weights of a table, and nothing else on standard output; writes them, or the
 * table with a weight for each row.
 */
@Command(name = "weights", description = "Compute class weights from class counts.")
final class WeightsCommand extends SparkCommand {

  private static final Logger LOG = LoggerFactory.getLogger(WeightsCommand.class);

  @Mixin private InputOptions input;
  @Mixin private WeightColumnOption weight;
  @Mixin private WeightingOptions weighting;
  @Mixin private OutputOptions outputOptions;
  @Mixin private OverwriteOption overwrite;

  @SetsParameters("labelCol")
  @Option(
      names = "--label",
      paramLabel = "COLUMN",
      defaultValue = "label",
      order = 10,
      description = "The label, with two values or more (default: label).")
  private String label;

  @Option(
      names = "--positive-label",
      paramLabel = "VALUE",
      order = 11,
      description =
          "The positive one of two, for pos_weight (default: the larger number, or true).")
  private String positiveLabel;

  @Option(
      names = "--strategy",
      paramLabel = "STRATEGY",
      defaultValue = "inverseFrequency",
      order = 60,
      description =
          "inverseFrequency (default), smoothedInverseFrequency, effectiveNumber or custom.")
  private String strategy;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      order = 70,
      description = "Where to write what is printed.")
  private String json;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      order = 71,
      description = "Where to write the table with a weight column.")
  private String output;

  @Option(
      names = "--output-col",
      paramLabel = "COLUMN",
      defaultValue = "classWeight",
      order = 72,
      description = "That column's name (default: classWeight).")
  private String outputCol;

  @Override
  public Integer call() {
    ClassWeighter weighter = weighter();
    try (Output jsonPlace = overwrite.output("json", json);
        Output tablePlace = overwrite.output("output", output)) {
      requireApart(jsonPlace, tablePlace);
      Dataset<Row> table = input.loadRows(session());
      weight.requireNumeric(table.schema());
      Columns.requireNew(table.schema(), outputCol, "output-col");
      if (tablePlace != null) {
        outputOptions.requireWritable(table.schema());
      }
      Output.beginAll(tablePlace, jsonPlace);
      ClassNumbers classes = ClassNumbers.of(table, label);
      ClassWeighterModel model = configure(weighter, classes).fit(classes.table());
      String text = Json.text(entries(model, classes));
      out().print(text);
      out().flush();
      if (jsonPlace != null) {
        jsonPlace.attempt(() -> HadoopFiles.write(jsonPlace.temporary(), text));
      }
      if (tablePlace != null) {
        outputOptions.write(classes.dropNumbers(model.transform(classes.table())), tablePlace);
      }
      Output.commitAll(tablePlace);
      Output.commitAll(jsonPlace); // last, for it has no mark that lets a rerun replace it
    }
    return 0;
  }

  private ClassWeighter weighter() {
    try {
      new ColumnRoles().take("--label", label).take("--weight-col", weight.column());
      return weighting.weighter(strategy, "--strategy").setOutputCol(outputCol);
    } catch (IllegalArgumentException e) {
      throw usage(e.getMessage());
    }
  }

  private void requireApart(Output jsonPlace, Output tablePlace) {
    if (jsonPlace != null) {
      jsonPlace.requireApartFrom("input", input.path());
    }
    if (tablePlace != null) {
      tablePlace.requireApartFrom("input", input.path());
      if (json != null) {
        tablePlace.requireApartFrom("json", json);
      }
    }
  }

  private ClassWeighter configure(ClassWeighter weighter, ClassNumbers classes) {
    weighter.setLabelCol(classes.column());
    if (weight.column() != null) {
      weighter.setWeightCol(weight.column());
    }
    if (!weighting.customWeights().isEmpty()) {
      weighter.setCustomWeights(classes.numbered(weighting.customWeights()));
    }
    return weighter;
  }

  private Map<String, Object> entries(ClassWeighterModel model, ClassNumbers classes) {
    Map<String, Object> entries = new LinkedHashMap<>();
    entries.put("strategy", strategy);
    entries.put("counts", byName(model.classCounts(), classes));
    entries.put("weights", byName(model.classWeights(), classes));
    entries.put("pos_weight", posWeight(model, classes));
    return entries;
  }

  /** Returns the weight of the positive class over that of the other, where it can be told. */
  private Double posWeight(ClassWeighterModel model, ClassNumbers classes) {
    SortedMap<Double, Double> weights = model.classWeights();
    if (positiveLabel == null) {
      return weights.size() == 2 && knowsPositive(classes) ? (Double) model.posWeight() : null;
    }
    List<Double> positives =
        weights.keySet().stream().filter(n -> classes.isNamed(n, positiveLabel)).toList();
    if (weights.size() != 2 || positives.isEmpty()) {
      throw new IllegalArgumentException(
          String.format(
              "positive-label: is '%s', but column '%s' holds %s; pos_weight is of one of two classes",
              positiveLabel,
              label,
              weights.keySet().stream()
                  .map(n -> "'" + classes.name(n) + "'")
                  .collect(Collectors.joining(", "))));
    }
    boolean isLast = positives.get(0).equals(weights.lastKey());
    return isLast ? model.posWeight() : 1 / model.posWeight();
  }

  private boolean knowsPositive(ClassNumbers classes) {
    boolean isText =
        Columns.require(classes.table().schema(), label, "label").dataType() instanceof StringType;
    if (isText) {
      LOG.warn(
          "--label: column '{}' holds text, so that pos_weight is null; say which class is positive"
              + " with --positive-label",
          label);
    }
    return !isText;
  }

  private static Map<String, Object> byName(
      SortedMap<Double, Double> values, ClassNumbers classes) {
    Map<String, Object> named = new LinkedHashMap<>();
    values.forEach((number, value) -> named.put(classes.name(number), plain(value)));
    return named;
  }

  /** Counts are whole unless rows are weighted. */
  private static Object plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1L << 53 ? (Object) (long) value : value;
  }
}
