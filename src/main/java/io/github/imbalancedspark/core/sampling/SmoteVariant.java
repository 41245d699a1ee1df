package io.github.imbalancedspark.core.sampling;

import java.util.stream.IntStream;

/** Which minority rows the synthetic ones are made from, and how many from each. */
public enum SmoteVariant {
  /** From each row alike. Chawla, Bowyer, Hall, Kegelmeyer: SMOTE, JAIR 16, 2002. */
  SMOTE("smote") {
    @Override
    public long[] copies(int[] others, int points, int neighbours, long wanted) {
      return perPoint(new double[points], 1, wanted);
    }
  },
  /**
   * From each row alike that is in danger: at least half, but not all, of its nearest rows belong
   * to other classes. Han, Wang, Mao: Borderline-SMOTE, ICIC 2005, the first variant.
   */
  BORDERLINE1("borderline1") {
    @Override
    public long[] copies(int[] others, int points, int neighbours, long wanted) {
      double[] shares =
          IntStream.of(others)
              .mapToDouble(n -> 2 * n >= neighbours && n < neighbours ? 1 : 0)
              .toArray();
      return perPoint(shares, 0, wanted);
    }
  },
  /**
   * From each row in proportion to how many of its nearest rows belong to other classes. He, Bai,
   * Garcia, Li: ADASYN, IJCNN 2008.
   */
  ADASYN("adasyn") {
    @Override
    public long[] copies(int[] others, int points, int neighbours, long wanted) {
      return perPoint(IntStream.of(others).mapToDouble(n -> n).toArray(), 0, wanted);
    }
  };

  private final String paramValue;

  SmoteVariant(String paramValue) {
    this.paramValue = paramValue;
  }

  /** Returns the variant of that name. */
  public static SmoteVariant of(String name) {
    for (SmoteVariant variant : values()) {
      if (variant.paramValue.equals(name)) {
        return variant;
      }
    }
    throw new IllegalArgumentException("variant: there is no '" + name + "'");
  }

  /**
   * Returns how many synthetic rows to make from each minority row; together {@code wanted}, each
   * less than one away from its share, or none at all if no row qualifies.
   *
   * @param others for each minority row, how many of its nearest rows are of other classes; not
   *     needed by SMOTE
   * @param points the number of minority rows
   * @param neighbours how many nearest rows were looked at
   */
  public abstract long[] copies(int[] others, int points, int neighbours, long wanted);

  /** Divides by shares, each raised by a constant. */
  private static long[] perPoint(double[] shares, double raise, long wanted) {
    double sum = 0;
    for (double share : shares) {
      sum += share + raise;
    }
    long[] copies = new long[shares.length];
    double upTo = 0;
    long given = 0;
    for (int i = 0; i < shares.length && sum > 0; i++) {
      upTo += shares[i] + raise;
      long end = Math.round(upTo / sum * wanted);
      copies[i] = end - given;
      given = end;
    }
    return copies;
  }
}
