package io.github.imbalancedspark.internal;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import scala.Option;

/**
 * Saves and loads stages in Spark's own layout: {@code metadata/} holds class, uid and Params as
 * JSON, {@code data/}, for models, one Parquet row. Nothing is ever Java-serialised.
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

    private final Class<T> type;
    private final boolean hasData;
    private final BiFunction<String, Row, T> make;

    Reader(Class<T> type, boolean hasData, BiFunction<String, Row, T> make) {
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
}
