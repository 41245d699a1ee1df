package io.github.imbalancedspark;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.github.imbalancedspark.support.Covers;
import io.github.imbalancedspark.support.StageContract;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.evaluation.Evaluator;
import org.junit.jupiter.api.Test;

/** A public stage that no {@link StageContract} covers fails the build. */
class StageRegistrationTest {

  private static final String ROOT = StageRegistrationTest.class.getPackageName();

  @Test
  void everyStageIsHeldToTheContracts() {
    Set<String> stages =
        concrete(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS, PipelineStage.class, Evaluator.class)
            .filter(c -> c.getModifiers().contains(JavaModifier.PUBLIC))
            .map(JavaClass::getName)
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> covered =
        concrete(ImportOption.Predefined.ONLY_INCLUDE_TESTS, StageContract.class)
            .flatMap(test -> Arrays.stream(coveredBy(test.getName())))
            .map(Class::getName)
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(covered).isEqualTo(stages);
    assertThat(stages).isNotEmpty();
  }

  private static Stream<JavaClass> concrete(ImportOption which, Class<?>... parents) {
    JavaClasses classes = new ClassFileImporter(List.of(which)).importPackages(ROOT);
    return classes.stream()
        .filter(c -> !c.getModifiers().contains(JavaModifier.ABSTRACT))
        .filter(c -> Arrays.stream(parents).anyMatch(c::isAssignableTo));
  }

  private static Class<?>[] coveredBy(String contractTest) {
    try {
      return Class.forName(contractTest).getAnnotation(Covers.class).value();
    } catch (ClassNotFoundException e) {
      throw new LinkageError(contractTest, e);
    }
  }
}
