/** Blocks of rows, the few kernels that run over them, and what is summed from them. */
package io.github.imbalancedspark.core.linalg;
