package io.github.imbalancedspark.jobs;

import io.github.imbalancedspark.internal.Terms;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The application that {@code spark-submit} runs: {@code imbalanced COMMAND --option value …}.
 *
 * <p>Exit code 0: done. 2: the command line is wrong. 1: it failed, with one line on standard error
 * that says why.
 */
@Command(
    name = "imbalanced",
    synopsisSubcommandLabel = "COMMAND",
    description = "Imbalanced binary classification on Apache Spark.",
    footer = {
      "",
      "Spark's own options (--master, --conf, --driver-memory …) stand before COMMAND.",
      "`imbalanced COMMAND --help` lists the options of a command."
    },
    subcommands = {
      TrainCommand.class,
      ScoreCommand.class,
      EvaluateCommand.class,
      SensitivityCommand.class,
      WeightsCommand.class,
      ResampleCommand.class
    })
public final class Main {

  private static final int USAGE = 2;
  private static final int FAILED = 1;
  private static final String HEADLESS = "java.awt.headless";

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  @SuppressWarnings("unused") // read by the parser
  private boolean help;

  private final StopSignal signal;

  private Main(StopSignal signal) {
    this.signal = signal;
  }

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] args) {
    if (System.getProperty(HEADLESS) == null) {
      System.setProperty(HEADLESS, "true"); // charts go to files, whatever DISPLAY says
    }
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    StopSignal signal = new StopSignal();
    signal.watch(err);
    int code;
    try {
      code = run(signal, new PrintWriter(System.out, true, StandardCharsets.UTF_8), err, args);
    } finally {
      signal.end();
    }
    // Left to return when all is well: a cluster manager takes an early exit for a failure.
    if (code != 0) {
      System.exit(code);
    }
  }

  /**
   * Runs a command in this process, on the Spark session that exists or else a new one.
   *
   * @param signal whether the process is being stopped
   * @param out receives what the command prints
   * @param err receives the one line that says why it failed
   * @param args the command and its options
   * @return the exit code
   */
  static int run(StopSignal signal, PrintWriter out, PrintWriter err, String... args) {
    Main main = new Main(signal);
    CommandLine line = new CommandLine(main);
    line.setOut(out).setErr(err);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setUsageHelpAutoWidth(true);
    line.setExpandAtFiles(false);
    line.setParameterExceptionHandler((e, given) -> usageError(e));
    line.setExecutionExceptionHandler((e, command, given) -> main.failure(e, command));
    line.setExecutionStrategy(main::inTermsOfItsOptions);
    if (args.length == 0) {
      line.usage(err);
      return USAGE;
    }
    int code;
    try {
      code = line.execute(ConfigFile.applyTo(line, args));
    } catch (CommandLine.ParameterException e) {
      return usageError(e);
    }
    if (code == 0 && out.checkError()) {
      err.println("imbalanced: standard output cannot be written; what was printed is lost");
      return FAILED;
    }
    return code;
  }

  private int inTermsOfItsOptions(CommandLine.ParseResult parsed) {
    CommandLine.ParseResult command = parsed.hasSubcommand() ? parsed.subcommand() : parsed;
    if (!command.isUsageHelpRequested()) {
      OptionRules.require(command.commandSpec());
    }
    if (command.commandSpec().userObject() instanceof SparkCommand started) {
      signal.tell(started.ifStopped());
    }
    try {
      return Terms.during(
          new OptionTerms(command.commandSpec()), () -> new CommandLine.RunLast().execute(parsed));
    } catch (Error e) { // the parser hands on exceptions only
      return failure(e, command.commandSpec().commandLine());
    }
  }

  private static int usageError(CommandLine.ParameterException e) {
    CommandLine command = e.getCommandLine();
    StringBuilder message = new StringBuilder(line(e.getMessage(), command));
    if (e instanceof CommandLine.UnmatchedArgumentException unmatched
        && !unmatched.getSuggestions().isEmpty()) {
      message
          .append("; did you mean ")
          .append(String.join(" or ", unmatched.getSuggestions()))
          .append('?');
    }
    command
        .getErr()
        .printf("%s: %s (see %1$s --help)%n", command.getCommandSpec().qualifiedName(), message);
    return USAGE;
  }

  /** Returns the first line of a message, whose head is in terms of the command's options. */
  private static String line(String message, CommandLine command) {
    return new OptionTerms(command.getCommandSpec()).headed(FailureLine.oneLine(message));
  }

  private int failure(Throwable e, CommandLine command) {
    if (signal.came()) {
      return FAILED;
    }
    if (e instanceof PathClash) {
      return usageError(new CommandLine.ParameterException(command, e.getMessage()));
    }
    command
        .getErr()
        .printf(
            "%s: %s%n", command.getCommandSpec().qualifiedName(), line(FailureLine.of(e), command));
    if (((SparkCommand) command.getCommand()).verbose()) {
      e.printStackTrace(command.getErr());
    }
    return FAILED;
  }
}
