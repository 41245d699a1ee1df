package io.github.imbalancedspark.support;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The stages that a {@link StageContract} holds to the contracts: an estimator and its model. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Covers {
  /** The classes. */
  Class<?>[] value();
}
