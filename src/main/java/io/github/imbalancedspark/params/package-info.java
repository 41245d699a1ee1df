/** Parameters that two stages or more share. */
package io.github.imbalancedspark.params;
