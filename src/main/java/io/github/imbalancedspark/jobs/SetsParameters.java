package io.github.imbalancedspark.jobs;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The parameters of stages that an option decides about, apart from that of its own name ({@code
 * --pos-weight} is posWeight anyway). {@link OptionTerms} reads it.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
@interface SetsParameters {
  String[] value();
}
