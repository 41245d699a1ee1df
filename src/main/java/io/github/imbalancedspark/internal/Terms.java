package io.github.imbalancedspark.internal;

import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The terms in which messages name parameters. A stage names a parameter as it is called in code; a
 * program whose users set it by another name, such as an option of a command, translates. The
 * parameter at the head of what a stage throws, before the colon, the program knows when it prints
 * the message. What else names parameters the stage hands to {@link #of} itself, before it puts in
 * what the user has given: a column may be called as a parameter is.
 */
public final class Terms {

  private static final ThreadLocal<UnaryOperator<String>> TRANSLATION =
      ThreadLocal.withInitial(UnaryOperator::identity);

  private Terms() {}

  /**
   * Returns a text in the terms of whoever runs this thread.
   *
   * @param text a message, part of one or a format, with nothing in it that a user has named
   */
  public static String of(String text) {
    return TRANSLATION.get().apply(text);
  }

  /** Does something, during which texts of this thread are translated. */
  public static <T> T during(UnaryOperator<String> translation, Supplier<T> work) {
    UnaryOperator<String> before = TRANSLATION.get();
    TRANSLATION.set(translation);
    try {
      return work.get();
    } finally {
      TRANSLATION.set(before);
    }
  }
}
