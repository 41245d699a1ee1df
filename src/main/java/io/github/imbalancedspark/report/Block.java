package io.github.imbalancedspark.report;

/** A part of a page, with a title. */
public sealed interface Block permits Table, Chart {

  /** Returns what the block shows. */
  String title();

  /** Returns a sentence that stands below, or {@code null}. */
  String note();
}
