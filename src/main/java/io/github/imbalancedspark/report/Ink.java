package io.github.imbalancedspark.report;

import java.awt.Color;
import java.util.Locale;

/**
 * What a mark in a chart is drawn in, by its part, each a colour for light pages and one for dark
 * ones. No two share the light colour, so that a drawing for a light page can be told apart into
 * its parts.
 */
public enum Ink {
  /** The page below. */
  PAPER(0xffffff, 0x1a2029),
  /** Words and numbers. */
  TEXT(0x2b3444, 0xd5dae3),
  /** The frame and the lines of the grid. */
  GRID(0xe1e5eb, 0x333d4c),
  /** The first thing shown, and a positive class. */
  BLUE(0x1f5fbf, 0x7fb0ff),
  /** The second, and a negative class. */
  ORANGE(0xc2570c, 0xffa45c),
  /** The third. */
  GREEN(0x11804f, 0x5fd39b),
  /** The fourth. */
  PURPLE(0x7a3fb0, 0xc79bff),
  /** What others are compared with. */
  REFERENCE(0x7a8699, 0x8592a8),
  /** What was chosen. */
  CHOICE(0xc0224a, 0xff7a9c);

  private final int light;
  private final int dark;

  Ink(int light, int dark) {
    this.light = light;
    this.dark = dark;
  }

  Color color() {
    return new Color(light);
  }

  /** Returns the name of the CSS variable that holds the colour. */
  String variable() {
    return "--ink-" + name().toLowerCase(Locale.ROOT);
  }

  /** Returns the light colour as Batik writes it, which knows white by name. */
  String inSvg() {
    if (this == PAPER) {
      return "white";
    }
    Color c = color();
    return String.format(Locale.ROOT, "rgb(%d,%d,%d)", c.getRed(), c.getGreen(), c.getBlue());
  }

  /** Returns the declarations of all colours, for one kind of page. */
  static String declarations(boolean forDark) {
    StringBuilder css = new StringBuilder();
    for (Ink ink : values()) {
      css.append(String.format("%s: #%06x; ", ink.variable(), forDark ? ink.dark : ink.light));
    }
    return css.toString().strip();
  }
}
