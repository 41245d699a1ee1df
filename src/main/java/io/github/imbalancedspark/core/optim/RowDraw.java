package io.github.imbalancedspark.core.optim;

import java.io.Serializable;

/**
 * How to draw the rows of a sample.
 *
 * @param number of the draw: each draws others
 * @param scales what features are multiplied by to have variance one, to a float's digits: enough
 *     for a probability
 * @param mostBytes how large the sample may become
 */
record RowDraw(int number, float[] scales, long mostBytes) implements Serializable {}
