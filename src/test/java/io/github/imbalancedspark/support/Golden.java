package io.github.imbalancedspark.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.stream.StreamSupport;

/** Reads the reference numbers in {@code golden/}. */
public final class Golden {

  private Golden() {}

  /** Returns the content of a file in {@code golden/}. */
  public static JsonNode read(String file) {
    try (InputStream in = Golden.class.getResourceAsStream("/golden/" + file)) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns an array of numbers, or {@code null} for JSON's null. */
  public static double[] doubles(JsonNode array) {
    return array.isNull()
        ? null
        : StreamSupport.stream(array.spliterator(), false)
            .mapToDouble(JsonNode::asDouble)
            .toArray();
  }
}
