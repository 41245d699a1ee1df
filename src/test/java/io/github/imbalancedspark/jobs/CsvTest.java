package io.github.imbalancedspark.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CsvTest {

  @Test
  void fieldsWithCommasAndQuotesAreQuoted() {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("remedy", "say \"no\"");
    entry.put("expected_cost@fp=1,fn=50", 0.25);
    entry.put("missing", null);
    assertThat(Csv.text(List.of(entry)))
        .isEqualTo("remedy,\"expected_cost@fp=1,fn=50\",missing\n\"say \"\"no\"\"\",0.25,\n");
  }
}
