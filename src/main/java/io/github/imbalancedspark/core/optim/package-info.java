/**
 * The objective and its solvers. A solver is an ask/tell state machine: it names the point at which
 * it wants the objective, is told the value, gradient and perhaps Hessian there, and says in the
 * end why it stopped. Who evaluates the objective, and on how many machines, is none of its
 * business.
 */
package io.github.imbalancedspark.core.optim;
