package io.github.imbalancedspark.internal;

import java.util.function.Supplier;

/**
 * The terms in which messages name parameters. A stage names a parameter as it is called in code; a
 * program whose users set it by another name, such as an option of a command, translates. The
 * parameter at the head of what a stage throws, before the colon, the program knows when it prints
 * the message. What else names parameters the stage hands to {@link #of} itself, before it puts in
 * what the user has given: a column may be called as a parameter is.
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

  private static final ThreadLocal<Translation> TRANSLATION = ThreadLocal.withInitial(() -> NONE);

  private Terms() {}

  /** From a stage's terms to a program's. */
  public interface Translation {

    /** Returns a text with the program's names of the parameters in it. */
    String apply(String text);

    /** Returns whether the program's users can set a parameter. */
    boolean canSet(String parameter);
  }

  /**
   * Returns a text in the terms of whoever runs this thread.
   *
   * @param text a message, part of one or a format, with nothing in it that a user has named
   */
  public static String of(String text) {
    return TRANSLATION.get().apply(text);
  }

  /** Returns a remedy in those terms, or nothing if it is a parameter that cannot be set here. */
  public static String remedy(String parameter, String text) {
    return TRANSLATION.get().canSet(parameter) ? of(text) : "";
  }

  /** Does something, during which texts of this thread are translated. */
  public static <T> T during(Translation translation, Supplier<T> work) {
    Translation before = TRANSLATION.get();
    TRANSLATION.set(translation);
    try {
      return work.get();
    } finally {
      TRANSLATION.set(before);
    }
  }
}
