package io.github.imbalancedspark.classification;

/**
 * One epoch of a training with {@code maxEpochs}: one accepted step of the solver.
 *
 * @param epoch its number, from 0
 * @param posWeight c₁ in it
 * @param objective the objective after it, with that c₁
 * @param metric the validation metric after it, NaN without validation rows
 * @param seconds wall-clock time of it
 */
public record Epoch(int epoch, double posWeight, double objective, double metric, double seconds) {}
