package io.github.imbalancedspark.support;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;
import org.apache.spark.sql.SparkSession;

/** Local files under {@code small:/}, on a disk that takes only so many bytes. */
public final class SmallDisk extends RawLocalFileSystem {

  private static final String IMPLEMENTATION = "fs.small.impl";
  private static final AtomicLong ROOM = new AtomicLong();

  /** Makes commands and the session know the disk. */
  public static void install(SparkSession spark) {
    System.setProperty("spark.hadoop." + IMPLEMENTATION, SmallDisk.class.getName());
    spark.sparkContext().hadoopConfiguration().set(IMPLEMENTATION, SmallDisk.class.getName());
  }

  /** Makes them forget it. */
  public static void uninstall(SparkSession spark) {
    System.clearProperty("spark.hadoop." + IMPLEMENTATION);
    spark.sparkContext().hadoopConfiguration().unset(IMPLEMENTATION);
  }

  /** Lets the disk take {@code bytes} more; none, not even empty files, if that is negative. */
  public static void setRoom(long bytes) {
    ROOM.set(bytes);
  }

  @Override
  public URI getUri() {
    return URI.create("small:///");
  }

  @Override
  public String getScheme() {
    return "small";
  }

  @Override
  public FSDataOutputStream create(
      Path file,
      FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    return limited(
        super.create(file, permission, overwrite, bufferSize, replication, blockSize, progress));
  }

  @Override
  public FSDataOutputStream create(
      Path file,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    return limited(super.create(file, overwrite, bufferSize, replication, blockSize, progress));
  }

  private static FSDataOutputStream limited(OutputStream file) throws IOException {
    take(0);
    return new FSDataOutputStream(
        new FilterOutputStream(file) {
          @Override
          public void write(int b) throws IOException {
            take(1);
            out.write(b);
          }

          @Override
          public void write(byte[] bytes, int offset, int length) throws IOException {
            take(length);
            out.write(bytes, offset, length);
          }
        },
        null);
  }

  private static void take(long bytes) throws IOException {
    if (ROOM.addAndGet(-bytes) < 0) {
      throw new IOException("No space left on device");
    }
  }
}
