package io.github.imbalancedspark.jobs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;

/** The end of a Parquet file, from which Spark learns what its columns are. */
final class ParquetFooter {

  /** What a file ends in that Spark takes for Parquet, whatever its name; PARE if encrypted. */
  private static final Set<String> ENDS = Set.of("PAR1", "PARE");

  private static final int LENGTH_OF_END = 4;

  /** What the keys begin with under which Spark has noted the columns, as JSON. */
  private static final String SPARK = "org.apache.spark.sql.parquet.row.";

  private ParquetFooter() {}

  /**
   * Returns what Spark has noted of a file's columns; nothing if it is no Parquet file.
   *
   * @throws IOException if it cannot be read
   */
  static List<String> columns(FileSystem files, FileStatus file) throws IOException {
    if (!isParquet(files, file)) {
      return List.of();
    }
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromStatus(file, files.getConf()))) {
      return reader.getFooter().getFileMetaData().getKeyValueMetaData().entrySet().stream()
          .filter(entry -> entry.getKey().startsWith(SPARK))
          .map(Map.Entry::getValue)
          .toList();
    } catch (RuntimeException e) { // what Parquet throws of a broken or encrypted file
      throw new IOException(e);
    }
  }

  private static boolean isParquet(FileSystem files, FileStatus file) throws IOException {
    if (file.getLen() < LENGTH_OF_END) {
      return false;
    }
    byte[] end = new byte[LENGTH_OF_END];
    try (FSDataInputStream stream = files.open(file.getPath())) {
      stream.readFully(file.getLen() - LENGTH_OF_END, end);
    }
    return ENDS.contains(new String(end, StandardCharsets.ISO_8859_1));
  }
}
