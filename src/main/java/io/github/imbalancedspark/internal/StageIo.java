package io.github.imbalancedspark.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkContext;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import scala.Option;

/**
 * Saves and loads stages in Spark's own layout: {@code metadata/} holds class, uid and Params as
 * JSON, {@code data/}, for models, one Parquet row. A stage that a Param holds has a folder named
 * after the Param. Nothing is ever Java-serialised.
 */
@SuppressWarnings("deprecation") // what replaces the SparkContext arguments is not in Spark 3.5
public final class StageIo {

  private StageIo() {}

  /** Returns a writer of a stage that has Params only. */
  public static MLWriter writer(Params stage) {
    return new Writer(stage, null, null);
  }

  /** Returns a writer of a model with one row of data. */
  public static MLWriter writer(Params stage, StructType schema, Row data) {
    return new Writer(stage, schema, data);
  }

  /** Returns a writer of a stage that has Params only, one of which holds a stage, if it is set. */
  public static MLWriter writer(Params stage, Param<? extends Params> nested) {
    return new NestingWriter(stage, nested);
  }

  /** Returns a reader of what {@link #writer(Params, Param)} writes. */
  public static <T extends Params, N extends Params> MLReader<T> reader(
      Class<?> type, Function<String, T> make, Function<T, Param<N>> nested) {
    return new NestingReader<>(new Reader<>(type, false, (uid, none) -> make.apply(uid)), nested);
  }

  /** Returns a reader of a stage that has Params only, made from its uid. */
  public static <T extends Params> MLReader<T> reader(Class<T> type, Function<String, T> make) {
    return new Reader<>(type, false, (uid, none) -> make.apply(uid));
  }

  /** Returns a reader of a model, made from its uid and its row of data. */
  public static <T extends Params> MLReader<T> reader(
      Class<T> type, BiFunction<String, Row, T> make) {
    return new Reader<>(type, true, make);
  }

  private static final class Writer extends MLWriter {

    private final Params stage;
    private final StructType schema;
    private final Row data;

    Writer(Params stage, StructType schema, Row data) {
      this.stage = stage;
      this.schema = schema;
      this.data = data;
    }

    @Override
    public void saveImpl(String path) {
      DefaultParamsWriter.saveMetadata(
          stage, path, sparkSession().sparkContext(), Option.empty(), Option.empty());
      if (data != null) {
        sparkSession()
            .createDataFrame(List.of(data), schema)
            .coalesce(1)
            .write()
            .parquet(path + "/data");
      }
    }
  }

  private static final class Reader<T extends Params> extends MLReader<T> {

    private final Class<?> type;
    private final boolean hasData;
    private final BiFunction<String, Row, T> make;

    Reader(Class<?> type, boolean hasData, BiFunction<String, Row, T> make) {
      this.type = type;
      this.hasData = hasData;
      this.make = make;
    }

    @Override
    public T load(String path) {
      DefaultParamsReader.Metadata metadata =
          DefaultParamsReader.loadMetadata(path, sparkSession().sparkContext(), type.getName());
      Row data = hasData ? sparkSession().read().parquet(path + "/data").head() : null;
      T stage = make.apply(metadata.uid(), data);
      metadata.getAndSetParams(stage, Option.empty());
      return stage;
    }
  }

  private static final class NestingWriter extends MLWriter {

    private final Params stage;
    private final Param<? extends Params> nested;

    NestingWriter(Params stage, Param<? extends Params> nested) {
      this.stage = stage;
      this.nested = nested;
    }

    @Override
    public void saveImpl(String path) {
      Params alone = stage.copy(ParamMap.empty());
      alone.clear(alone.getParam(nested.name()));
      new Writer(alone, null, null).saveImpl(path);
      if (stage.isSet(nested)) {
        save(stage.getOrDefault(nested), path + "/" + nested.name());
      }
    }

    private void save(Params inner, String path) {
      if (!(inner instanceof MLWritable writable)) {
        throw new UnsupportedOperationException(
            nested.name() + ": " + inner.uid() + " cannot be saved, as it is not MLWritable");
      }
      try {
        writable.write().session(sparkSession()).save(path);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static final class NestingReader<T extends Params, N extends Params> extends MLReader<T> {

    private final Reader<T> reader;
    private final Function<T, Param<N>> nested;

    NestingReader(Reader<T> reader, Function<T, Param<N>> nested) {
      this.reader = reader;
      this.nested = nested;
    }

    @Override
    public T load(String path) {
      T stage = reader.load(path);
      Param<N> param = nested.apply(stage);
      Path folder = new Path(path, param.name());
      SparkContext context = sparkSession().sparkContext();
      if (exists(folder, context)) {
        stage.set(param, DefaultParamsReader.<N>loadParamsInstance(folder.toString(), context));
      }
      return stage;
    }

    private static boolean exists(Path folder, SparkContext context) {
      try {
        return folder.getFileSystem(context.hadoopConfiguration()).exists(folder);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
