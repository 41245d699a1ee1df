package io.github.imbalancedspark.internal;

/**
 * Hands a stage's uid to the constructor of its Spark superclass. Spark's predictors create their
 * Params, each of which asks {@code uid()}, before a Java subclass has had the chance to assign a
 * field. So the uid waits here, for the current thread, while {@code super(…)} runs:
 *
 * <pre>{@code
 * public Stage(String uid) { this(ConstructionUid.hold(uid)); }
 * private Stage(ConstructionUid held) { super(); this.uid = held.release(); }
 * public String uid() { return uid != null ? uid : ConstructionUid.held(); }
 * }</pre>
 */
public final class ConstructionUid {

  private static final ThreadLocal<ConstructionUid> HELD = new ThreadLocal<>();

  private final String uid;

  private ConstructionUid(String uid) {
    this.uid = uid;
  }

  /** Keeps {@code uid} for the constructors about to run on this thread. */
  public static ConstructionUid hold(String uid) {
    ConstructionUid held = new ConstructionUid(uid);
    HELD.set(held);
    return held;
  }

  /** Returns the uid being held. */
  public static String held() {
    return HELD.get().uid;
  }

  /** Returns the uid and forgets it. */
  public String release() {
    HELD.remove();
    return uid;
  }
}
