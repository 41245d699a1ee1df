package io.github.imbalancedspark.jobs;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What all commands share: {@code --config}, {@code --verbose}, {@code --help}, the session. */
@Command(
    sortOptions = false,
    usageHelpWidth = 100,
    requiredOptionMarker = '*',
    abbreviateSynopsis = true)
abstract class SparkCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = ConfigFile.OPTION,
      paramLabel = "FILE",
      order = 900,
      description =
          "Properties file with these options as keys, without the dashes (option.sep=; for"
              + " --option sep=;). The command line wins.")
  @SuppressWarnings("unused") // declared for the parser; ConfigFile finds it
  private String config;

  @Option(
      names = "--verbose",
      paramLabel = "BOOLEAN",
      arity = "0..1",
      fallbackValue = "true",
      order = 901,
      description = "Print the stack trace of a failure too.")
  private boolean verbose;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      order = 902,
      description = "Show this help.")
  @SuppressWarnings("unused") // read by the parser
  private boolean help;

  boolean verbose() {
    return verbose;
  }

  /** Returns what becomes of the outputs if the process is stopped, and what to do then. */
  String ifStopped() {
    return StopSignal.AS_THEY_WERE;
  }

  PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /** Returns the running session, or starts one. */
  SparkSession session() {
    return SparkSession.builder().appName(spec.qualifiedName()).getOrCreate();
  }

  /** Returns the exception that ends the command with exit code 2. */
  ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
