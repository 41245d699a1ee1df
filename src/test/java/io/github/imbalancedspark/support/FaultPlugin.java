package io.github.imbalancedspark.support;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerBlockUpdated;
import org.apache.spark.scheduler.SparkListenerEvent;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.execution.ui.SparkListenerSQLExecutionStart;
import org.apache.spark.storage.BlockId;
import org.apache.spark.util.TaskCompletionListener;
import scala.collection.Iterator;

/**
 * Does harm to a run at a known point: when a task of a stage starts where {@link #PHASE} is found
 * in the call site of the stage or of its query. Every task asks the driver, which alone decides,
 * so that a fault happens as often as it should, and writes it down in {@link #LOG}.
 */
public final class FaultPlugin implements SparkPlugin {

  /** The setting that holds the fault's name. */
  private static final String FAULT = "spark.fault.kind";

  /** The setting that holds a regular expression, to be found in the call site. */
  private static final String PHASE = "spark.fault.phase";

  /** The setting that names the file where each injected fault gets a line. */
  private static final String LOG = "spark.fault.log";

  private static final long SLOWNESS_SECONDS = 60;

  /** What can happen. */
  public enum Fault {
    /** Nothing. */
    NONE(0),
    /** The executor is killed by SIGKILL. */
    EXECUTOR_KILLED(1),
    /** The executor's Worker is killed by SIGKILL; the executor follows it. */
    WORKER_KILLED(1),
    /** The task fails when it has done its work, twice. */
    TASK_FAILS_TWICE(2),
    /** The task's first attempt takes a minute; that the speculative one wins is noted too. */
    TASK_IS_SLOW(2),
    /** All cached blocks of the executor are lost. */
    BLOCKS_LOST(1),
    /** Memory is too small for the cached blocks: the first one that goes to disk is noted. */
    BLOCKS_EVICTED(1),
    /** The driver is killed by SIGKILL. */
    DRIVER_KILLED(1),
    /** The driver is asked to end, by SIGTERM, while the task does not. */
    DRIVER_STOPPED(1);

    /** How often it happens in a run. */
    public final int times;

    Fault(int times) {
      this.times = times;
    }
  }

  /**
   * Returns Spark's options for a run that meets a fault.
   *
   * @param phase where, a regular expression that is found in the call site
   * @param log the file where each injected fault gets a line
   */
  public static List<String> options(Fault fault, String phase, Path log) {
    String classes = Path.of("target/test-classes").toAbsolutePath().toString();
    List<String> options = new ArrayList<>(List.of("--driver-class-path", classes));
    Stream.of(
            "spark.executor.extraClassPath=" + classes,
            "spark.plugins=" + FaultPlugin.class.getName(),
            FAULT + "=" + fault,
            PHASE + "=" + phase,
            LOG + "=" + log)
        .forEach(setting -> options.addAll(List.of("--conf", setting)));
    return options;
  }

  private record TaskStart(int stage, int partition, int attempt) implements Serializable {}

  @Override
  public DriverPlugin driverPlugin() {
    return new Driver();
  }

  @Override
  public ExecutorPlugin executorPlugin() {
    return new Executor();
  }

  private static final class Driver implements DriverPlugin {

    private final Map<Integer, String> callSites = new HashMap<>();
    private final Map<String, String> queries = new HashMap<>();
    private Fault fault;
    private Pattern phase;
    private Path log;
    private int injected;

