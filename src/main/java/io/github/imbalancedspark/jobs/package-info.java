/**
 * The command line: parse, load, call stages, save. No maths. One class a command, and one class
 * for each group of options that commands share.
 */
package io.github.imbalancedspark.jobs;
