package io.github.imbalancedspark.jobs;

import java.io.UncheckedIOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says in one line why something failed. */
final class FailureLine {

  private static final Pattern SPARK_ERROR_CLASS = Pattern.compile("^\\[[A-Z0-9_.]+] ");
  private static final Pattern SQL_STATE = Pattern.compile(" SQLSTATE: \\w+.*$");

  private static final Pattern FILE = Pattern.compile("while reading file (\\S+?)\\.?(?=\\s|$)");

  private FailureLine() {}

  /**
   * Returns the message of the outermost cause that is about what the user gave, or else of the
   * innermost one that has a message, and of which file, if that is known.
   */
  static String of(Throwable failure) {
    Throwable cause = failure;
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof IllegalArgumentException && t.getMessage() != null) {
        return oneLine(t.getMessage());
      }
      if (t instanceof UncheckedIOException && t.getMessage() != null) {
        return oneLine(t.getMessage()) + ": " + oneLine(t.getCause().getMessage());
      }
      if (t.getMessage() != null && !t.getMessage().isBlank()) {
        cause = t;
      }
    }
    if (cause.getMessage() == null) {
      return cause.getClass().getSimpleName() + "; pass --verbose for the trace";
    }
    String message = SPARK_ERROR_CLASS.matcher(oneLine(cause.getMessage())).replaceFirst("");
    message = SQL_STATE.matcher(message).replaceFirst("");
    return (isSparks(cause) ? message : cause.getClass().getSimpleName() + ": " + message)
        + inFile(failure);
  }

  private static String inFile(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      Matcher file = FILE.matcher(String.valueOf(t.getMessage()));
      if (file.find()) {
        return ", in " + file.group(1);
      }
    }
    return "";
  }

  /** Returns whether Spark threw it; a query's own error is a plain exception in Spark 3. */
  private static boolean isSparks(Throwable cause) {
    return cause.getClass() == RuntimeException.class
        || cause.getClass().getName().startsWith("org.apache.spark.");
  }

  /** Returns the first line of a message. */
  static String oneLine(String message) {
    return message == null ? "" : message.strip().lines().findFirst().orElse("").strip();
  }
}
