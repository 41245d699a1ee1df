package io.github.imbalancedspark.jobs;

import io.github.imbalancedspark.internal.Terms;
import java.lang.reflect.Field;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Messages in the terms of a command: where a stage's message names a parameter, the option that
 * sets it. So stages need not know that there is a command line, and a message reads {@code
 * sampling: '0.05' asks …} here and {@code samplingStrategy: …} in code.
 *
 * <p>Which option that is follows from the options themselves: one sets the parameter of its own
 * name, and those that {@link SetsParameters} names. A parameter that the command has no option for
 * keeps its name.
 *
 * <p>A parameter is recognised at the head of a message, where a colon follows, and there an option
 * may lack its dashes too, as it does in {@code --config} files; and inside a text that only we
 * have written, if its name has a hump, as no word of a sentence has.
 */
final class OptionTerms implements Terms.Translation {

  private static final Pattern HEAD = Pattern.compile("^[\\w-]+(?=: )");
  private static final Pattern HUMPED = Pattern.compile("(?<![\\w-])[a-z]+[A-Z]\\w*(?![\\w'])");

  /** Parameter → option. */
  private final Map<String, String> options = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  OptionTerms(CommandSpec command) {
    for (OptionSpec option : command.options()) {
      String name = option.longestName();
      options.put(name.replace("-", ""), name);
      if (option.userObject() instanceof Field field
          && field.isAnnotationPresent(SetsParameters.class)) {
        for (String parameter : field.getAnnotation(SetsParameters.class).value()) {
          options.putIfAbsent(parameter, name);
        }
      }
    }
  }

  /** Returns a message, whatever is in it, whose head is in terms of the options. */
  String headed(String message) {
    return HEAD.matcher(message)
        .replaceFirst(
            head ->
                Matcher.quoteReplacement(
                    options.getOrDefault(head.group().replace("-", ""), head.group())));
  }

  /** Returns a text that holds no words of the user's, such as names of columns. */
  @Override
  public String apply(String text) {
    return HUMPED
        .matcher(headed(text))
        .replaceAll(
            found -> Matcher.quoteReplacement(options.getOrDefault(found.group(), found.group())));
  }

  @Override
  public boolean canSet(String parameter) {
    return options.containsKey(parameter);
  }
}
