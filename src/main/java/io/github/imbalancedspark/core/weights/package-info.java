/** From class counts to class weights. */
package io.github.imbalancedspark.core.weights;
