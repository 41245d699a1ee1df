package io.github.imbalancedspark.internal;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The terms in which messages name parameters and stages. A stage names a parameter as it is called
 * in code; a program whose users set it by another name, such as an option of a command,
 * translates. The parameter at the head of what a stage throws, before the colon, the program knows
 * when it prints the message. What else names parameters the stage hands to {@link #of} itself,
 * before it puts in what the user has given: a column may be called as a parameter is.
 *
 * <p>A stage that the program makes for the user it may {@link #call} otherwise than by a uid.
 */
public final class Terms {

  private static final Translation NONE =
      new Translation() {
        @Override
        public String apply(String text) {
          return text;
        }

        @Override
        public boolean canSet(String parameter) {
          return true;
        }
      };

  private static final ThreadLocal<Scope> SCOPE =
      ThreadLocal.withInitial(() -> new Scope(NONE, Map.of()));

  private Terms() {}

  /** From a stage's terms to a program's. */
  public interface Translation {

    /** Returns a text with the program's names of the parameters in it. */
    String apply(String text);

    /** Returns whether the program's users can set a parameter. */
    boolean canSet(String parameter);
  }

  /**
   * How texts are translated for a while.
   *
   * @param names the uid of a stage → what it is called
   */
  private record Scope(Translation translation, Map<String, String> names) {}

  /**
   * Returns a text in the terms of whoever runs this thread.
   *
   * @param text a message, part of one or a format, with nothing in it that a user has named
   */
  public static String of(String text) {
    Scope scope = SCOPE.get();
    String translated = scope.translation.apply(text);
    for (Map.Entry<String, String> stage : scope.names.entrySet()) {
      translated = translated.replace(stage.getKey(), stage.getValue());
    }
    return translated;
  }

  /** Returns a remedy in those terms, or nothing if it is a parameter that cannot be set here. */
  public static String remedy(String parameter, String text) {
    return SCOPE.get().translation.canSet(parameter) ? of(text) : "";
  }

  /** Has texts name a stage by what made it, until the {@link #during} around this call ends. */
  public static void call(String uid, String name) {
    SCOPE.get().names.put(uid, name);
  }

  /** Does something, during which texts of this thread are translated. */
  public static <T> T during(Translation translation, Supplier<T> work) {
    Scope before = SCOPE.get();
    SCOPE.set(new Scope(translation, new LinkedHashMap<>()));
    try {
      return work.get();
    } finally {
      SCOPE.set(before);
    }
  }
}
