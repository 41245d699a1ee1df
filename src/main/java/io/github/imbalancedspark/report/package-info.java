/** What a command has to tell, as records, and how a terminal and a browser show it. */
package io.github.imbalancedspark.report;
