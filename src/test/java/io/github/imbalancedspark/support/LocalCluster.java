package io.github.imbalancedspark.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Spark's standalone Master and its Workers on this machine, each a process of its own, from the
 * jars that the build resolved ({@code target/spark-classpath}); no Spark distribution is needed.
 * Commands are submitted as a user does it, through {@code jobs/imbalanced --master}.
 */
public final class LocalCluster implements AutoCloseable {

  private static final Pattern MASTER_URL =
      Pattern.compile("Starting Spark master at (spark://\\S+)");
  private static final Pattern LEADER = Pattern.compile("New state: ALIVE");
  private static final Pattern REGISTERED = Pattern.compile("Successfully registered with master");

  private static final String LOOPBACK = "127.0.0.1";

  private final Path folder;
  private final String classpath;
  private final String workerMemory;
  private final Daemon master;
  private final String url;
  private final List<Daemon> workers = new ArrayList<>();
  private int started;

  /**
   * Starts a Master and Workers of one core each, and waits until they know each other.
   *
   * @param folder where they log and work
   * @param numWorkers how many Workers
   * @param workerMemory what a Worker may give its executors, such as {@code 1g}
   */
  public LocalCluster(Path folder, int numWorkers, String workerMemory) {
    this.folder = folder;
    this.workerMemory = workerMemory;
    try {
      this.classpath = Files.readString(Path.of("target/spark-classpath")).strip();
      Files.createDirectories(folder.resolve("home/jars"));
    } catch (IOException e) {
      throw new UncheckedIOException("build the jar first: ./mvnw -DskipTests package", e);
    }
    this.master = daemon("master", LOOPBACK, "org.apache.spark.deploy.master.Master");
    this.url = master.await(MASTER_URL).group(1);
    master.await(LEADER);
    for (int i = 0; i < numWorkers; i++) {
      startWorker();
    }
    workers.forEach(worker -> worker.await(REGISTERED));
  }

  private void startWorker() {
    String name = "worker-" + ++started;
    workers.add(
        daemon(
            name,
            nextHost(),
            "org.apache.spark.deploy.worker.Worker",
            "--cores",
            "1",
            "--memory",
            workerMemory,
            "--work-dir",
            folder.resolve(name).toString(),
            url));
  }

  /** Starts a Worker in the place of each one that died. */
  public void replaceDeadWorkers() {
    long dead = workers.stream().filter(worker -> !worker.process.isAlive()).count();
    workers.removeIf(worker -> !worker.process.isAlive());
    for (long i = 0; i < dead; i++) {
      startWorker();
    }
    workers.forEach(worker -> worker.await(REGISTERED));
  }

  /**
   * Returns an address of this machine for the next Worker, its own where there are many: a task is
   * not repeated on the host that is slow with it.
   */
  private String nextHost() {
    return System.getProperty("os.name").equals("Linux") ? "127.0.0." + (1 + started) : LOOPBACK;
  }

  private Daemon daemon(String name, String host, String mainClass, String... args) {
    List<String> command =
        new ArrayList<>(List.of(java(), "@conf/java-module-options", "-Xmx256m"));
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", classpath, mainClass));
    command.addAll(List.of("--host", host, "--port", "0", "--webui-port", "0"));
    command.addAll(Arrays.asList(args));
    return new Daemon(folder.resolve(name + ".log"), command, environment());
  }

  /**
   * What Spark wants to know of its installation: jars are found by class path, not in a folder.
   */
  private Map<String, String> environment() {
    return Map.of(
        "SPARK_HOME", folder.resolve("home").toString(),
        "SPARK_DIST_CLASSPATH", classpath,
        "SPARK_SCALA_VERSION", scalaVersion(),
        "SPARK_LOCAL_IP", LOOPBACK,
        "SPARK_LOCAL_DIRS", folder.resolve("local").toString());
  }

  private String scalaVersion() {
    Matcher version = Pattern.compile("spark-core_(\\d+\\.\\d+)").matcher(classpath);
    if (!version.find()) {
      throw new IllegalStateException("no spark-core in target/spark-classpath");
    }
    return version.group(1);
  }

  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /**
   * Runs {@code jobs/imbalanced} on this cluster, on executors of one core, to its end.
   *
   * @param sparkOptions Spark's own options, which stand before the command
   * @param command the command and its options
   */
  public Submission.Result run(List<String> sparkOptions, String... command) {
    return submit(sparkOptions, command).await();
  }

  /** Starts {@code jobs/imbalanced} on this cluster. */
  public Submission submit(List<String> sparkOptions, String... command) {
    List<String> options = options();
    options.addAll(sparkOptions);
    return new Submission(Submission.line(options, command));
  }

  /**
   * Runs {@code jobs/nightly} on this cluster, with less of all than its configuration asks for.
   */
  public Submission.Result runNightly(String base, String date) {
    List<String> line = new ArrayList<>(List.of("jobs/nightly", "standalone", base, date));
    line.addAll(options());
    return new Submission(line).await();
  }

  /** Submits an application that is not ours, with jars that it needs, to its end. */
  public Submission.Result runApplication(
      String mainClass, Path application, List<Path> jars, String... args) {
    List<String> line = new ArrayList<>(List.of(java(), "@conf/java-module-options", "-Xmx512m"));
    line.addAll(List.of("-cp", classpath, "org.apache.spark.deploy.SparkSubmit"));
    line.addAll(options());
    line.addAll(
        List.of("--jars", jars.stream().map(Path::toString).collect(Collectors.joining(","))));
    line.addAll(List.of("--class", mainClass, application.toString()));
    line.addAll(Arrays.asList(args));
    return new Submission(line).await();
  }

  private List<String> options() {
    List<String> options = new ArrayList<>(List.of("--master", url));
    Stream.of(
            "spark.driver.host=127.0.0.1",
            "spark.driver.bindAddress=127.0.0.1",
            "spark.ui.enabled=false",
            "spark.sql.shuffle.partitions=4",
            "spark.executor.cores=1",
            "spark.executor.memory=512m",
            "spark.driver.memory=512m",
            "spark.executor.extraJavaOptions=-XX:+UseSerialGC -XX:TieredStopAtLevel=1")
        .forEach(setting -> options.addAll(List.of("--conf", setting)));
    return options;
  }

  /** Stops all of it; executors go with their Workers. */
  @Override
  public void close() {
    workers.forEach(Daemon::stop);
    master.stop();
  }
}
