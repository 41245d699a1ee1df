package planted;

/** A class of nobody's that does something as soon as it is touched. */
public final class Stage {

  static {
    System.setProperty("planted", "touched");
  }

  private Stage() {}
}
