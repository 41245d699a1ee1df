package io.github.imbalancedspark.jobs;

import io.github.imbalancedspark.internal.Columns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.streaming.DataStreamWriter;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Writes a table's columns with the prediction, the probability of the positive class and, class
 * weights and resampling taken back, that of the population.
 */
@Command(name = "score", description = "Score a table with a saved model.")
final class ScoreCommand extends SparkCommand {

  private static final Logger LOG = LoggerFactory.getLogger(ScoreCommand.class);

  @Mixin private InputOptions input;
  @Mixin private OutputOptions outputOptions;
  @Mixin private OverwriteOption overwrite;
  @Mixin private TrustedStages trusted;
  @Mixin private StreamOptions stream;

  @Option(
      names = "--model",
      paramLabel = "DIR",
      required = true,
      order = 10,
      description = "The model that train saved.")
  private String model;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      required = true,
      order = 11,
      description = "Where to write the scored table.")
  private String output;

  @Option(
      names = "--columns",
      paramLabel = "COLUMNS",
      split = ",",
      hideParamSyntax = true,
      order = 12,
      description = "The input's columns to write (default: all).")
  private final List<String> columns = new ArrayList<>();

  @Override
  public Integer call() throws InterruptedException {
    if (stream.problem() != null) {
      throw usage(stream.problem());
    }
    if (stream.isAsked()) {
      scoreStream();
    } else {
      scoreTable();
    }
    return 0;
  }

  @Override
  String ifStopped() {
    return stream.isAsked()
        ? "files that were scored are in the output and stay there: run it again for the rest"
        : super.ifStopped();
  }

  private void scoreTable() {
    try (Output place = overwrite.output("output", output)) {
      requireApart(place);
      ModelFolder loaded = ModelFolder.load(session(), model, trusted);
      Dataset<Row> table = input.load(session(), readerOptions(loaded), loaded::withTextsAsText);
      Dataset<Row> scored = scoring(table.schema(), loaded).apply(table);
      Output.beginAll(place);
      outputOptions.write(scored, place);
      place.commit();
    }
    tellScored();
  }

  private void scoreStream() throws InterruptedException {
    Output place = Output.at("output", output, true);
    requireApart(place);
    place.requireApartFrom("checkpoint", stream.checkpoint());
    requireApart(Output.at("checkpoint", stream.checkpoint(), true));
    StreamRecord stored = StreamRecord.stored(stream.checkpoint());
    Map<String, String> terms = terms();
    if (stored != null) {
      stored.requireTerms(stream.checkpoint(), terms);
    }
    stream.requireItsOutput(output);
    stream.requirePending(output);
    ModelFolder loaded = ModelFolder.load(session(), model, trusted);
    InputFiles files = input.files(session());
    if (stored != null && files.isGone()) {
      LOG.warn(
          "--input: '{}' is gone; an object store drops a folder with its last file, otherwise put"
              + " it back",
          input.path());
    }
    if (!stream.awaitFirst(() -> stored == null ? files.areThereForStream() : !files.isGone())) {
      return;
    }
    if (!files.isGone()) {
      stream.requireNoNew(files.patternNames());
    }
    if (stored != null) {
      stored.requireRead(
          stream.checkpoint(),
          Stream.concat(loaded.reads().stream(), columns.stream()).toList(),
          input.isInferred() ? loaded.withTextsAsText(stored.schema()) : stored.schema());
    }
    StructType schema =
        stored == null
            ? input.schema(session(), readerOptions(loaded), loaded::withAnyNumbers)
            : stored.schema();
    UnaryOperator<Dataset<Row>> scoring = scoring(schema, loaded);
    Dataset<Row> rows = scoring.apply(input.stream(session(), readerOptions(loaded), schema));
    DataStreamWriter<Row> writer = outputOptions.writer(rows);
    if (stored == null) {
      // Not before it is known to do, for it stays.
      StreamRecord.of(terms, rows.schema(), schema).store(stream.checkpoint());
    } else {
      stored.requireColumns(stream.checkpoint(), rows.schema());
    }
    stream.run(
        writer,
        output,
        some ->
            scoring
                .apply(input.some(session(), readerOptions(loaded), schema, some))
                .write()
                .format("noop")
                .mode("append")
                .save());
    tellScored();
  }

  /** Returns what every run with a checkpoint has to give alike. */
  private Map<String, String> terms() {
    Map<String, String> terms = new LinkedHashMap<>();
    terms.put("input", HadoopFiles.full(input.path(), "input"));
    terms.put("output", HadoopFiles.full(output, "output"));
    terms.put("output-format", outputOptions.formatName());
    return terms;
  }

  private void tellScored() {
    out().println("scored   " + output);
  }

  private void requireApart(Output place) {
    place.requireApartFrom("input", input.path());
    place.requireApartFrom("model", model);
  }

  private Map<String, String> readerOptions(ModelFolder loaded) {
    return input.isLibsvm() ? loaded.libsvmOptions() : Map.of();
  }

  /** Returns what scores tables of that schema. */
  private UnaryOperator<Dataset<Row>> scoring(StructType schema, ModelFolder loaded) {
    StructType kept = kept(schema);
    outputOptions.requireWritable(kept);
    LOG.info("scoring {}", input.path());
    List<Column> written = new ArrayList<>();
    for (String name : kept.fieldNames()) {
      written.add(Columns.named(name));
    }
    written.add(Columns.named(ModelFolder.PREDICTION));
    written.add(loaded.probability().as(ModelFolder.PROBABILITY));
    written.add(loaded.correctedProbability());
    if (loaded.isCalibrated()) {
      written.add(Columns.named(ModelFolder.CALIBRATED_PROBABILITY));
    }
    return table -> {
      // What the output leaves out is not in the way of what scoring makes.
      Dataset<Row> rows = columns.isEmpty() ? table : ModelFolder.freed(table, columns);
      return loaded.transform(rows).select(written.toArray(new Column[0]));
    };
  }

  private StructType kept(StructType schema) {
    List<String> names = columns.isEmpty() ? Arrays.asList(schema.fieldNames()) : columns;
    return new StructType(
        names.stream()
            .map(name -> Columns.require(schema, name, "columns"))
            .toArray(StructField[]::new));
  }
}
