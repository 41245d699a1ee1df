package io.github.imbalancedspark.internal;

import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The terms in which messages name parameters. A stage names a parameter as it is called in code; a
 * program whose users set it by another name, such as an option of a command, translates. What a
 * stage throws, the program can translate when it prints it; what a stage logs goes past the
 * program, so the stage hands such a message to {@link #of} first.
 */
public final class Terms {

  private static final ThreadLocal<UnaryOperator<String>> TRANSLATION =
      ThreadLocal.withInitial(UnaryOperator::identity);

  private Terms() {}

  /** Returns a message in the terms of whoever runs this thread. */
  public static String of(String message) {
    return TRANSLATION.get().apply(message);
  }

  /** Does something, during which messages of this thread are translated. */
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
