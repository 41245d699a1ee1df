package io.github.imbalancedspark.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file of a bad row is found among many, and none is blamed for what is no file's fault. */
class BadFileTest {

  private static final int FILES = 13;

  private static final List<Path> BATCH =
      IntStream.range(0, FILES).mapToObj(i -> new Path("/in/" + i)).toList();

  private static final Path NONE = new Path("/in/none");

  private final Exception failed =
      new IllegalStateException(new RuntimeException("features: column 'x' holds null; mend it"));

  private final List<Integer> scored = new ArrayList<>();

  private BadFile found(Exception failure, RuntimeException ofFile, Path bad) {
    return BadFile.of(
        failure,
        () -> BATCH,
        files -> {
          scored.add(files.size());
          if (files.contains(bad)) {
            throw ofFile;
          }
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5, 6, 11, 12})
  void theFileIsFound(int i) {
    assertThat(found(failed, new RuntimeException("features: column 'x' is bad"), BATCH.get(i)))
        .isEqualTo(new BadFile(BATCH.get(i), "column 'x' is bad"));
    assertThat(scored.stream().mapToInt(size -> size).sum()).isLessThanOrEqualTo(FILES + 1);
  }

  @Test
  void noFileIsBlamedForWhatDoesNotComeAgain() {
    assertThat(found(failed, null, NONE)).isNull();
    assertThat(found(failed, new RuntimeException("disk full"), BATCH.get(3))).isNull();
  }

  @Test
  void otherFailuresAreNotLookedInto() {
    assertThat(found(new IllegalStateException("disk full"), null, NONE)).isNull();
    assertThat(scored).isEmpty();
  }
}
