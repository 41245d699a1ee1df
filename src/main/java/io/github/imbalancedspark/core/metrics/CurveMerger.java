package io.github.imbalancedspark.core.metrics;

/** Gathers the bins of one curve, or of two, into a curve on the same or a coarser level. */
final class CurveMerger {

  private final ScoreCurve like;
  private final int level;
  private final double[] scores;
  private final double[] positives;
  private final double[] negatives;
  private final double[] positiveSquares;
  private final double[] negativeSquares;
  private final boolean[] joined;
  private int size;

  /**
   * @param like a curve with the bounds and cut-offs of the one to make
   */
  private CurveMerger(ScoreCurve like, int capacity, int level, boolean weighted) {
    this.like = like;
    this.level = level;
    scores = new double[capacity];
    positives = new double[capacity];
    negatives = new double[capacity];
    positiveSquares = weighted ? new double[capacity] : null;
    negativeSquares = weighted ? new double[capacity] : null;
    joined = level == 0 ? null : new boolean[capacity];
  }

  /** Returns the curve of both, with as few scores joined as its bound allows. */
  static ScoreCurve merge(ScoreCurve a, ScoreCurve b) {
    int level = Math.max(a.level(), b.level());
    CurveMerger merger =
        new CurveMerger(a, a.size() + b.size(), level, a.isWeighted() || b.isWeighted());
    int i = 0;
    int j = 0;
    while (i < a.size() || j < b.size()) {
      if (j == b.size() || (i < a.size() && a.score(i) >= b.score(j))) {
        merger.add(a, i++);
      } else {
        merger.add(b, j++);
      }
    }
    return fit(merger.curve());
  }

  /** Returns the curve with so many scores joined that its bound is kept. */
  static ScoreCurve fit(ScoreCurve curve) {
    if (curve.size() <= curve.maxBins()) {
      return curve;
    }
    CurveMerger merger =
        new CurveMerger(curve, curve.maxBins(), fittingLevel(curve), curve.isWeighted());
    for (int i = 0; i < curve.size(); i++) {
      merger.add(curve, i);
    }
    return merger.curve();
  }

  /** Returns the lowest level on which few enough bins are left. */
  private static int fittingLevel(ScoreCurve curve) {
    int[] meeting = new int[ScoreGrid.LEVELS + 1];
    for (int i = 1; i < curve.size(); i++) {
      meeting[meetingLevel(curve, curve.score(i - 1), curve.score(i))]++;
    }
    int bins = curve.size();
    int level = 0;
    while (bins > curve.maxBins()) {
      level++;
      bins -= meeting[level];
    }
    return level;
  }

  /** Returns from which level on two scores, high ≥ low, may share a bin. */
  private static int meetingLevel(ScoreCurve curve, double high, double low) {
    for (double cutOff : curve.cutOffs()) {
      if (high > cutOff && low <= cutOff) {
        return ScoreGrid.LEVELS;
      }
    }
    return ScoreGrid.meetingLevel(high, low);
  }

  /** Adds a bin that is not above the last one added, or shares its cell. */
  private void add(ScoreCurve from, int i) {
    double score = from.score(i);
    int last = size - 1;
    boolean same = last >= 0 && score == scores[last];
    if (same || (last >= 0 && level > 0 && meetingLevel(like, scores[last], score) <= level)) {
      positives[last] += from.positive(i);
      negatives[last] += from.negative(i);
      addSquares(last, from, i);
      if (joined != null) {
        joined[last] |= from.isJoined(i) || !same;
      }
    } else {
      scores[size] = score;
      positives[size] = from.positive(i);
      negatives[size] = from.negative(i);
      addSquares(size, from, i);
      if (joined != null) {
        joined[size] = from.isJoined(i);
      }
      size++;
    }
  }

  private void addSquares(int to, ScoreCurve from, int i) {
    if (positiveSquares != null) {
      positiveSquares[to] += from.positiveSquare(i);
      negativeSquares[to] += from.negativeSquare(i);
    }
  }

  private ScoreCurve curve() {
    return new ScoreCurve(
        like.maxBins(),
        like.cutOffs(),
        level,
        size,
        scores,
        positives,
        negatives,
        positiveSquares,
        negativeSquares,
        joined);
  }
}