    @Override
    public Map<String, String> init(SparkContext context, PluginContext plugin) {
      SparkConf conf = plugin.conf();
      fault = Fault.valueOf(conf.get(FAULT));
      phase = Pattern.compile(conf.get(PHASE));
      log = Path.of(conf.get(LOG));
      context.addSparkListener(
          new SparkListener() {
            @Override
            public void onOtherEvent(SparkListenerEvent event) {
              if (event instanceof SparkListenerSQLExecutionStart start) {
                queries.put(Long.toString(start.executionId()), start.details());
              }
            }

            @Override
            public void onBlockUpdated(SparkListenerBlockUpdated event) {
              if (event.blockUpdatedInfo().blockId().isRDD()
                  && event.blockUpdatedInfo().diskSize() > 0) {
                evicted(event.blockUpdatedInfo().blockId());
              }
            }

            @Override
            public void onTaskEnd(SparkListenerTaskEnd event) {
              if (event.taskInfo().speculative() && event.taskInfo().successful()) {
                speculationWon(event.stageId(), event.taskInfo().index());
              }
            }

            @Override
            public void onStageSubmitted(SparkListenerStageSubmitted event) {
              String query = event.properties().getProperty("spark.sql.execution.id", "none");
              submitted(
                  event.stageInfo().stageId(),
                  event.stageInfo().details() + queries.getOrDefault(query, ""));
            }
          });
      return Map.of();
    }

    private synchronized void submitted(int stage, String details) {
      callSites.put(stage, details);
      notifyAll();
    }

    private synchronized void speculationWon(int stage, int partition) {
      if (fault == Fault.TASK_IS_SLOW && injected == 1) {
        injected++;
        write("speculation won stage " + stage + " partition " + partition);
      }
    }

    private synchronized void evicted(BlockId block) {
      if (fault == Fault.BLOCKS_EVICTED && injected < fault.times) {
        injected++;
        write(fault + " " + block);
      }
    }

    @Override
    public synchronized Object receive(Object message) throws InterruptedException {
      TaskStart task = (TaskStart) message;
      while (!callSites.containsKey(task.stage)) {
        wait();
      }
      boolean again = fault == Fault.TASK_FAILS_TWICE;
      boolean wanted =
          fault != Fault.BLOCKS_EVICTED
              && injected < (fault == Fault.TASK_IS_SLOW ? 1 : fault.times)
              && phase.matcher(callSites.get(task.stage)).find()
              && (again ? task.partition == 0 && task.attempt == injected : task.attempt == 0);
      if (!wanted) {
        return Fault.NONE;
      }
      injected++;
      write(fault + " stage " + task.stage + " partition " + task.partition);
      if (fault == Fault.DRIVER_KILLED) {
        kill(ProcessHandle.current());
      }
      if (fault == Fault.DRIVER_STOPPED) {
        signal("-TERM", ProcessHandle.current());
      }
      return fault;
    }

    private void write(String line) {
      try {
        Files.writeString(log, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static final class Executor implements ExecutorPlugin {

    private PluginContext context;

    @Override
    public void init(PluginContext plugin, Map<String, String> settings) {
      context = plugin;
    }

    @Override
    public void onTaskStart() {
      TaskContext task = TaskContext.get();
      try {
        happen(
            (Fault)
                context.ask(
                    new TaskStart(task.stageId(), task.partitionId(), task.attemptNumber())),
            task);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }

    private static void happen(Fault fault, TaskContext task) throws InterruptedException {
      switch (fault) {
        case EXECUTOR_KILLED -> kill(ProcessHandle.current());
        case WORKER_KILLED -> kill(ProcessHandle.current().parent().orElseThrow());
        case TASK_FAILS_TWICE ->
            task.addTaskCompletionListener(
                (TaskCompletionListener)
                    done -> {
                      throw new IllegalStateException("injected");
                    });
        case TASK_IS_SLOW, DRIVER_STOPPED -> TimeUnit.SECONDS.sleep(SLOWNESS_SECONDS);
        case BLOCKS_LOST -> loseBlocks();
        case NONE, DRIVER_KILLED, BLOCKS_EVICTED -> {}
      }
    }

    private static void loseBlocks() {
      Iterator<BlockId> blocks =
          SparkEnv.get().blockManager().getMatchingBlockIds(BlockId::isRDD).iterator();
      while (blocks.hasNext()) {
        SparkEnv.get().blockManager().removeBlock(blocks.next(), true);
      }
    }
  }

  private static void kill(ProcessHandle process) throws InterruptedException {
    signal("-KILL", process);
  }

  private static void signal(String name, ProcessHandle process) throws InterruptedException {
    try {
      new ProcessBuilder("kill", name, Long.toString(process.pid())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
