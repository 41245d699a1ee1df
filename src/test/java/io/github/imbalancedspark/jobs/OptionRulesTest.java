package io.github.imbalancedspark.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * An option that would be ignored is refused, before the table, which is not there, is looked for.
 */
class OptionRulesTest {

  @TempDir Path folder;

  private CommandRun run(String command, String... options) {
    List<String> args = new ArrayList<>(List.of(command, "--input=" + folder.resolve("none.csv")));
    if (command.equals("score")) {
      args.add("--model=" + folder.resolve("none"));
    }
    if (command.equals("score") || command.equals("resample")) {
      args.add("--output=" + folder.resolve("out"));
    }
    Arrays.stream(options).map(o -> o.replace("FOLDER", folder.toString())).forEach(args::add);
    return CommandRun.of(args.toArray(new String[0]));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "train | --day-col=day | --threshold-for alerts_per_day<=… | --threshold-for=f1"
            + " | --threshold-for=alerts_per_day<=9",
        "train | --on-unreachable=nearest | --threshold-for with a bound, as in"
            + " recall@precision>=0.85 | --threshold-for=mcc | --threshold-for=recall@fpr<=0.01",
        "train | --refit | --threshold-for | --calibrate=platt | --threshold-for=f1",
        "train | --validation-fraction=0.3 | --threshold-for or --calibrate or --validation-metric"
            + " or --patience or --pos-weight-schedule plateau | --max-epochs=5 | --calibrate=platt",
        "train | --pos-weight-schedule=linearDecay | --max-epochs | | --max-epochs=5",
        "train | --validation-metric=f1 | --max-epochs | | --max-epochs=5",
        "train | --patience=3 | --max-epochs | | --max-epochs=5",
        "train | --growth=2 | --pos-weight-schedule plateau | --max-epochs=5"
            + " | --max-epochs=5 --pos-weight-schedule=plateau",
        "train | --max-pos-weight=99 | --pos-weight-schedule plateau | --max-epochs=5"
            + " | --max-epochs=5 --pos-weight-schedule=plateau",
        "train | --focal-gamma=1 | --loss focal or sigmoidFocal | --loss=bceWithLogits"
            + " | --loss=sigmoidFocal",
        "train | --focal-alpha=0.5 | --loss focal or sigmoidFocal | | --loss=focal",
        "sensitivity | --focal-alpha=0.5 | --loss focal or sigmoidFocal or --compare |"
            + " | --compare",
        "sensitivity | --focal-gamma=1 | --loss focal or sigmoidFocal or --compare | | --loss=focal",
        "train | --elastic-net-param=0.5 | --reg-param | | --reg-param=0.1",
        "sensitivity | --standardization=false | --reg-param | | --reg-param=0.1",
        "train | --beta=auto | --weighting effectiveNumber | --weighting=inverseFrequency"
            + " | --weighting=effectiveNumber",
        "train | --epsilon=1 | --weighting smoothedInverseFrequency | "
            + " | --weighting=smoothedInverseFrequency",
        "train | --custom-weights=0=1,1=2 | --weighting custom | | --weighting=custom",
        "sensitivity | --normalization=meanOne | --weighting | | --weighting=inverseFrequency",
        "weights | --beta=0.9 | --strategy effectiveNumber | | --strategy=effectiveNumber",
        "weights | --epsilon=1 | --strategy smoothedInverseFrequency |"
            + " | --strategy=smoothedInverseFrequency",
        "weights | --custom-weights=0=1,1=2 | --strategy custom | | --strategy=custom",
        "weights | --output-col=w | --output | --json=FOLDER/w.json | --output=FOLDER/w",
        "weights | --output-format=csv | --output | | --output=FOLDER/w",
        "weights | --overwrite | --output or --json | | --json=FOLDER/w.json",
        "train | --neighbors=3 | --sampling smote, borderline1 or adasyn | --sampling=over:1"
            + " | --sampling=under:0.5,SMOTE:1",
        "sensitivity | --max-broadcast-minority=9 | --sampling smote, borderline1 or adasyn |"
            + " | --sampling=adasyn:1",
        "resample | --neighbors=3 | --sampling smote, borderline1 or adasyn | --sampling=under:1"
            + " | --sampling=smote:1",
        "resample | --synthetic-col=made | --sampling smote, borderline1 or adasyn"
            + " | --sampling=under:1 | --sampling=borderline1:1",
        "resample | --features=x | --sampling smote, borderline1 or adasyn | --sampling=over:1"
            + " | --sampling=smote:1",
        "resample | --ignore=x | --sampling smote, borderline1 or adasyn | --sampling=over:1"
            + " | --sampling=smote:1",
        "resample | --categorical=x | --sampling smote, borderline1 or adasyn | --sampling=over:1"
            + " | --sampling=smote:1",
        "resample | --missing=skip | --sampling smote, borderline1 or adasyn | --sampling=over:1"
            + " | --sampling=smote:1",
        "train | --overwrite | --model or --report | | --report=FOLDER/r",
        "sensitivity | --overwrite | --model or --report | | --model=FOLDER/m",
        "evaluate | --overwrite | --report | | --report=FOLDER/r",
        "evaluate | --trust=com.example. | --model | --score-col=p | --model=FOLDER/none",
        "score | --every=60 | --checkpoint | | --checkpoint=FOLDER/c",
      })
  void isRefusedWithoutWhatItNeeds(
      String command, String option, String need, String without, String with) {
    String[] wrong = without == null ? new String[0] : without.split(" ", -1);
    CommandRun refused = run(command, concat(option, wrong));
    assertThat(refused.errors())
        .containsExactly(
            String.format(
                "imbalanced %s: %s: goes with %s; give that too, or leave it out (see imbalanced %1$s"
                    + " --help)",
                command, option.replaceFirst("=.*", ""), need));
    assertThat(refused.code()).isEqualTo(2);

    CommandRun taken = run(command, concat(option, with.split(" ", -1)));
    assertThat(taken.err()).contains("there is no file or folder");
    assertThat(taken.code()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "train | --max-iter=9 | --max-epochs=5 | an epoch is one iteration",
        "train | --threshold=0.3 | --threshold-for=f1 | give the threshold, or have it chosen",
        "sensitivity | --threshold=0.3 | --threshold-for=f1 | give the threshold",
        "train | --pos-weight=auto | --class-weights=1,9 | the second class weight is the positive",
        "sensitivity | --pos-weight=3 | --class-weights=1,9 | the second class weight is the",
        "evaluate | --model=FOLDER/none | --score-col=p | name the one that has the scores",
        "score | --overwrite | --checkpoint=FOLDER/c | new files are added to the output",
      })
  void isRefusedBesideWhatItExcludes(String command, String one, String other, String remedy) {
    CommandRun refused = run(command, one, other);
    assertThat(refused.errors())
        .singleElement()
        .asString()
        .startsWith(
            String.format(
                "imbalanced %s: %s and %s exclude each other: %s",
                command, one.replaceFirst("=.*", ""), other.replaceFirst("=.*", ""), remedy));
    assertThat(refused.code()).isEqualTo(2);

    for (String alone : List.of(one, other)) {
      assertThat(run(command, alone).err()).contains("there is no file or folder");
    }
  }

  private static String[] concat(String option, String... others) {
    List<String> all = new ArrayList<>(List.of(option));
    all.addAll(Arrays.asList(others));
    return all.toArray(new String[0]);
  }

  /** What an option is without being given asks for nothing. */
  @Test
  void aDefaultNeedsNothing() {
    for (String option :
        List.of("--refit=false", "--overwrite=false", "--validation-fraction=0.2")) {
      assertThat(run("train", option).err()).contains("there is no file or folder");
    }
    assertThat(run("weights", "--output-format=PARQUET").err()).contains("there is no file");
  }

  @Test
  void aConfigurationIsHeldToItToo() {
    String config = CommandRun.file(folder, "train.properties", "day-col=day", "seed=3");
    assertThat(run("train", "--config=" + config).err())
        .contains("--day-col: goes with --threshold-for alerts_per_day<=…; give that too");
    assertThat(run("train", "--config=" + config, "--help").code()).isZero();
  }
}
