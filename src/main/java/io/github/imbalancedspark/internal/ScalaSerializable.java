package io.github.imbalancedspark.internal;

import java.io.Serializable;
import scala.reflect.OptManifest;

/**
 * Serializable in the eyes of Spark's Scala code too, for what it is handed and asks that of. Scala
 * 2.12 asks for a trait of its own, {@code scala.Serializable}, which 2.13 has given up for Java's;
 * Scala's {@code OptManifest} is the one or the other in both, and declares no method.
 */
public interface ScalaSerializable extends OptManifest<Object>, Serializable {}
