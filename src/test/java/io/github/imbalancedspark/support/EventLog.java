package io.github.imbalancedspark.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What Spark's own log of a run's events says of memory. */
public final class EventLog {

  private static final String DRIVER = "driver";

  private final Map<String, Long> storageMemory = new HashMap<>();
  private final Map<String, Map<String, Long>> peaks = new HashMap<>();
  private final Map<String, Map<String, Long>> onDisk = new HashMap<>();
  private final Map<String, Map<String, Long>> inMemory = new HashMap<>();

  /** Returns Spark's settings for a run that logs its events in {@code folder}, which exists. */
  public static List<String> options(Path folder) {
    return Stream.of(
            "spark.eventLog.enabled=true",
            "spark.eventLog.compress=false",
            "spark.eventLog.rolling.enabled=false",
            "spark.eventLog.dir=" + folder.toUri(),
            "spark.eventLog.logBlockUpdates.enabled=true",
            "spark.eventLog.logStageExecutorMetrics=true",
            "spark.executor.processTreeMetrics.enabled=true",
            "spark.executor.metrics.pollingInterval=200ms")
        .flatMap(setting -> Stream.of("--conf", setting))
        .toList();
  }

  /** Reads the one log in {@code folder}. */
  public static EventLog read(Path folder) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    EventLog log = new EventLog();
    try (Stream<Path> files = Files.list(folder)) {
      Path file = files.filter(f -> !f.getFileName().toString().startsWith(".")).findAny().get();
      for (String line : Files.readAllLines(file)) {
        log.add(mapper.readTree(line));
      }
    }
    return log;
  }

  private void add(JsonNode event) {
    switch (event.get("Event").asText()) {
      case "SparkListenerBlockManagerAdded" ->
          storageMemory.put(
              event.get("Block Manager ID").get("Executor ID").asText(),
              event.get("Maximum Memory").asLong());
      case "SparkListenerStageExecutorMetrics" -> {
        Map<String, Long> peak =
            peaks.computeIfAbsent(event.get("Executor ID").asText(), id -> new HashMap<>());
        event
            .get("Executor Metrics")
            .properties()
            .forEach(f -> peak.merge(f.getKey(), f.getValue().asLong(), Math::max));
      }
      case "SparkListenerBlockUpdated" -> {
        JsonNode block = event.get("Block Updated Info");
        String[] id = block.get("Block ID").asText().split("_", -1);
        if (id[0].equals("rdd")) {
          largest(inMemory, id, block.get("Memory Size").asLong());
          largest(onDisk, id, block.get("Disk Size").asLong());
        }
      }
      default -> {}
    }
  }

  private static void largest(Map<String, Map<String, Long>> sizes, String[] id, long bytes) {
    sizes.computeIfAbsent(id[1], rdd -> new HashMap<>()).merge(id[2], bytes, Math::max);
  }

  /** Returns the bytes that all executors together have for cached blocks and for computing. */
  public long storageMemory() {
    return storageMemory.entrySet().stream()
        .filter(e -> !e.getKey().equals(DRIVER))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** Returns the bytes of the blocks that went to disk, of the RDD of which most did. */
  public long spilled() {
    return most(onDisk.values());
  }

  /** Returns the bytes of the blocks of the largest RDD, each as large as it was in memory. */
  public long cached() {
    return most(inMemory.values());
  }

  private static long most(Collection<Map<String, Long>> rdds) {
    return rdds.stream()
        .mapToLong(blocks -> blocks.values().stream().mapToLong(Long::longValue).sum())
        .max()
        .orElse(0);
  }

  /** Returns the largest figure of an executor by the name that Spark's metric has, in bytes. */
  public long peakOfExecutors(String metric) {
    return peaks.entrySet().stream()
        .filter(e -> !e.getKey().equals(DRIVER))
        .mapToLong(e -> e.getValue().getOrDefault(metric, 0L))
        .max()
        .orElse(0);
  }

  /** Returns the driver's largest figure by the name that Spark's metric has, in bytes. */
  public long peakOfDriver(String metric) {
    return peaks.getOrDefault(DRIVER, Map.of()).getOrDefault(metric, 0L);
  }
}
