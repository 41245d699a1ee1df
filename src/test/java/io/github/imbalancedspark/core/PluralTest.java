package io.github.imbalancedspark.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PluralTest {

  @ParameterizedTest
  @CsvSource({
    "0, row, 0 rows",
    "1, row, 1 row",
    "2, row, 2 rows",
    "1, pass, 1 pass",
    "3, pass, 3 passes"
  })
  void oneIsSingular(long count, String noun, String expected) {
    assertThat(Plural.of(count, noun)).isEqualTo(expected);
  }
}
