/** Plans of sampling: class counts and a wish → how many rows of each class. */
package io.github.imbalancedspark.core.sampling;
