package io.github.imbalancedspark.weighting;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import io.github.imbalancedspark.internal.OddsLedger;
import io.github.imbalancedspark.support.SparkSessions;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClassWeighterTest {

  /** Ten rows: id 0 to 9, label 1 for the last two, weight 1 + id mod 2. */
  private static Dataset<Row> rows() {
    return SparkSessions.shared()
        .range(0, 10, 1, 3)
        .select(
            col("id"),
            when(col("id").lt(8), 0.0).otherwise(1.0).as("label"),
            col("id").mod(2).plus(1).cast("double").as("w"));
  }

  /** The same with {@code sqlValue} in one column of row 9. */
  private static Dataset<Row> rowsWith(String column, String sqlValue) {
    return rows()
        .withColumn(column, when(col("id").equalTo(9), expr(sqlValue)).otherwise(col(column)));
  }

  private static List<Double> doubles(Dataset<Row> data, String column) {
    return data.orderBy("id").select(column).as(Encoders.DOUBLE()).collectAsList();
  }

  @Test
  void inverseFrequencyIsTheDefault() {
    ClassWeighterModel model = new ClassWeighter().fit(rows());

    assertThat(model.classCounts()).containsExactly(entry(0.0, 8.0), entry(1.0, 2.0));
    assertThat(model.classWeights()).containsExactly(entry(0.0, 0.625), entry(1.0, 2.5));
    assertThat(model.posWeight()).isEqualTo(4);
    assertThat(doubles(model.transform(rows()), "classWeight"))
        .containsExactly(.625, .625, .625, .625, .625, .625, .625, .625, 2.5, 2.5);
  }

  @Test
  void inputWeightsEnterCountsAndOutput() {
    ClassWeighterModel model = new ClassWeighter().setWeightCol("w").fit(rows());

    assertThat(model.classCounts()).containsExactly(entry(0.0, 12.0), entry(1.0, 3.0));
    assertThat(model.classWeights()).containsExactly(entry(0.0, 0.625), entry(1.0, 2.5));
    assertThat(doubles(model.transform(rows()), "classWeight"))
        .containsExactly(.625, 1.25, .625, 1.25, .625, 1.25, .625, 1.25, 2.5, 5.0);
  }

  @ParameterizedTest
  @CsvSource({
    "inverseFrequency,             ,             0.625, 2.5",
    "inverseFrequency,             sumToOne,     0.2,   0.8",
    "inverseFrequency,             sumToClasses, 0.4,   1.6",
    "smoothedInverseFrequency,     ,             0.25,  0.75", // ε = 1: 10/18 to 10/6
    "smoothedInverseFrequency,     none,         0.5555555555555556, 1.6666666666666667",
    "effectiveNumber,              none,         0.5019607843137255, 0.6666666666666666",
    "effectiveNumber,              ,             0.42953020134228187, 0.5704697986577181",
  })
  void strategiesAndNormalizations(
      String strategy, String normalization, double negative, double positive) {
    // β = ½: (1/2)/(1 − 2⁻⁸) = 128/255 and (1/2)/(1 − 2⁻²) = 2/3, whose sum is 298/255.
    ClassWeighter weighter = new ClassWeighter().setStrategy(strategy).setEpsilon(1).setBeta(0.5);
    if (normalization != null) {
      weighter.setNormalization(normalization);
    }

    Map<Double, Double> weights = weighter.fit(rows()).classWeights();

    assertThat(weights.get(0.0)).isCloseTo(negative, within(1e-15));
    assertThat(weights.get(1.0)).isCloseTo(positive, within(1e-15));
  }

  @Test
  void automaticBetaIsThatOfTheCounts() {
    ClassWeighter weighter = new ClassWeighter().setStrategy("effectiveNumber");

    assertThat(weighter.copy(weighter.extractParamMap()).setBeta("auto").fit(rows()).classWeights())
        .isEqualTo(weighter.setBeta(0.9).fit(rows()).classWeights());
  }

  @Test
  void customWeightsAreTakenAsTheyAre() {
    ClassWeighter weighter =
        new ClassWeighter().setStrategy("custom").setCustomWeights(Map.of(0.0, 1.0, 1.0, 7.0));

    assertThat(weighter.fit(rows()).classWeights())
        .containsExactly(entry(0.0, 1.0), entry(1.0, 7.0));
    assertThatThrownBy(() -> weighter.fit(rowsWith("label", "2.0")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "customWeights: there is no weight for class 2.0, only for [0.0, 1.0]; add one");
  }

  @ParameterizedTest
  @ValueSource(strings = {"byte", "short", "int", "bigint", "float", "double", "decimal(9,2)"})
  void everyNumericTypeIsALabel(String type) {
    Dataset<Row> data = rowsWith("label", "-3.0").withColumn("label", col("label").cast(type));

    ClassWeighterModel model = new ClassWeighter().fit(data);

    assertThat(model.classCounts())
        .containsExactly(entry(-3.0, 1.0), entry(0.0, 8.0), entry(1.0, 1.0));
    assertThat(doubles(model.transform(data), "classWeight").subList(7, 10))
        .containsExactly(10.0 / 24, 10.0 / 3, 10.0 / 3);
  }

  @Test
  void posWeightIsTheLargerLabelsShare() {
    Dataset<Row> data = rows().withColumn("label", col("label").multiply(2).minus(1));

    assertThat(new ClassWeighter().fit(data).posWeight()).isEqualTo(4);
    ClassWeighterModel three = new ClassWeighter().fit(rowsWith("label", "2.0"));
    assertThatThrownBy(three::posWeight)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "posWeight: exists for two classes only, and there are the classes [0.0, 1.0, 2.0]");
  }

  @Test
  void minusZeroIsZero() {
    Dataset<Row> data = rows().withColumn("label", expr("if(id < 4, -0.0D, label)"));

    ClassWeighterModel model = new ClassWeighter().fit(data);

    assertThat(model.classCounts()).containsExactly(entry(0.0, 8.0), entry(1.0, 2.0));
    assertThat(doubles(model.transform(data), "classWeight")).startsWith(.625).hasSize(10);
  }

  @ParameterizedTest
  @CsvSource({"null, null", "double('NaN'), NaN", "-double('Infinity'), -Infinity"})
  void invalidLabelsAreNamedSkippedOrKept(String sqlValue, String text) {
    Dataset<Row> data = rowsWith("label", sqlValue);
    ClassWeighter weighter = new ClassWeighter();

    assertThatThrownBy(() -> weighter.fit(data))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "labelCol: column 'label' holds "
                + text
                + ", which is no class; mend or drop the row, or set handleInvalid to skip or keep");
    assertRaises(
        weighter.fit(rows()).transform(data),
        "labelCol: column 'label' holds " + text + ", which was not among the classes of the fit;");

    ClassWeighterModel skipping = weighter.setHandleInvalid("skip").fit(data);
    assertThat(skipping.classCounts()).containsExactly(entry(0.0, 8.0), entry(1.0, 1.0));
    assertThat(doubles(skipping.transform(data), "classWeight"))
        .containsExactly(.5625, .5625, .5625, .5625, .5625, .5625, .5625, .5625, 4.5);

    ClassWeighterModel keeping = weighter.setHandleInvalid("keep").setWeightCol("w").fit(data);
    assertThat(keeping.classCounts()).containsExactly(entry(0.0, 12.0), entry(1.0, 1.0));
    assertThat(doubles(keeping.transform(data), "classWeight").subList(8, 10))
        .containsExactly(6.5, 2.0);
  }

  @Test
  void unseenLabelsAreNamedSkippedOrKept() {
    Dataset<Row> data = rowsWith("label", "7.0");
    ClassWeighterModel model = new ClassWeighter().fit(rows());

    assertRaises(
        model.transform(data),
        "labelCol: column 'label' holds 7.0, which was not among the classes of the fit; mend or"
            + " drop the row, fit again, or set handleInvalid to skip or keep");
    assertThat(doubles(model.setHandleInvalid("skip").transform(data), "classWeight")).hasSize(9);
    assertThat(doubles(model.setHandleInvalid("keep").transform(data), "classWeight").get(9))
        .isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "null, null",
    "double('NaN'), NaN",
    "-0.5D, -0.5",
    "double('Infinity'), Infinity",
    "-double('Infinity'), -Infinity"
  })
  void wrongWeightsAreNamed(String sqlValue, String text) {
    Dataset<Row> data = rowsWith("w", sqlValue);
    String message =
        "weightCol: column 'w' holds "
            + text
            + "; weights must be finite and >= 0: mend or drop the row";
    ClassWeighter weighter = new ClassWeighter().setWeightCol("w");

    assertThatThrownBy(() -> weighter.fit(data))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
    assertRaises(weighter.fit(rows()).transform(data), message);
  }

  /** The strategies that give one say what to do of 12 + 1 + 0 in three classes, with ε = 1/2. */
  @Test
  void aClassWithoutWeightHasAClassWeightWhereTheStrategyGivesOne() {
    Dataset<Row> data = rowsWith("label", "5.0").withColumn("w", expr("if(label = 5, 0.0D, w)"));
    ClassWeighter weighter = new ClassWeighter().setWeightCol("w");

    for (String strategy : List.of("inverseFrequency", "effectiveNumber")) {
      assertThatThrownBy(() -> weighter.setStrategy(strategy).fit(data))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "class 5.0 has the count 0.0 and so no finite positive weight under this strategy;"
                  + " drop the class, or use smoothed or custom weights");
    }
    ClassWeighterModel smoothed =
        weighter
            .setStrategy("smoothedInverseFrequency")
            .setEpsilon(0.5)
            .setNormalization("none")
            .fit(data);
    assertThat(smoothed.classCounts())
        .containsExactly(entry(0.0, 12.0), entry(1.0, 1.0), entry(5.0, 0.0));
    assertThat(smoothed.classWeights().get(5.0)).isCloseTo(13 / 1.5, within(1e-15));
    assertThat(doubles(smoothed.transform(data), "classWeight").get(9)).isEqualTo(0);
    assertThat(
            weighter
                .setStrategy("custom")
                .setCustomWeights(Map.of(0.0, 1.0, 1.0, 7.0, 5.0, 9.0))
                .fit(data)
                .classWeights())
        .containsExactly(entry(0.0, 1.0), entry(1.0, 7.0), entry(5.0, 9.0));
  }

  @Test
  void weightsThatAreAllZeroAreRefused() {
    assertThatThrownBy(
            () -> new ClassWeighter().setWeightCol("w").fit(rows().withColumn("w", lit(0))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("weightCol: all weights in column 'w' are 0; some must be positive");
  }

  @Test
  void dataThatCannotBeCountedIsNamed() {
    assertThatThrownBy(() -> new ClassWeighter().fit(rows().filter("id < 0")))
        .hasMessage(
            "labelCol: column 'label' holds nothing, the data has no rows; check the input path and"
                + " its filters");
    assertThatThrownBy(() -> new ClassWeighter().fit(rows().filter("label = 0")))
        .hasMessageStartingWith("labelCol: column 'label' holds only the classes [0.0];");
    assertThatThrownBy(
            () ->
                new ClassWeighter()
                    .fit(rows().withColumn("label", expr("9007199254740992L + id % 2"))))
        .hasMessageMatching(
            "labelCol: column 'label' holds 900719925474099[23], which a double cannot tell from"
                + " its neighbours; map the classes to small numbers, for example with"
                + " StringIndexer");
    assertThatThrownBy(
            () ->
                new ClassWeighter()
                    .fit(
                        rows()
                            .withColumn(
                                "label",
                                expr(
                                    "cast(if(id % 2 = 0, '0.1', '0.10000000000000000001') as decimal(25,20))"))))
        .hasMessageContaining("which a double cannot tell from its neighbours");
    assertThatThrownBy(
            () -> new ClassWeighter().setLabelCol("id").fit(SparkSessions.shared().range(10_001)))
        .hasMessage(
            "labelCol: column 'id' holds more than 10000 different values; a label has few: name"
                + " the label column, or group its values into classes");
  }

  @Test
  void manyClassesAreFine() {
    Dataset<Row> data = SparkSessions.shared().range(0, 2_000, 1, 2).toDF("label");

    ClassWeighterModel model = new ClassWeighter().fit(data);

    assertThat(model.transform(data).filter("classWeight = 1").count()).isEqualTo(2_000);
  }

  @Test
  void columnsAreChecked() {
    assertThatThrownBy(() -> new ClassWeighter().setLabelCol("y").fit(rows()))
        .hasMessage("labelCol: there is no column 'y'; the columns are id, label, w");
    assertThatThrownBy(() -> new ClassWeighter().fit(rows().withColumn("label", lit("fraud"))))
        .hasMessage(
            "labelCol: column 'label' is of type string; it must be numeric: cast it first");
    assertThatThrownBy(() -> new ClassWeighter().setWeightCol("v").fit(rows()))
        .hasMessage("weightCol: there is no column 'v'; the columns are id, label, w");
    assertThatThrownBy(() -> new ClassWeighter().setOutputCol("w").fit(rows()))
        .hasMessage("outputCol: column 'w' exists already; drop it or choose another name");
  }

  @Test
  void parametersAreChecked() {
    for (String beta : new String[] {"1", "-0.1", "NaN", "automatic", ""}) {
      assertThatThrownBy(() -> new ClassWeighter().setBeta(beta))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("beta");
    }
    for (double[][] pairs :
        new double[][][] {{{0, 1}, {0, 2}}, {{0, 0}}, {{0, 1, 2}}, {{Double.NaN, 1}}, {{0}}}) {
      assertThatThrownBy(() -> new ClassWeighter().setCustomWeights(pairs))
          .hasMessageContaining("customWeights");
    }
    assertThatThrownBy(() -> new ClassWeighter().setStrategy("custom").fit(rows()))
        .hasMessage(
            "customWeights: is not set, and the strategy 'custom' needs it; set class -> weight");
    assertThatThrownBy(() -> new ClassWeighter().setCustomWeights(Map.of(0.0, 1.0)).fit(rows()))
        .hasMessage(
            "customWeights: is set, and the strategy 'inverseFrequency' makes no use of it; set the"
                + " strategy to 'custom' or clear customWeights");
  }

  @Test
  void rowsWithoutALabelColumnPassThrough() {
    ClassWeighterModel model = new ClassWeighter().setWeightCol("w").fit(rows());
    Dataset<Row> scoring = rows().drop("label", "w");

    assertThat(model.transformSchema(scoring.schema())).isEqualTo(scoring.schema());
    assertThat(model.transform(scoring).schema()).isEqualTo(scoring.schema());
    assertThat(model.transform(scoring).collectAsList())
        .containsExactlyInAnyOrderElementsOf(scoring.collectAsList());
  }

  @Test
  void theOutputColumnIsLastAndNeverNull() {
    for (String handleInvalid : new String[] {"error", "skip", "keep"}) {
      StructField[] fields =
          new ClassWeighter()
              .setWeightCol("w")
              .setOutputCol("class.weight")
              .setHandleInvalid(handleInvalid)
              .fit(rows())
              .transform(rows())
              .schema()
              .fields();

      assertThat(fields).hasSize(4);
      assertThat(fields[3].name()).isEqualTo("class.weight");
      assertThat(fields[3].nullable()).isFalse();
    }
  }

  @Test
  void theLedgerSaysWhatWasDone() {
    Metadata others = new MetadataBuilder().putString("unit", "rows").build();
    Dataset<Row> data = rows().withColumn("w", col("w").as("w", others));
    ClassWeighterModel first = new ClassWeighter().setWeightCol("w").setOutputCol("a").fit(data);
    Dataset<Row> once = first.transform(data);
    ClassWeighterModel second =
        new ClassWeighter()
            .setWeightCol("a")
            .setOutputCol("b")
            .setStrategy("custom")
            .setCustomWeights(Map.of(0.0, 1.0, 1.0, 3.0))
            .fit(once);
    Metadata metadata = second.transform(once).schema().apply("b").metadata();

    assertThat(OddsLedger.read(metadata))
        .containsExactly(
            new OddsLedger.Entry(first.uid(), "label", first.classWeights(), true),
            new OddsLedger.Entry(second.uid(), "label", second.classWeights(), true));
    assertThat(metadata.getString("unit")).isEqualTo("rows");
    assertThat(OddsLedger.read(once.schema().apply("w").metadata())).isEmpty();
    Metadata unweighted =
        new ClassWeighter().fit(data).transform(data).schema().apply("classWeight").metadata();
    assertThat(OddsLedger.read(unweighted)).hasSize(1);
  }

  private static void assertRaises(Dataset<Row> data, String message) {
    assertThatThrownBy(data::collectAsList).hasStackTraceContaining(message);
  }
}
