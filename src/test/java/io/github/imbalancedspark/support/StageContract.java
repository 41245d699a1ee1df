package io.github.imbalancedspark.support;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imbalancedspark.internal.Columns;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.classification.Classifier;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.evaluation.BinaryClassificationEvaluator;
import org.apache.spark.ml.evaluation.Evaluator;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.ml.tuning.TrainValidationSplit;
import org.apache.spark.ml.tuning.TrainValidationSplitModel;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Holds a stage, and its model if it is an estimator, to what every stage promises. A subclass
 * beside the stage's own tests describes the stage, and names the classes in {@link Covers}; a
 * stage that nobody covers fails the build.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class StageContract {

  /** Room for the order in which partitions are summed. */
  private static final double ROUNDING = 1e-9;

  @TempDir private Path folder;

  private final Dataset<Row> data = data();
  private final Params stage = stage();
  private Transformer fitted;

  /** Returns a stage with some parameters set; a different object, the same stage each time. */
  protected abstract Params stage();

  /** Returns the stage's table of bad inputs. */
  protected abstract List<BadInput> badInputs();

  /** Returns rows that the stage takes, with a column {@code id} that tells them apart. */
  protected Dataset<Row> data() {
    return SampleRows.make();
  }

  /** Returns rows that a pipeline of the stage and a learner takes. */
  protected Dataset<Row> pipelineData() {
    return data;
  }

  /**
   * Returns values for parameters that have neither a value nor a default, where their type alone
   * does not suggest one.
   */
  protected Map<String, ?> samples() {
    return Map.of();
  }

  /** Returns the columns that the stage removes. */
  protected List<String> removedColumns() {
    return List.of();
  }

  /** Returns a stage with no more parameters set than saving it takes. */
  protected Params fresh() throws ReflectiveOperationException {
    return stage.getClass().getConstructor().newInstance();
  }

  /** Returns the uid that the stage's model has. */
  protected String modelUid() {
    return stage.uid();
  }

  /** Returns the stages of a pipeline that holds the stage and ends in a classifier. */
  protected PipelineStage[] pipeline() {
    if (stage instanceof Evaluator) {
      return new PipelineStage[] {new LogisticRegression().setMaxIter(3)};
    }
    return stage instanceof Classifier<?, ?, ?>
        ? new PipelineStage[] {(PipelineStage) stage()}
        : new PipelineStage[] {(PipelineStage) stage(), new LogisticRegression().setMaxIter(3)};
  }

  private Evaluator evaluator() {
    return stage instanceof Evaluator evaluator ? evaluator : new BinaryClassificationEvaluator();
  }

  /** Returns the stage, and its model if there is one that is not Spark's. */
  private List<Params> subjects() {
    boolean ownModel =
        stage instanceof Estimator<?>
            && !fitted().getClass().getName().startsWith("org.apache.spark.");
    return ownModel ? List.of(stage, fitted()) : List.of(stage);
  }

  private Transformer fitted() {
    if (fitted == null) {
      fitted = stage instanceof Estimator<?> estimator ? estimator.fit(data) : (Transformer) stage;
    }
    return fitted;
  }

  /** Returns what the stage makes of {@code rows}: columns, or one number with the id 0. */
  private static Dataset<Row> outcome(Params stage, Dataset<Row> rows) {
    if (stage instanceof Evaluator evaluator) {
      return SparkSessions.shared()
          .createDataFrame(
              List.of(RowFactory.create(0L, evaluator.evaluate(rows))),
              new StructType().add("id", DataTypes.LongType).add("metric", DataTypes.DoubleType));
    }
    return stage instanceof Estimator<?> estimator
        ? estimator.fit(rows).transform(rows)
        : ((Transformer) stage).transform(rows);
  }

  /** Returns 0 for a stage that sums nothing over rows. */
  private static double tolerance(Params stage) {
    return stage instanceof Transformer ? 0 : ROUNDING;
  }

  // 1: a public type, with Spark's own parameter names, fluent setters, and getters

  @Test
  void isAPublicTypeThatTheContractNames() throws NoSuchMethodException {
    Class<?>[] types = subjects().stream().map(Object::getClass).toArray(Class<?>[]::new);

    assertThat(getClass().getAnnotation(Covers.class).value()).containsExactly(types);
    for (Class<?> type : types) {
      assertThat(Modifier.isPublic(type.getModifiers())).as(type.getName()).isTrue();
    }
    assertThat(types[0].getConstructor()).isNotNull();
    assertThat(types[0].getConstructor(String.class)).isNotNull();
  }

  @Test
  void paramsAreNamedAndTypedAsInSpark() {
    for (Params subject : subjects()) {
      ParamContract.assertDocumentedAndOwned(subject);
      ParamContract.assertTypedAsSparkDoes(subject);
    }
  }

  @Test
  void paramsHaveGettersAndFluentSetters() {
    for (Params subject : subjects()) {
      ParamContract.assertGetters(subject);
      ParamContract.assertFluentSetters(subject);
    }
    ParamContract.assertSetters(stage(), samples());
  }

  // 2: the schema is checked and foretold, other columns are left alone

  @Test
  void transformDoesWhatTransformSchemaSays() {
    if (stage instanceof Evaluator) {
      return; // it makes no columns
    }
    Dataset<Row> rows = Frames.another(data);

    Dataset<Row> transformed = fitted().transform(rows);

    for (Params subject : subjects()) {
      assertThat(withoutMetadata(((PipelineStage) subject).transformSchema(rows.schema())))
          .as("transformSchema of " + subject)
          .isEqualTo(withoutMetadata(transformed.schema()));
    }
    Column[] others =
        Arrays.stream(rows.columns())
            .filter(name -> !removedColumns().contains(name))
            .map(Columns::named)
            .toArray(Column[]::new);
    Dataset<Row> kept = rows.select(others);
    StructField[] before = kept.schema().fields();
    assertThat(Arrays.copyOf(transformed.schema().fields(), before.length)).isEqualTo(before);
    Frames.assertSame(transformed.select(others), kept, 0);
  }

  private static List<String> withoutMetadata(StructType schema) {
    return Arrays.stream(schema.fields())
        .map(f -> f.name() + " " + f.dataType() + (f.nullable() ? " nullable" : ""))
        .toList();
  }

  @Test
  void aColumnThatDiffersOnlyInCaseFromAnAddedOneIsNamed() {
    if (stage instanceof Evaluator) {
      return; // it makes no columns
    }
    List<String> inputs = Arrays.asList(data.columns());
    for (String added : fitted().transformSchema(data.schema()).fieldNames()) {
      String upper = added.toUpperCase(Locale.ROOT);
      StructType schema = data.schema().add(upper, DataTypes.StringType);
      for (Params subject : inputs.contains(added) ? List.<Params>of() : subjects()) {
        assertThatThrownBy(() -> ((PipelineStage) subject).transformSchema(schema))
            .as(subject + " beside " + upper)
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageEndingWith(
                ": column '%s' exists already, and '%s' differs from it only in case; drop it or"
                    + " choose another name",
                upper, added);
      }
    }
  }

  // 3: saved and loaded

  @Test
  void savedAndLoadedItIsTheSame() throws Exception {
    for (Params subject : subjects()) {
      String path = folder.resolve(subject.getClass().getSimpleName()).toString();
      Params loaded = Saved.saveAndLoad(subject, path);

      assertThat(loaded.uid()).isEqualTo(subject.uid());
      ParamContract.assertSameParams(loaded, subject);
      Saved.assertOpenFormats(path, subject);
      Frames.assertSame(
          outcome(loaded, Frames.another(data)),
          outcome(subject, Frames.another(data)),
          tolerance(subject));
    }
  }

  @Test
  void defaultsStayDefaultsWhenLoaded() throws Exception {
    Params loaded = Saved.saveAndLoad(fresh(), folder.resolve("defaults").toString());

    ParamContract.assertSameParams(loaded, fresh());
  }

  @Test
  void whatAnEarlierVersionSavedIsLoaded() throws Exception {
    for (Params subject : subjects()) {
      SavedByVersion.saveIfAsked(this, subject);
      List<Path> places = SavedByVersion.of(this, subject.getClass());
      assertThat(places).as("places where %s was saved", subject.getClass()).isNotEmpty();
      for (Path saved : places) {
        Params loaded = Saved.load(subject.getClass(), saved.toString());

        assertThat(loaded.uid()).isEqualTo(subject.uid());
        ParamContract.assertSameParams(loaded, subject);
        Frames.assertSame(
            outcome(loaded, Frames.another(data)),
            outcome(subject, Frames.another(data)),
            ROUNDING);
      }
    }
  }

  // 4: copied with its uid

  @Test
  void copyIsTheSameStageButAnotherObject() {
    for (Params subject : subjects()) {
      Params copy = subject.copy(ParamMap.empty());

      assertThat(copy).isNotSameAs(subject).hasSameClassAs(subject);
      assertThat(copy.uid()).isEqualTo(subject.uid());
      ParamContract.assertDocumentedAndOwned(copy);
      ParamContract.assertSameParams(copy, subject);
      firstSet(copy)
          .ifPresent(
              set -> {
                copy.clear(set);
                assertThat(subject.isSet(set)).as(set.name()).isTrue();
              });
      Frames.assertSame(
          outcome(subject.copy(ParamMap.empty()), Frames.another(data)),
          outcome(subject, Frames.another(data)),
          tolerance(subject));
    }
    if (stage instanceof Estimator<?>) {
      Model<?> model = (Model<?>) fitted();
      assertThat(model.uid()).isEqualTo(modelUid());
      assertThat(model.parent()).isSameAs(stage);
      assertThat(((Model<?>) model.copy(ParamMap.empty())).parent()).isSameAs(stage);
    }
  }

  @Test
  void extraParamsOfACopyApply() {
    Params source = stage();
    Param<Object> param = firstSet(source).orElseThrow();
    Object value = source.getOrDefault(param);
    source.clear(param);

    Params copy = source.copy(new ParamMap().put(param.w(value)));

    assertThat(ParamContract.sameValue(copy.getOrDefault(param), value)).as(param.name()).isTrue();
    assertThat(source.isSet(param)).isFalse();
  }

  @SuppressWarnings("unchecked")
  private static Optional<Param<Object>> firstSet(Params stage) {
    return Arrays.stream(stage.params())
        .filter(stage::isSet)
        .findFirst()
        .map(param -> (Param<Object>) param);
  }

  // 5: inside Spark's own meta-stages

  @Test
  void worksInAPipeline() throws IOException {
    Pipeline pipeline = new Pipeline().setStages(pipeline());
    String path = folder.resolve("pipeline").toString();
    pipeline.write().overwrite().save(path);

    PipelineModel model = Pipeline.load(path).fit(pipelineData());

    String modelPath = folder.resolve("pipelineModel").toString();
    model.write().overwrite().save(modelPath);
    Frames.assertSame(
        PipelineModel.load(modelPath).transform(pipelineData()),
        model.transform(Frames.another(pipelineData())),
        0);
    Frames.assertSame(
        model.transform(pipelineData()),
        pipeline.fit(pipelineData()).transform(Frames.another(pipelineData())),
        ROUNDING);
  }

  @Test
  void worksInACrossValidator() throws IOException {
    Pipeline pipeline = new Pipeline().setStages(pipeline());
    CrossValidatorModel model =
        new CrossValidator()
            .setEstimator(pipeline)
            .setEvaluator(evaluator())
            .setEstimatorParamMaps(grid(pipeline))
            .setNumFolds(2)
            .setSeed(7)
            .setParallelism(2)
            .fit(pipelineData());

    assertThat(model.avgMetrics()).doesNotContain(Double.NaN);
    String path = folder.resolve("crossValidator").toString();
    model.write().overwrite().save(path);
    Frames.assertSame(
        CrossValidatorModel.load(path).transform(pipelineData()),
        model.transform(Frames.another(pipelineData())),
        0);
  }

  @Test
  void worksInATrainValidationSplit() throws IOException {
    Pipeline pipeline = new Pipeline().setStages(pipeline());
    TrainValidationSplitModel model =
        new TrainValidationSplit()
            .setEstimator(pipeline)
            .setEvaluator(evaluator())
            .setEstimatorParamMaps(grid(pipeline))
            .setSeed(7)
            .fit(pipelineData());

    assertThat(model.validationMetrics()).doesNotContain(Double.NaN);
    String path = folder.resolve("trainValidationSplit").toString();
    model.write().overwrite().save(path);
    Frames.assertSame(
        TrainValidationSplitModel.load(path).transform(pipelineData()),
        model.transform(Frames.another(pipelineData())),
        0);
  }

  private static ParamMap[] grid(Pipeline pipeline) {
    PipelineStage last = pipeline.getStages()[pipeline.getStages().length - 1];
    ParamGridBuilder grid = new ParamGridBuilder();
    if (last.hasParam("regParam")) {
      grid.addGrid((DoubleParam) last.getParam("regParam"), new double[] {0.01, 1});
    }
    return grid.build();
  }

  // 5 and 6: whatever the input looks like

  @TestFactory
  Stream<DynamicTest> theShapeOfTheInputDoesNotMatter() {
    Map<String, Dataset<Row>> shapes =
        Map.of(
            "one partition",
            data.coalesce(1),
            "two partitions",
            data.repartition(2),
            "seven partitions",
            data.repartition(7),
            "empty partitions",
            data.filter("id < 0").union(data).union(data.filter("id < 0")),
            "filtered",
            data.union(data.withColumn("id", col("id").plus(1000))).filter("id < 1000"));
    Dataset<Row> expected = outcome(stage(), data);
    return shapes.entrySet().stream()
        .map(
            shape ->
                DynamicTest.dynamicTest(
                    shape.getKey(),
                    () ->
                        Frames.assertSame(outcome(stage(), shape.getValue()), expected, ROUNDING)));
  }

  @Test
  void cachedInputStaysCachedAndNothingElseDoes() {
    Dataset<Row> cached = Frames.another(data).persist(StorageLevel.MEMORY_ONLY());
    StorageLevel level = cached.storageLevel(); // another one if some test keeps the same rows
    cached.count();
    int before = SparkSessions.shared().sparkContext().getPersistentRDDs().size();

    Frames.assertSame(outcome(stage(), cached), outcome(stage(), data), ROUNDING);

    assertThat(level.useMemory()).isTrue();
    assertThat(cached.storageLevel()).isEqualTo(level);
    assertThat(SparkSessions.shared().sparkContext().getPersistentRDDs().size())
        .as("persisted RDDs")
        .isEqualTo(before);
    cached.unpersist(true);
  }

  @Test
  void computedAgainItIsTheSame() {
    Dataset<Row> once = outcome(stage(), data);

    Frames.assertSame(once, once, 0);
    Frames.assertSame(outcome(stage(), Frames.another(data)), once, ROUNDING);
  }

  // 7: bad input is named

  @TestFactory
  Stream<DynamicTest> badInputIsNamed() {
    assertThat(badInputs()).isNotEmpty();
    return badInputs().stream()
        .map(input -> DynamicTest.dynamicTest(input.name(), () -> assertNamed(input)));
  }

  private void assertNamed(BadInput input) {
    Dataset<Row> bad = input.spoil().apply(data);
    if (input.scoring()) {
      Transformer model = fitted().copy(ParamMap.empty());
      input.configure().accept(model);
      assertThatThrownBy(() -> model.transform(bad).collectAsList())
          .hasStackTraceContaining(input.message());
    } else {
      Params subject = stage();
      assertThatThrownBy(
              () -> {
                input.configure().accept(subject);
                outcome(subject, bad).collectAsList();
              })
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(input.message());
    }
    assertThat(input.message()).doesNotContain("\n");
  }
}
