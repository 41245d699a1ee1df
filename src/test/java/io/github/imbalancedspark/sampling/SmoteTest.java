package io.github.imbalancedspark.sampling;

import static io.github.imbalancedspark.support.Rows.counts;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.imbalancedspark.core.sampling.SmoteVariant;
import io.github.imbalancedspark.internal.OddsLedger;
import io.github.imbalancedspark.support.Golden;
import io.github.imbalancedspark.support.SparkJobs;
import io.github.imbalancedspark.support.SparkSessions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.spark.ml.functions;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Held against imbalanced-learn's samplers, as recorded in {@code golden/smote.json}. */
class SmoteTest {

  private static final JsonNode GOLDEN = Golden.read("smote.json");
  private static final StructType SCHEMA =
      new StructType()
          .add("id", DataTypes.LongType, false)
          .add("label", DataTypes.DoubleType, false)
          .add("features", SQLDataTypes.VectorType(), false);

  /** The reference data: numeric features, and if {@code codes} the categorical one. */
  private static Dataset<Row> reference(boolean codes) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      double[] features = Golden.doubles(GOLDEN.get("features").get(i));
      rows.add(
          RowFactory.create(
              (long) i,
              GOLDEN.get("labels").get(i).asDouble(),
              Vectors.dense(codes ? features : Arrays.copyOf(features, 4))));
    }
    return SparkSessions.shared().createDataFrame(rows, SCHEMA).repartition(3);
  }

  private static Dataset<Row> synthetic(Dataset<Row> rows) {
    return rows.filter("synthetic");
  }

  private static double[] features(Row row) {
    return ((Vector) row.getAs("features")).toArray();
  }

  private static FeatureSpace space(Dataset<Row> rows, int... categorical) {
    return FeatureSpace.of("features", found(rows).deviations(), categorical, true);
  }

  private static FeatureTally.Found found(Dataset<Row> rows) {
    return FeatureTally.find(rows, "label", "features", Set.of(1.0));
  }

  private static Minority minority(Dataset<Row> rows, FeatureSpace space) {
    return Minority.of(
        SparkSessions.shared(),
        found(rows).rows().get(1.0),
        rows.schema(),
        org.apache.spark.sql.functions.hash(col("id")).cast("long"),
        lit(0L),
        space);
  }

  @Test
  void deviationsAreThoseOfTheWholeDataset() {
    double[] deviations = found(reference(false)).deviations();
    for (double deviation : deviations) {
      assertThat(deviation).isCloseTo(1, within(1e-12)); // the reference data is standardised
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void neighboursAreImbalancedLearns(boolean codes) {
    Dataset<Row> rows = reference(codes);
    Minority minority = minority(rows, codes ? space(rows, 4) : space(rows));
    Map<Long, List<Long>> expected = new TreeMap<>();
    JsonNode nearest = GOLDEN.get(codes ? "nc_nearest" : "nearest");
    for (int i = 0; i < 60; i++) {
      List<Long> ids = new ArrayList<>();
      nearest.get(i).forEach(id -> ids.add(id.asLong()));
      ids.sort(null);
      expected.put(GOLDEN.get("minority").get(i).asLong(), ids);
    }
    Map<Long, List<Long>> found = new TreeMap<>();
    int[][] neighbours =
        minority.nearest(SparkSessions.shared(), IntStream.range(0, 60).toArray(), 5);
    for (int i = 0; i < minority.rows().length; i++) {
      found.put(
          minority.rows()[i].getLong(0),
          Arrays.stream(neighbours[i])
              .mapToObj(j -> minority.rows()[j].getLong(0))
              .sorted()
              .toList());
    }
    assertThat(found).isEqualTo(expected);
  }

  @Test
  void surroundingsAreImbalancedLearns() {
    Dataset<Row> rows = reference(false);
    FeatureSpace space = space(rows);
    Minority minority = minority(rows, space);
    int[] near = minority.othersAround(rows, col("label").equalTo(1), space, 5);
    int[] wide = minority.othersAround(rows, col("label").equalTo(1), space, 10);
    long[] inDanger = SmoteVariant.BORDERLINE1.copies(wide, 60, 10, 600);
    List<Long> danger = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      int id = (int) minority.rows()[i].getLong(0);
      assertThat(near[i]).isEqualTo(GOLDEN.get("adasyn_others").get(id - 240).asInt());
      if (inDanger[i] > 0) {
        danger.add((long) id);
      }
    }
    assertThat(danger.stream().sorted().toList())
        .isEqualTo(
            StreamSupport.stream(GOLDEN.get("danger").spliterator(), false)
                .map(JsonNode::asLong)
                .toList());
  }

  /** Tables of 13.4 MB, one a partition. */
  @Test
  void theDriverIsSentOneTableOfSurroundingsIfTheyAreLarge() throws Exception {
    Dataset<Row> rows = reference(false).repartition(10).cache();
    FeatureSpace space = space(rows);
    Minority minority = minority(rows, space);

    List<Integer> tasks =
        SparkJobs.tasksByStage(
            () -> minority.othersAround(rows, col("label").equalTo(1), space, 14_000));

    assertThat(tasks.get(tasks.size() - 1)).isEqualTo(1);
    rows.unpersist();
  }

  @Test
  void syntheticRowsAreDistributedAsImbalancedLearns() {
    int made = GOLDEN.get("made").asInt();
    double[] means = new double[4];
    double[] squares = new double[4];
    for (Row row :
        synthetic(
                new Smote()
                    .setSamplingStrategy("counts(1=" + (60 + made) + ")")
                    .resample(reference(false)))
            .collectAsList()) {
      double[] features = features(row);
      for (int j = 0; j < 4; j++) {
        means[j] += features[j] / made;
        squares[j] += features[j] * features[j] / made;
      }
    }
    double[] exactMeans = Golden.doubles(GOLDEN.get("expected_means"));
    double[] exactSquares = Golden.doubles(GOLDEN.get("expected_squares"));
    double[] theirMeans = Golden.doubles(GOLDEN.get("made_means"));
    double[] theirSquares = Golden.doubles(GOLDEN.get("made_squares"));
    for (int j = 0; j < 4; j++) {
      double deviation = Math.sqrt(exactSquares[j] / made);
      assertThat(means[j]).isCloseTo(exactMeans[j], within(5 * deviation));
      assertThat(means[j]).isCloseTo(theirMeans[j], within(7 * deviation));
      // fourth moments of these features are below 10 times the squared second one
      double ofSquares = exactSquares[j] * Math.sqrt(10.0 / made);
      assertThat(squares[j]).isCloseTo(exactSquares[j], within(5 * ofSquares));
      assertThat(squares[j]).isCloseTo(theirSquares[j], within(7 * ofSquares));
    }
  }

  @Test
  void everySyntheticRowLiesBetweenItsBaseAndANeighbour() {
    Dataset<Row> sample = new Smote().setSamplingStrategy(1).resample(reference(false));
    List<Row> made = synthetic(sample).collectAsList();
    assertThat(made).hasSize(180);
    for (Row row : made) {
      int base = (int) (long) row.<Long>getAs("id"); // copied from the row it starts at
      double[] from = Arrays.copyOf(Golden.doubles(GOLDEN.get("features").get(base)), 4);
      boolean found = false;
      for (JsonNode id : GOLDEN.get("nearest").get(base - 240)) {
        found |=
            isBetween(
                features(row),
                from,
                Arrays.copyOf(Golden.doubles(GOLDEN.get("features").get(id.asInt())), 4));
      }
      assertThat(found).as("row made from %s", base).isTrue();
    }
  }

  private static boolean isBetween(double[] point, double[] from, double[] to) {
    double step = (point[0] - from[0]) / (to[0] - from[0]);
    for (int j = 1; j < point.length; j++) {
      if (Math.abs(point[j] - from[j] - step * (to[j] - from[j])) > 1e-9) {
        return false;
      }
    }
    return step >= 0 && step < 1;
  }

  @ParameterizedTest
  @CsvSource({"smote, 180", "borderline1, 180", "adasyn, 180"})
  void countsAreExactAndRealRowsStay(String variant, long made) {
    Dataset<Row> rows = reference(true);
    Smote smote = new Smote().setVariant(variant).setCategoricalFeatures(new int[] {4}).setSeed(3);
    Dataset<Row> sample = smote.resample(rows);

    assertThat(sample.columns()).containsExactly("id", "label", "features", "synthetic");
    assertThat(counts(sample)).isEqualTo(Map.of(0.0, 240L, 1.0, 240L));
    assertThat(synthetic(sample).count()).isEqualTo(made);
    assertThat(sample.filter("not synthetic").drop("synthetic").except(rows).count()).isZero();
    for (Row row : synthetic(sample).collectAsList()) {
      assertThat(features(row)[4]).isIn(0.0, 1.0, 2.0);
    }
    if (variant.equals("adasyn")) {
      Map<Long, Long> perBase = new TreeMap<>();
      synthetic(sample).collectAsList().forEach(r -> perBase.merge(r.getLong(0), 1L, Long::sum));
      double all = 0;
      for (JsonNode others : GOLDEN.get("adasyn_others")) {
        all += others.asDouble();
      }
      assertThat(perBase).isNotEmpty();
      // with the categorical feature in the distance, neighbours differ from the reference's: only
      // the plain data below has the same
      for (Row row :
          synthetic(new Smote().setVariant("adasyn").resample(reference(false)))
              .groupBy("id")
              .count()
              .collectAsList()) {
        double share =
            GOLDEN.get("adasyn_others").get((int) row.getLong(0) - 240).asDouble() / all * made;
        assertThat((double) row.getLong(1)).isCloseTo(share, within(1.0));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"smote", "borderline1", "adasyn"})
  void theSameRowsWhateverTheOrderAndPartitioning(String variant) {
    Smote smote = new Smote().setVariant(variant).setSamplingStrategy(0.5);
    List<String> once = sorted(smote.resample(reference(false)));
    assertThat(sorted(smote.resample(reference(false).repartition(7).sort(col("id").desc()))))
        .isEqualTo(once);
    assertThat(sorted(smote.resample(reference(false).coalesce(1)))).isEqualTo(once);
    assertThat(sorted(smote.setSeed(1).resample(reference(false)))).isNotEqualTo(once);
  }

  /** On a grid most rows have several others that are equally far. */
  @ParameterizedTest
  @ValueSource(strings = {"smote", "borderline1", "adasyn"})
  void neighboursEquallyFarAreTheSameWhateverTheOrderAndPartitioning(String variant) {
    Dataset<Row> grid =
        SparkSessions.shared()
            .range(0, 2000, 1, 1)
            .withColumn("label", expr("double(id % 5 = 0)"))
            .withColumn(
                "features",
                functions.array_to_vector(
                    array(
                        expr("double(pmod(hash(id), 11))"),
                        expr("double(pmod(hash(id + 1), 7))"),
                        expr("double(pmod(hash(id + 2), 5))"))));
    Smote smote = new Smote().setVariant(variant).setKeyCol("id");
    List<String> once = sorted(smote.resample(grid));
    for (int parts : new int[] {3, 7}) {
      assertThat(sorted(smote.resample(grid.repartition(parts)))).isEqualTo(once);
    }
    assertThat(sorted(smote.resample(grid.sort(col("id").desc())))).isEqualTo(once);
  }

  private static List<String> sorted(Dataset<Row> rows) {
    return rows.collectAsList().stream().map(Row::toString).sorted().toList();
  }

  @Test
  void otherColumnsAreCopiedOrNull() {
    Dataset<Row> rows = reference(false).withColumn("name", expr("concat('n', id)"));
    assertThat(synthetic(new Smote().resample(rows)).filter("name <> concat('n', id)").count())
        .isZero();
    Dataset<Row> blank = synthetic(new Smote().setOtherColumns("null").resample(rows));
    assertThat(blank.filter("id is null and name is null and label = 1").count()).isEqualTo(180);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void datesAndTimesAreCopiedWhicheverClassesTheSessionHasForThem(boolean java8) {
    SparkSession session = SparkSessions.shared();
    session.conf().set("spark.sql.datetime.java8API.enabled", java8);
    try {
      Dataset<Row> rows =
          reference(false)
              .withColumn("day", expr("date_add(date'2020-01-01', int(id))"))
              .withColumn("time", expr("timestamp_seconds(id)"));

      Dataset<Row> made = synthetic(new Smote().resample(rows));

      assertThat(
              made.filter("day = date_add(date'2020-01-01', int(id))")
                  .filter("time = timestamp_seconds(id)")
                  .count())
          .isEqualTo(180);
    } finally {
      session.conf().unset("spark.sql.datetime.java8API.enabled");
    }
  }

  @Test
  void theScaleOfAFeatureDoesNotMatterUnlessAsked() {
    Dataset<Row> rows = reference(false);
    Dataset<Row> scaled =
        rows.withColumn("a", functions.vector_to_array(col("features"), "float64"))
            .withColumn(
                "features",
                functions.array_to_vector(
                    array(expr("a[0] * 1000"), expr("a[1]"), expr("a[2] / 64"), expr("a[3]"))))
            .drop("a");
    Smote smote = new Smote().setKeyCol("id");
    List<Row> plain = synthetic(smote.resample(rows)).sort("id", "features").collectAsList();
    List<Row> large = synthetic(smote.resample(scaled)).collectAsList();
    large = new ArrayList<>(large);
    Map<String, Double> second = new TreeMap<>();
    plain.forEach(r -> second.put(r.getLong(0) + " " + (float) features(r)[1], features(r)[0]));
    for (Row row : large) {
      assertThat(features(row)[0] / 1000)
          .isCloseTo(second.get(row.getLong(0) + " " + (float) features(row)[1]), within(1e-9));
    }
    assertThat(sorted(smote.setStandardization(false).resample(scaled)))
        .isNotEqualTo(sorted(smote.setStandardization(true).resample(scaled)));
  }

  @Test
  void theLedgerSaysThatRowsAreSynthetic() {
    Dataset<Row> sample = new Smote().setSamplingStrategy(0.5).resample(reference(false));
    OddsLedger.Entry entry = OddsLedger.read(sample.schema().apply("label").metadata()).get(0);
    assertThat(entry.factors()).isEqualTo(Map.of(0.0, 1.0, 1.0, 2.0));
    assertThat(entry.exact()).isFalse();
  }

  @Test
  void asAModelItResamplesOnce() {
    Dataset<Row> rows = reference(false);
    SamplerModel model = new Smote().fit(rows);
    assertThat(model.transform(rows).count()).isEqualTo(480);
    assertThat(model.transform(rows).filter("not synthetic").count()).isEqualTo(300);
    assertThat(model.transform(rows.drop("label", "features")).count()).isEqualTo(300);
  }

  @Test
  void fewRowsMakeDoWithFewerNeighboursIfAsked() {
    Dataset<Row> rows = reference(false).filter("id < 244"); // 4 minority rows
    assertThatThrownBy(() -> new Smote().resample(rows))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "k: is 5, but class 1.0 of column 'label' has only 4 rows; set it to 3"
                + " or less, or take more data");
    assertThat(counts(new Smote().setFewerNeighbors(true).resample(rows)))
        .isEqualTo(Map.of(0.0, 240L, 1.0, 240L));
    assertThatThrownBy(() -> new Smote().setFewerNeighbors(true).resample(rows.filter("id < 241")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "k: is 5, but class 1.0 of column 'label' has only 1 row; one row has no neighbours:"
                + " repeat it by over-sampling instead");
  }

  @Test
  void refusesWhatItCannotUse() {
    Dataset<Row> rows = reference(false);
    assertThatThrownBy(
            () -> new Smote().setMaxBroadcastMinority(59).setVariant("adasyn").resample(rows))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "maxBroadcastMinority: class 1.0 of column 'label' has 60 rows, more than 59, and the"
                + " neighbours of adasyn need them all in one place; raise it if they fit into"
                + " memory, or use smote on numeric features");
    assertThatThrownBy(() -> new Smote().setCategoricalFeatures(new int[] {4}).resample(rows))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("categoricalFeatures: holds 4, but column 'features' has the features 0 to 3");
    assertThatThrownBy(
            () -> new Smote().setCategoricalFeatures(new int[] {0, 1, 2, 3}).resample(rows))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "categoricalFeatures: names all 4 features of column 'features'; there is nothing");
    assertThatThrownBy(
            () -> new Smote().resample(rows.withColumn("features", expr("if(id=5,null,features)"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "featuresCol: column 'features' holds null; assemble a vector for every row or drop the"
                + " row");
    assertThatThrownBy(
            () -> new Smote().resample(rows.withColumn("label", expr("if(id=5,null,label)"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("labelCol: column 'label' holds null; label or drop these rows");
    assertThatThrownBy(() -> new Smote().resample(rows.filter("label = 0")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("labelCol: there is only the class 0.0, in 240 rows; both classes");
    assertThatThrownBy(() -> new Smote().resample(rows.limit(0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the data has no rows: check the input path and its filters");
    assertThatThrownBy(() -> new Smote().setFeaturesCol("id").resample(rows))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "featuresCol: column 'id' is of type bigint; it must be a vector: use a"
                + " VectorAssembler");
    assertThatThrownBy(() -> new Smote().resample(rows.withColumn("synthetic", lit(1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "syntheticCol: column 'synthetic' exists already; drop it or choose another name");
    Dataset<Row> apart =
        rows.withColumn(
            "features",
            functions.array_to_vector(array(expr("label * 1000 + id / 300"), lit(0.0))));
    assertThatThrownBy(() -> new Smote().setVariant("adasyn").resample(apart))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "variant: is 'adasyn', but no row of class 1.0 is near another class; use smote");
    assertThatThrownBy(() -> new Smote().setVariant("borderline1").resample(apart))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "variant: is 'borderline1', but no row of class 1.0 is in danger on the border; use"
                + " smote");
    Dataset<Row> notFinite =
        rows.withColumn(
            "features",
            functions.array_to_vector(
                array(expr("if(id = 250, double('NaN'), double(id))"), lit(0.0))));
    assertThatThrownBy(() -> new Smote().resample(notFinite))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "featuresCol: column 'features' holds NaN, infinite or far too large values in feature"
                + " 0; impute them or drop the rows");
  }

  @Test
  void refusesVectorsOfDifferentSizes() {
    Dataset<Row> mixed = reference(false).union(reference(true));
    for (Dataset<Row> rows : List.of(mixed, mixed.coalesce(1))) {
      assertThatThrownBy(() -> new Smote().resample(rows))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "featuresCol: column 'features' holds vectors of 4 and of 5 features; all must be of"
                  + " one size");
    }
  }

  @Test
  void sparseAndDenseVectorsAreTheSame() {
    Dataset<Row> sparse =
        reference(true)
            .withColumn(
                "features",
                org.apache
                    .spark
                    .sql
                    .functions
                    .udf(
                        (org.apache.spark.sql.api.java.UDF1<Vector, Vector>) Vector::toSparse,
                        SQLDataTypes.VectorType())
                    .apply(col("features")));
    Smote smote = new Smote().setKeyCol("id");
    assertThat(sorted(synthetic(smote.resample(sparse))))
        .isEqualTo(sorted(synthetic(smote.resample(reference(true)))));
  }

  @Test
  void theMarkIsLeftOutIfAsked() {
    Smote smote = new Smote().setSyntheticCol("");
    Dataset<Row> sample = smote.resample(reference(false));
    assertThat(sample.count()).isEqualTo(480);
    assertThat(sample.columns()).containsExactly("id", "label", "features");
    assertThat(smote.fit(sample).transform(reference(false)).columns())
        .containsExactly("id", "label", "features");
  }

  @Test
  void askingForNothingMakesNothing() {
    Dataset<Row> sample =
        new Smote().setSamplingStrategy("counts(1=60)").resample(reference(false));
    assertThat(sample.count()).isEqualTo(300);
    assertThat(sample.filter("synthetic").count()).isZero();
  }

  /**
   * Two clusters of 300 minority rows each, 100 apart, among 900 others; an id, and a copy of it.
   */
  private static Dataset<Row> clusters() {
    return SparkSessions.shared()
        .range(0, 1500, 1, 3)
        .withColumn("label", expr("double(id >= 900)"))
        .withColumn("side", expr("id % 2"))
        .withColumn(
            "features",
            functions.array_to_vector(
                array(
                    expr("side * 100 + hash(id) / 4e9"),
                    expr("hash(id + 1) / 4e9 - side * 100"),
                    expr("hash(id + 2) / 4e9"))));
  }

  @Test
  void aMinorityTooLargeToGatherHasNeighboursByHash() {
    Smote smote =
        new Smote()
            .setMaxBroadcastMinority(100)
            .setKeyCol("id")
            .setStandardization(false)
            .setSamplingStrategy("counts(1=1747)");
    Dataset<Row> sample = smote.resample(clusters());

    assertThat(sample.columns()).containsExactly("id", "label", "side", "features", "synthetic");
    assertThat(counts(sample)).isEqualTo(Map.of(0.0, 900L, 1.0, 1747L));
    assertThat(sample.filter("not synthetic").drop("synthetic").except(clusters()).count())
        .isZero();
    Map<Long, double[]> real = new TreeMap<>();
    clusters().collectAsList().forEach(row -> real.put(row.getLong(0), features(row)));
    Map<Long, Long> perBase = new TreeMap<>();
    int copies = 0;
    for (Row row : synthetic(sample).collectAsList()) {
      double[] from = real.get(row.getLong(0)); // copied from the row it starts at
      double[] made = features(row);
      perBase.merge(row.getLong(0), 1L, Long::sum);
      assertThat(row.getLong(0)).isGreaterThanOrEqualTo(900);
      copies += Arrays.equals(from, made) ? 1 : 0;
      boolean found =
          Arrays.equals(from, made)
              || real.entrySet().stream()
                  .filter(e -> e.getKey() >= 900 && e.getKey() != row.getLong(0))
                  // near ones: never from the other cluster
                  .filter(e -> Math.abs(e.getValue()[0] - from[0]) < 50)
                  .anyMatch(e -> isBetween(made, from, e.getValue()));
      assertThat(found).as("row made from %s", row.getLong(0)).isTrue();
    }
    assertThat(copies).isLessThan(12); // 1 % of 1147
    assertThat(perBase).hasSize(600); // 1147 of 600: once each, and 547 of them once more
    assertThat(perBase.values().stream().filter(n -> n == 2)).hasSize(547);

    List<String> once = sorted(sample);
    assertThat(sorted(smote.resample(clusters().repartition(7)))).isEqualTo(once);
    assertThat(sorted(smote.setSeed(1).resample(clusters()))).isNotEqualTo(once);
  }

  @Test
  void neighboursByHashAreNearlyTheNearest() {
    Dataset<Row> sample =
        new Smote()
            .setMaxBroadcastMinority(59)
            .setK(1)
            .setSamplingStrategy("counts(1=120)")
            .resample(reference(false));
    int nearest = 0;
    for (Row row : synthetic(sample).collectAsList()) {
      int base = (int) row.getLong(0);
      double[] from = Arrays.copyOf(Golden.doubles(GOLDEN.get("features").get(base)), 4);
      for (JsonNode id : GOLDEN.get("nearest").get(base - 240)) {
        double[] to = Arrays.copyOf(Golden.doubles(GOLDEN.get("features").get(id.asInt())), 4);
        nearest += isBetween(features(row), from, to) ? 1 : 0;
      }
    }
    assertThat(nearest).isGreaterThanOrEqualTo(57); // of 60, one of the five that are nearest
  }

  @Test
  void duplicatedRowsAreCountedExactlyToo() {
    Dataset<Row> rows = reference(false).union(reference(false));
    Smote smote = new Smote().setSamplingStrategy(0.8);
    Dataset<Row> sample = smote.resample(rows);

    assertThat(counts(sample)).isEqualTo(Map.of(0.0, 480L, 1.0, 384L));
    assertThat(sorted(smote.resample(rows.repartition(7)))).isEqualTo(sorted(sample));
    assertThat(counts(smote.setMaxBroadcastMinority(100).resample(rows)))
        .isEqualTo(Map.of(0.0, 480L, 1.0, 384L));
  }
}
