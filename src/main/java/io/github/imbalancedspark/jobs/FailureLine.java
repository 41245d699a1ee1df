package io.github.imbalancedspark.jobs;

import java.io.UncheckedIOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says in one line why something failed. */
final class FailureLine {

  private static final Pattern SPARK_ERROR_CLASS = Pattern.compile("^\\[[A-Z0-9_.]+] ");
  private static final Pattern SQL_STATE = Pattern.compile(" SQLSTATE: \\w+.*$");

  /** Of an exception of several lines that a reader of CSV throws. */
  private static final Pattern HEADER =
      Pattern.compile(
          "CSV header.*?^(?:Expected: (.*?) but found: (.*?)\\n)?CSV file: (\\S+)",
          Pattern.DOTALL | Pattern.MULTILINE);

  private static final Pattern RECORD =
      Pattern.compile(
          "Malformed records are detected in record parsing: \\[?(.*?)]?\\.$", Pattern.MULTILINE);

  /** What Spark shows of a row of which it wanted no column. */
  private static final String NOTHING_PARSED = "empty row";

  private static final Pattern FILE = Pattern.compile("while reading file (\\S+?)\\.?(?=\\s|$)");

  private FailureLine() {}

  /**
   * Returns the message of the outermost cause that is about what the user gave or a lack of
   * memory, or else of the innermost one that has a message, and of which file, if that is known.
   */
  static String of(Throwable failure) {
    String file = ofFile(failure);
    if (file != null) {
      return file;
    }
    Throwable cause = failure;
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof OutOfMemoryError) {
        return "out of memory ("
            + oneLine(t.getMessage())
            + "); give the driver more with --driver-memory, before the command";
      }
      if (isOfTheUser(t)) {
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

  /** Returns what is wrong with a file of the table, or {@code null}. */
  private static String ofFile(Throwable failure) {
    String innermost = "";
    String record = null;
    for (Throwable t = failure; t != null; t = t.getCause()) {
      String message = String.valueOf(t.getMessage());
      Matcher header = HEADER.matcher(message);
      if (header.find()) {
        return String.format(
            "input: the header of %s is not that of the table%s; give all files the same columns in"
                + " the same order",
            header.group(3),
            header.group(1) == null
                ? ", which has more or fewer columns"
                : String.format(": it has '%s' for '%s'", header.group(2), header.group(1)));
      }
      Matcher malformed = RECORD.matcher(message);
      record = record == null && malformed.find() ? malformed.group(1) : record;
      innermost = t instanceof NumberFormatException ? ": " + oneLine(message) : innermost;
    }
    return record == null
        ? null
        : String.format(
            "input: %s%s does not fit the columns%s; mend it, or let --option"
                + " mode=PERMISSIVE put null for what is missing or of another type, and drop what"
                + " is too much",
            record.equals(NOTHING_PARSED) ? "a row" : "the row '" + record + "'",
            inFile(failure),
            innermost);
  }

  private static boolean isOfTheUser(Throwable t) {
    return t instanceof IllegalArgumentException
        && !(t instanceof NumberFormatException)
        && t.getMessage() != null;
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
