package io.github.imbalancedspark.internal;

import java.util.List;
import scala.collection.JavaConverters;

/** Java's lists as Scala's and back, by what Scala 2.12 and 2.13 both have. */
@SuppressWarnings("deprecation") // what replaces it is not in Scala 2.12
public final class ScalaLists {

  private ScalaLists() {}

  /** Returns a list as an immutable one of Scala's. */
  public static <T> scala.collection.immutable.List<T> of(List<T> list) {
    return JavaConverters.asScalaBuffer(list).toList();
  }

  /** Returns a sequence as a list of Java's. */
  public static <T> List<T> asJava(scala.collection.Seq<T> sequence) {
    return JavaConverters.seqAsJavaList(sequence);
  }
}
