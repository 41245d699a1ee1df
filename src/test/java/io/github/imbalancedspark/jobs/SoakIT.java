package io.github.imbalancedspark.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imbalancedspark.classification.ImbalancedLogisticRegression;
import io.github.imbalancedspark.support.SampleRows;
import io.github.imbalancedspark.support.SparkSessions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.storage.BlockId;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Two hundred fits in one session leave nothing behind. Writes {@code src/site/markdown/soak.md}.
 */
@Tag("long")
class SoakIT {

  private static final int FITS = 200;
  private static final int EVERY = 25;
  private static final double MEGABYTE = 1 << 20;
  private static final Path PAGE = Path.of("src/site/markdown/soak.md");
  private static final String HEADING =
      """
      # Two hundred fits in one session

      What `./mvnw verify -Plong-tests` (`SoakIT`) saw the session hold, on the driver, after so many
      fits, each with a prediction of all rows.

      | fits | broadcast blocks | persisted RDDs | RDDs in Spark's storage listing | heap MB |
      |---|---|---|---|---|
      """;

  private final SparkContext context = SparkSessions.shared().sparkContext();
  private final Dataset<Row> rows = SampleRows.make();

  /**
   * What the session holds.
   *
   * @param fits how many fits there were
   * @param broadcasts blocks of broadcasts in Spark's block manager
   * @param persisted persisted RDDs
   * @param stored RDDs in the listing of what is stored
   * @param heap megabytes in use
   */
  private record Holding(int fits, int broadcasts, int persisted, int stored, double heap) {}

  @Test
  void twoHundredFitsLeaveNothingBehind() throws IOException {
    List<Holding> holdings = new ArrayList<>();
    for (int fit = 1; fit <= FITS; fit++) {
      new ImbalancedLogisticRegression()
          .setAutoPosWeight(true)
          .setRegParam(1e-3 * fit)
          .fit(rows)
          .transform(rows)
          .agg(functions.count("prediction"))
          .head();
      if (fit % EVERY == 0) {
        holdings.add(holding(fit));
      }
    }
    write(holdings);
    Holding first = holdings.get(1);
    Holding last = holdings.get(holdings.size() - 1);
    assertThat(last.persisted).isEqualTo(first.persisted);
    assertThat(last.stored).isEqualTo(first.stored);
    // Spark's own broadcasts of task binaries go when the collector gets round to them.
    assertThat(last.broadcasts).isLessThanOrEqualTo(first.broadcasts + 20);
    assertThat(last.heap).isLessThan(first.heap + 20);
  }

  private Holding holding(int fits) {
    System.gc();
    return new Holding(
        fits,
        SparkEnv.get().blockManager().getMatchingBlockIds(BlockId::isBroadcast).size(),
        context.getPersistentRDDs().size(),
        context.getRDDStorageInfo().length,
        (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) / MEGABYTE);
  }

  private static void write(List<Holding> holdings) throws IOException {
    StringBuilder table = new StringBuilder(HEADING);
    holdings.forEach(
        h ->
            table.append(
                String.format(
                    Locale.ROOT,
                    "| %d | %d | %d | %d | %.1f |%n",
                    h.fits,
                    h.broadcasts,
                    h.persisted,
                    h.stored,
                    h.heap)));
    Files.createDirectories(PAGE.getParent());
    Files.writeString(PAGE, table);
  }
}
