package io.github.imbalancedspark.jobs;

import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.util.ShutdownHookManager;

/**
 * What comes of SIGTERM or Ctrl-C: the process says that it was stopped, and lives on until the
 * command, which Spark's end makes fail, has removed what it has half written.
 */
final class StopSignal {

  static final String AS_THEY_WERE =
      "outputs are as they were, or marked as unfinished while they moved: run it again";

  /**
   * Spark stops its context at 30 above the end of Hadoop's file systems; the higher, the sooner.
   */
  private static final int BEFORE_SPARK = FileSystem.SHUTDOWN_HOOK_PRIORITY + 40;

  private static final int BEFORE_FILE_SYSTEMS = FileSystem.SHUTDOWN_HOOK_PRIORITY + 20;
  private static final long PATIENCE_SECONDS = 20;

  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean came;
  private volatile String consequence = AS_THEY_WERE;

  /** Tells on {@code err} if the process is stopped before {@link #end}. */
  void watch(PrintWriter err) {
    ShutdownHookManager hooks = ShutdownHookManager.get();
    hooks.addShutdownHook(() -> come(err), BEFORE_SPARK);
    hooks.addShutdownHook(
        this::awaitEnd, BEFORE_FILE_SYSTEMS, PATIENCE_SECONDS + 1, TimeUnit.SECONDS);
  }

  /** Sets what is told of the outputs. */
  void tell(String newConsequence) {
    consequence = newConsequence;
  }

  /** Notes that the process is being stopped, and tells on {@code err} unless it has ended. */
  void come(PrintWriter err) {
    if (ended.getCount() > 0) {
      came = true;
      err.println(
          "imbalanced: stopped before its end (SIGTERM, Ctrl-C or a cluster manager); "
              + consequence);
    }
  }

  private void awaitEnd() {
    try {
      // If that is not enough, what is left is hidden, and goes with the next run.
      boolean unused = ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns whether the process is being stopped, so that what fails now is of no interest. */
  boolean came() {
    return came;
  }

  /** Notes that the command has ended, one way or the other. */
  void end() {
    ended.countDown();
  }
}
