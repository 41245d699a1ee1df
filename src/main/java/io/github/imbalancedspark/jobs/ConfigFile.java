package io.github.imbalancedspark.jobs;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.TreeSet;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * A properties file (UTF-8) whose entries stand in for options that the command line leaves out. A
 * key is an option's long name without its dashes; {@code option.KEY=VALUE} is {@code --option
 * KEY=VALUE}, which the command line leaves out if it has none of that {@code KEY}.
 */
final class ConfigFile implements IDefaultValueProvider {

  static final String OPTION = "--config";

  private static final String MAP_OPTION = "option";
  private static final String MAP_PREFIX = MAP_OPTION + ".";

  private final Properties properties;

  private ConfigFile(Properties properties) {
    this.properties = properties;
  }

  /**
   * Makes the file that {@code args} name, if any, the source of their command's defaults.
   *
   * @return {@code args} with the file's entries of the repeatable option before their own, which
   *     win for being the later ones
   * @throws ParameterException if it cannot be read or holds a key that the command does not know
   */
  static String[] applyTo(CommandLine line, String... args) {
    CommandLine command = line.getSubcommands().get(args[0]);
    String file = command == null ? null : fileIn(command, args);
    if (file == null) {
      return args;
    }
    ConfigFile config = new ConfigFile(read(command, file));
    config.requireKnown(command, file);
    command.setDefaultValueProvider(config);
    List<String> all = new ArrayList<>(Arrays.asList(args));
    all.addAll(1, config.mapEntries());
    return all.toArray(new String[0]);
  }

  private static String fileIn(CommandLine command, String... args) {
    for (int i = 1; i < args.length; i++) {
      if (args[i].startsWith(OPTION + "=")) {
        return args[i].substring(OPTION.length() + 1);
      }
      if (args[i].equals(OPTION)) {
        if (i + 1 == args.length) {
          throw new ParameterException(command, OPTION + ": the name of a file must follow");
        }
        return args[i + 1];
      }
    }
    return null;
  }

  private static Properties read(CommandLine command, String file) {
    Properties properties = new Properties();
    Path path = new Path(file);
    try (Reader reader =
        new InputStreamReader(HadoopFiles.of(path).open(path), StandardCharsets.UTF_8)) {
      properties.load(reader);
      return properties;
    } catch (FileNotFoundException e) {
      throw new ParameterException(
          command, "config: there is no file '" + file + "'; check the path", e);
    } catch (IOException | IllegalArgumentException e) {
      throw new ParameterException(
          command,
          "config: the file '"
              + file
              + "' cannot be read as properties: "
              + FailureLine.oneLine(e.getMessage()),
          e);
    }
  }

  private void requireKnown(CommandLine command, String file) {
    TreeSet<String> known = new TreeSet<>();
    for (OptionSpec option : command.getCommandSpec().options()) {
      if (!option.usageHelp() && !option.longestName().equals(OPTION)) {
        known.add(keyOf(option));
      }
    }
    for (String key : new TreeSet<>(properties.stringPropertyNames())) {
      boolean entry = known.contains(MAP_OPTION) && key.startsWith(MAP_PREFIX);
      if (!entry && (!known.contains(key) || key.equals(MAP_OPTION))) {
        known.remove(MAP_OPTION);
        known.add(MAP_PREFIX + "…");
        throw new ParameterException(
            command,
            String.format(
                "config: the file '%s' has the key '%s', which is unknown; the keys are %s",
                file, key, String.join(", ", known)));
      }
    }
  }

  private static String keyOf(ArgSpec option) {
    return ((OptionSpec) option).longestName().replaceFirst("^--", "");
  }

  @Override
  public String defaultValue(ArgSpec arg) {
    return arg.isOption() ? properties.getProperty(keyOf(arg)) : null;
  }

  private List<String> mapEntries() {
    List<String> entries = new ArrayList<>();
    for (String key : new TreeSet<>(properties.stringPropertyNames())) {
      if (key.startsWith(MAP_PREFIX)) {
        entries.add(
            String.format(
                "--%s=%s=%s",
                MAP_OPTION, key.substring(MAP_PREFIX.length()), properties.getProperty(key)));
      }
    }
    return entries;
  }
}
