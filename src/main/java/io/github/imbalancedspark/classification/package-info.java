/**
 * The distributed logistic model for rare classes.
 *
 * <p>Rows are read once into blocks, the blocks stay cached for the fit, and every pass over them
 * sums loss, slope and curvature for the solver on the driver: rows → blocks → loss sum → solver →
 * model.
 */
package io.github.imbalancedspark.classification;
