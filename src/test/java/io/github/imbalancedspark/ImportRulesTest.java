package io.github.imbalancedspark;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may import whom. */
class ImportRulesTest {

  private static final String ROOT = ImportRulesTest.class.getPackageName();

  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  /** What a stage package may import of ours, beside itself. */
  private static final List<String> BELOW_STAGES = List.of("core", "params", "internal");

  /**
   * What the others may import, and the stage packages that import another one because their stages
   * wrap its stages.
   */
  private static final Map<String, List<String>> EXCEPTIONS =
      Map.of(
          "core", List.of(),
          "calibration", List.of("core", "params", "internal", "classification"),
          "internal", List.of("core"),
          "params", List.of("core", "internal"),
          "tuning",
              List.of("core", "params", "internal", "classification", "evaluation", "sampling"));

  static Stream<String> packages() {
    return MAIN.stream()
        .map(JavaClass::getPackageName)
        .filter(name -> !name.equals(ROOT))
        .map(name -> name.substring(ROOT.length() + 1).replaceFirst("\\..*", ""))
        .filter(name -> !name.equals("jobs"))
        .distinct()
        .sorted();
  }

  @ParameterizedTest
  @MethodSource("packages")
  void aPackageImportsOnlyWhatItMay(String name) {
    String[] allowed =
        Stream.concat(Stream.of(name), EXCEPTIONS.getOrDefault(name, BELOW_STAGES).stream())
            .map(ImportRulesTest::within)
            .toArray(String[]::new);

    classes()
        .that()
        .resideInAPackage(within(name))
        .should()
        .onlyDependOnClassesThat(
            DescribedPredicate.describe(
                "are no classes of ours, or reside in " + Arrays.toString(allowed),
                c ->
                    !c.getPackageName().startsWith(ROOT)
                        || JavaClass.Predicates.resideInAnyPackage(allowed).test(c)))
        .check(MAIN);
  }

  @Test
  void coreKnowsNeitherSparkNorScala() {
    noClasses()
        .that()
        .resideInAPackage(within("core"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache..", "scala..")
        .check(MAIN);
  }

  @Test
  void nothingImportsJobs() {
    noClasses()
        .that()
        .resideOutsideOfPackage(within("jobs"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(within("jobs"))
        .check(MAIN);
  }

  /**
   * Reading internal rows row by row is what makes training fast, so their plain accessors may be
   * called elsewhere; how one comes by such rows, and all else of Catalyst, execution and {@code
   * private[spark]} utilities, is met in one place.
   */
  @Test
  void onlyInternalTouchesWhatSparkKeepsForItself() {
    noClasses()
        .that()
        .resideOutsideOfPackage(within("internal"))
        .should()
        .dependOnClassesThat(
            DescribedPredicate.describe(
                "are internals of Spark",
                c ->
                    JavaClass.Predicates.resideInAnyPackage(
                                "org.apache.spark.sql.catalyst..",
                                "org.apache.spark.sql.execution..",
                                "org.apache.spark.sql.classic..",
                                "org.apache.spark.ml.impl..",
                                "org.apache.spark.internal..")
                            .test(c)
                        && !ROW_ACCESSORS.contains(c.getName())))
        .check(MAIN);
  }

  private static final List<String> ROW_ACCESSORS =
      List.of(
          "org.apache.spark.sql.catalyst.InternalRow",
          "org.apache.spark.sql.catalyst.util.ArrayData");

  private static String within(String name) {
    return ROOT + "." + name + "..";
  }
}
