package io.github.imbalancedspark.jobs;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * Which options have an effect only beside another one, and which exclude each other. One that
 * would be ignored is refused: whoever gave it does not expect that.
 */
final class OptionRules {

  private static final Set<String> TRAIN = Set.of("train");
  private static final Set<String> FITTING = Set.of("train", "sensitivity");
  private static final Set<String> SCORE = Set.of("score");
  private static final Set<String> EVALUATE = Set.of("evaluate");
  private static final Set<String> RESAMPLE = Set.of("resample");
  private static final Set<String> WEIGHTS = Set.of("weights");

  private static final Other MODEL = other("--model");
  private static final Other REPORT = other("--report");
  private static final Other THRESHOLD_FOR = other("--threshold-for");
  private static final Other PLATEAU = other("--pos-weight-schedule").of("plateau");
  private static final Other SYNTHETIC =
      other("--sampling").of("(smote|borderline1|adasyn):.*", "smote, borderline1 or adasyn");

  private static final List<Need> NEEDS =
      List.of(
          need(TRAIN, "--day-col").of(THRESHOLD_FOR.of("alerts_per_day.*", "alerts_per_day<=…")),
          need(TRAIN, "--on-unreachable")
              .of(THRESHOLD_FOR.of(".*[<>]=.*", "with a bound, as in recall@precision>=0.85")),
          need(TRAIN, "--refit").of(THRESHOLD_FOR),
          need(TRAIN, "--validation-fraction")
              .of(
                  THRESHOLD_FOR,
                  other("--calibrate"),
                  other("--validation-metric"),
                  other("--patience"),
                  PLATEAU),
          need(TRAIN, "--pos-weight-schedule", "--validation-metric", "--patience")
              .of(other("--max-epochs")),
          need(TRAIN, "--growth", "--max-pos-weight").of(PLATEAU),
          need(TRAIN, "--focal-alpha", "--focal-gamma").of(focal()),
          need(Set.of("sensitivity"), "--focal-alpha", "--focal-gamma")
              .of(focal(), other("--compare")),
          need(FITTING, "--elastic-net-param", "--standardization").of(other("--reg-param")),
          need(FITTING, "--beta").of(other("--weighting").of("effectiveNumber")),
          need(FITTING, "--epsilon").of(other("--weighting").of("smoothedInverseFrequency")),
          need(FITTING, "--custom-weights").of(other("--weighting").of("custom")),
          need(FITTING, "--normalization").of(other("--weighting")),
          need(WEIGHTS, "--beta").of(other("--strategy").of("effectiveNumber")),
          need(WEIGHTS, "--epsilon").of(other("--strategy").of("smoothedInverseFrequency")),
          need(WEIGHTS, "--custom-weights").of(other("--strategy").of("custom")),
          need(WEIGHTS, "--output-col", "--output-format").of(other("--output")),
          need(WEIGHTS, "--overwrite").of(other("--output"), other("--json")),
          need(FITTING, "--neighbors", "--max-broadcast-minority").of(SYNTHETIC),
          need(RESAMPLE, "--neighbors", "--max-broadcast-minority").of(SYNTHETIC),
          need(RESAMPLE, "--synthetic-col", "--features", "--ignore", "--categorical", "--missing")
              .of(SYNTHETIC),
          need(FITTING, "--overwrite").of(MODEL, REPORT),
          need(EVALUATE, "--overwrite").of(REPORT),
          need(EVALUATE, "--trust").of(MODEL),
          need(SCORE, "--every").of(other("--checkpoint")));

  private static final List<Clash> CLASHES =
      List.of(
          new Clash(
              TRAIN,
              "--max-iter",
              "--max-epochs",
              "an epoch is one iteration, so give one number of them"),
          new Clash(
              FITTING, "--threshold", "--threshold-for", "give the threshold, or have it chosen"),
          new Clash(
              FITTING,
              "--pos-weight",
              "--class-weights",
              "the second class weight is the positive class's, so give one of the two"),
          new Clash(EVALUATE, "--model", "--score-col", "name the one that has the scores"),
          new Clash(
              SCORE,
              "--overwrite",
              "--checkpoint",
              "new files are added to the output; to score all of them again, remove output and"
                  + " checkpoint"));

  private OptionRules() {}

  /**
   * An option that others need.
   *
   * @param values what its value must be, as a regular expression, or {@code null} for any
   * @param inWords the option and that value
   */
  private record Other(String option, String values, String inWords) {

    Other of(String value) {
      return of(value, value);
    }

    Other of(String these, String theseInWords) {
      return new Other(option, these, option + " " + theseInWords);
    }

    boolean isIn(CommandSpec command) {
      OptionSpec spec = command.findOption(option);
      return isGiven(spec)
          && (values == null
              || textsOf(spec).anyMatch(value -> value.strip().matches("(?i)" + values)));
    }
  }

  /** Options of some commands, each of which needs one of others. */
  private record Need(Set<String> commands, List<String> options, List<Other> others) {

    Need of(Other... needed) {
      return new Need(commands, options, List.of(needed));
    }

    void require(CommandSpec command) {
      for (String option : options) {
        if (isGiven(command.findOption(option))
            && others.stream().noneMatch(o -> o.isIn(command))) {
          throw new ParameterException(
              command.commandLine(),
              String.format(
                  "%s: goes with %s; give that too, or leave it out",
                  option, others.stream().map(Other::inWords).collect(Collectors.joining(" or "))));
        }
      }
    }
  }

  /** Two options of some commands that exclude each other. */
  private record Clash(Set<String> commands, String one, String other, String remedy) {

    void refuse(CommandSpec command) {
      if (isGiven(command.findOption(one)) && isGiven(command.findOption(other))) {
        throw new ParameterException(
            command.commandLine(),
            String.format("%s and %s exclude each other: %s", one, other, remedy));
      }
    }
  }

  private static Need need(Set<String> commands, String... options) {
    return new Need(commands, List.of(options), List.of());
  }

  private static Other other(String option) {
    return new Other(option, null, option);
  }

  private static Other focal() {
    return other("--loss").of("(focal|sigmoidFocal)", "focal or sigmoidFocal");
  }

  /**
   * Checks a command's options, wherever they were given.
   *
   * @throws ParameterException if one would be ignored, or excludes another
   */
  static void require(CommandSpec command) {
    NEEDS.stream()
        .filter(need -> need.commands.contains(command.name()))
        .forEach(need -> need.require(command));
    CLASHES.stream()
        .filter(clash -> clash.commands.contains(command.name()))
        .forEach(clash -> clash.refuse(command));
  }

  /** Returns whether an option has another value than it has when it is left out. */
  private static boolean isGiven(OptionSpec option) {
    boolean isFlag = option.arity().min() == 0;
    String leftOut = isFlag ? "false" : option.defaultValue();
    List<String> texts = textsOf(option).toList();
    return !texts.isEmpty() && !(texts.size() == 1 && texts.get(0).equalsIgnoreCase(leftOut));
  }

  private static Stream<String> textsOf(OptionSpec option) {
    Object value = option.getValue();
    if (value instanceof Map<?, ?> map) {
      return map.keySet().stream().map(Object::toString);
    }
    if (value instanceof Collection<?> collection) {
      return collection.stream().map(Object::toString);
    }
    return Stream.ofNullable(value).map(Object::toString);
  }
}
