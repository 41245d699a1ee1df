package io.github.imbalancedspark.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.commons.lang3.ClassUtils;
import org.apache.commons.lang3.StringUtils;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.evaluation.BinaryClassificationEvaluator;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.param.StringArrayParam;
import org.apache.spark.ml.regression.GBTRegressor;

/** What is asked of each Param of a stage. */
final class ParamContract {

  /** Stages of Spark's that between them have the parameters that ours may share. */
  private static final List<Params> SPARKS =
      List.of(
          new LogisticRegression(),
          new StringIndexer(),
          new BinaryClassificationEvaluator(),
          new GBTRegressor());

  private ParamContract() {}

  static void assertDocumentedAndOwned(Params stage) {
    for (Param<?> param : stage.params()) {
      assertThat(param.parent()).as(param.name()).isEqualTo(stage.uid());
      assertThat(param.doc()).as(param.name()).isNotBlank();
      assertThat(stage.getParam(param.name())).isSameAs(param);
    }
  }

  /** A Param that Spark has, by name, has to be of Spark's type, or grids and code break. */
  static void assertTypedAsSparkDoes(Params stage) {
    for (Param<?> param : stage.params()) {
      for (Params spark : SPARKS) {
        if (spark.hasParam(param.name())) {
          assertThat(param.getClass())
              .as(param.name() + ", as in " + spark.getClass().getSimpleName())
              .isEqualTo(spark.getParam(param.name()).getClass());
        }
      }
    }
  }

  /** Every Param has a getter; it returns what is set, or the default. */
  static void assertGetters(Params stage) {
    for (Param<?> param : stage.params()) {
      Method getter = getter(stage, param);
      if (getter.getDeclaringClass().getName().startsWith("io.github.imbalancedspark")) {
        assertThat(getter.getReturnType()).as(getter.getName()).isNotEqualTo(Object.class);
      }
      if (stage.isDefined(param)) {
        assertThat(Objects.deepEquals(call(stage, getter), stage.getOrDefault(param)))
            .as(getter.getName())
            .isTrue();
      }
    }
  }

  /**
   * Every Param of {@code stage} has a setter that returns the stage and is heard by the getter.
   */
  static void assertSetters(Params stage, Map<String, ?> samples) {
    for (Param<?> param : stage.params()) {
      Object value =
          samples.containsKey(param.name()) ? samples.get(param.name()) : sample(param, stage);
      Method setter = setter(stage, param, value);
      assertThat(call(stage, setter, value)).as(setter.getName()).isSameAs(stage);
      assertOwnType(setter, stage);
      assertThat(Objects.deepEquals(call(stage, getter(stage, param)), value))
          .as(setter.getName() + " and " + param.name())
          .isTrue();
    }
  }

  /** The setters that a model has return the model. */
  static void assertFluentSetters(Params stage) {
    for (Method method : stage.getClass().getMethods()) {
      if (method.getName().matches("set[A-Z].*")
          && !method.isBridge()
          && method.getParameterCount() == 1
          && stage.hasParam(StringUtils.uncapitalize(method.getName().substring(3)))) {
        assertOwnType(method, stage);
      }
    }
  }

  private static void assertOwnType(Method setter, Params stage) {
    if (setter.getDeclaringClass().equals(stage.getClass())) {
      assertThat(setter.getReturnType()).as(setter.getName()).isEqualTo(stage.getClass());
    }
  }

  private static Object sample(Param<?> param, Params stage) {
    if (stage.isDefined(param)) {
      return stage.getOrDefault(param);
    } else if (param instanceof DoubleParam) {
      return 0.5;
    } else if (param instanceof IntParam) {
      return 2;
    } else if (param instanceof LongParam) {
      return 2L;
    } else if (param instanceof BooleanParam) {
      return true;
    } else if (param instanceof StringArrayParam) {
      return new String[] {"a", "b"};
    } else if (param instanceof DoubleArrayParam) {
      return new double[] {0.5, 0.5};
    } else {
      return "sample";
    }
  }

  private static Method getter(Params stage, Param<?> param) {
    String name = "get" + StringUtils.capitalize(param.name());
    return Arrays.stream(stage.getClass().getMethods())
        .filter(m -> m.getName().equals(name) && m.getParameterCount() == 0 && !m.isBridge())
        .findFirst()
        .orElseThrow(() -> new AssertionError(stage.getClass() + " has no " + name));
  }

  private static Method setter(Params stage, Param<?> param, Object value) {
    String name = "set" + StringUtils.capitalize(param.name());
    return Arrays.stream(stage.getClass().getMethods())
        .filter(m -> m.getName().equals(name) && m.getParameterCount() == 1 && !m.isBridge())
        .filter(m -> ClassUtils.isAssignable(value.getClass(), m.getParameterTypes()[0]))
        .findFirst()
        .orElseThrow(
            () -> new AssertionError(stage.getClass() + " has no " + name + " for " + value));
  }

  private static Object call(Params stage, Method method, Object... arguments) {
    try {
      return method.invoke(stage, arguments);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(method + " failed", e);
    }
  }

  /** Both have the same Params, the same ones set, with the same values. */
  static void assertSameParams(Params actual, Params expected) {
    assertThat(actual.params()).hasSameSizeAs(expected.params());
    for (Param<?> param : expected.params()) {
      Param<?> other = actual.getParam(param.name());
      assertThat(actual.isSet(other)).as(param.name() + " is set").isEqualTo(expected.isSet(param));
      assertThat(actual.hasDefault(other))
          .as(param.name() + " has a default")
          .isEqualTo(expected.hasDefault(param));
      if (expected.isDefined(param)) {
        assertThat(sameValue(actual.getOrDefault(other), expected.getOrDefault(param)))
            .as(param.name())
            .isTrue();
      }
    }
  }

  /** Stages are the same if they have one type and one uid; grids, if they read the same. */
  static boolean sameValue(Object actual, Object expected) {
    if (expected instanceof Params stage) {
      return actual.getClass() == stage.getClass() && ((Params) actual).uid().equals(stage.uid());
    }
    return expected instanceof ParamMap[] grid
        ? Arrays.toString(grid).equals(Arrays.toString((ParamMap[]) actual))
        : Objects.deepEquals(actual, expected);
  }
}
