package io.github.imbalancedspark.sampling;

import io.github.imbalancedspark.internal.Columns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * A row's 64-bit hash, keyed by a seed: xxHash64 over the key column, or over all columns. Equal
 * keys, or rows that are equal in all columns, have equal hashes; unequal ones have different
 * hashes but for a chance of 2⁻⁶⁴ a pair.
 */
final class RowHash {

  /** 2⁶⁴ over the golden ratio: spreads the purposes far from each other. */
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private RowHash() {}

  /**
   * Returns the hash.
   *
   * @param keyCol the column that identifies a row, or null for all columns
   * @param role the parameter that named the key, for the message
   * @param purpose makes the hashes of two uses independent of each other, at the same seed
   * @throws IllegalArgumentException if the key is missing, or a column to hash is a map
   */
  static Column of(StructType schema, String keyCol, String role, String purpose, long seed) {
    List<StructField> fields =
        keyCol == null ? List.of(schema.fields()) : List.of(Columns.require(schema, keyCol, role));
    fields.forEach(field -> requireHashable(field, keyCol, role));
    return keyCol == null
        ? of(fields, purpose, seed)
        : functions.xxhash64(salt(purpose, seed), present(fields.get(0), role));
  }

  /** Returns the key, of which a null is an error wherever it is read: it identifies no row. */
  private static Column present(StructField key, String role) {
    Column column = Columns.named(key.name());
    String message =
        String.format(
            "%s: column '%s' holds null, which identifies no row; fill it in or drop the row",
            role, key.name());
    return key.nullable()
        ? functions.coalesce(
            column, functions.raise_error(functions.lit(message)).cast(key.dataType()))
        : column;
  }

  private static Column salt(String purpose, long seed) {
    return functions.lit(seed + SPREAD * purpose.hashCode());
  }

  /** Returns the hash of all columns that can be hashed, to tell rows with equal keys apart. */
  static Column ofHashableColumns(StructType schema, String purpose, long seed) {
    return of(
        Arrays.stream(schema.fields()).filter(f -> hashable(f.dataType())).toList(), purpose, seed);
  }

  private static Column of(List<StructField> fields, String purpose, long seed) {
    List<Column> hashed = new ArrayList<>();
    hashed.add(salt(purpose, seed));
    for (StructField field : fields) {
      Column column = Columns.named(field.name());
      hashed.add(column);
      if (field.nullable()) { // Spark's hash skips nulls, so that (1, null) would equal (null, 1)
        hashed.add(functions.when(column.isNull(), functions.lit(hashed.size())));
      }
    }
    return functions.xxhash64(hashed.toArray(new Column[0]));
  }

  private static void requireHashable(StructField field, String keyCol, String role) {
    if (!hashable(field.dataType())) {
      throw new IllegalArgumentException(
          String.format(
              "%s: %s, but column '%s' of type %s cannot be hashed; name a column of another type",
              role,
              keyCol == null ? "is not set" : "is '" + keyCol + "'",
              field.name(),
              field.dataType().simpleString()));
    }
  }

  private static boolean hashable(DataType type) {
    if (type instanceof StructType struct) {
      return List.of(struct.fields()).stream().allMatch(f -> hashable(f.dataType()));
    }
    return type instanceof ArrayType array
        ? hashable(array.elementType())
        : !(type instanceof MapType || type.typeName().equals("variant"));
  }
}
