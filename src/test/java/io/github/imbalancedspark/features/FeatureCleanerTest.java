package io.github.imbalancedspark.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imbalancedspark.support.SparkSessions;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeatureCleanerTest {

  private static Dataset<Row> sql(String select) {
    return SparkSessions.shared().sql(select);
  }

  private static FeatureCleaner cleaner(String kind) {
    return new FeatureCleaner().setInputCols("a.b").setOutputCols("c").setKinds(kind);
  }

  @Test
  void numbersBecomeDoublesAndNumberedCategoriesAreOneWhateverTheirType() {
    Dataset<Row> rows = sql("SELECT 1 AS `a.b`, '1.0' AS t, 2.5f AS f, true AS b");
    Row clean =
        new FeatureCleaner()
            .setInputCols("a.b", "t", "a.b", "t", "t", "b", "f", "b")
            .setOutputCols("c0", "c1", "c2", "c3", "c4", "c5", "c6", "c7")
            .setKinds(
                "number",
                "number",
                "numberedCategory",
                "numberedCategory",
                "category",
                "category",
                "number",
                "number")
            .transform(rows)
            .select("c0", "c1", "c2", "c3", "c4", "c5", "c6", "c7")
            .head();
    assertThat(clean).isEqualTo(RowFactory.create(1.0, 1.0, "1.0", "1.0", "1.0", "true", 2.5, 1.0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "number;CAST(NULL AS DOUBLE);null; mend the value, drop the row, or give --missing"
            + " mean, median, mode or skip to train or resample",
        "number;DOUBLE('NaN');NaN; mend the value, drop the row, or give --missing mean,"
            + " median, mode or skip to train or resample",
        "number;DOUBLE('-Infinity');-Infinity; features must be finite numbers: mend the value or"
            + " drop the row",
        "number;'abc';abc; features must be finite numbers: mend the value or drop the row",
        "category;CAST(NULL AS STRING);null; mend the value, drop the row, or give"
            + " --missing mode or skip to train or resample",
        "numberedCategory;DOUBLE('NaN');NaN; mend the value, drop the row, or give --missing mode or"
            + " skip to train or resample"
      })
  void aBadValueIsNamed(String kind, String value, String shown, String remedy) {
    Dataset<Row> rows = sql("SELECT " + value + " AS `a.b`");
    for (Dataset<Row> read : List.of(cleaner(kind).transform(rows), cleaner(kind).check(rows))) {
      assertThatThrownBy(read::collect)
          .hasStackTraceContaining("features: column 'a.b' holds " + shown + "; " + remedy);
    }
  }

  @Test
  void checkedRowsAreAsTheyWere() {
    Dataset<Row> rows =
        sql(
            "SELECT * FROM VALUES (1, 2.5BD, NULL, 'x', float('NaN')), (2, 1BD, false, 'y', 3f),"
                + " (NULL, 1.5BD, true, NULL, 1f) AS t(`a.b`, d, b, s, f)");
    FeatureCleaner cleaner =
        new FeatureCleaner()
            .setInputCols("f", "s", "d", "b", "a.b")
            .setOutputCols("c0", "c1", "c2", "c3", "c4")
            .setKinds("number", "category", "number", "number", "numberedCategory");
    Dataset<Row> kept = cleaner.setMissing("keep").check(rows);
    assertThat(kept.schema().simpleString()).isEqualTo(rows.schema().simpleString());
    assertThat(kept.collectAsList()).isEqualTo(rows.collectAsList());
    Dataset<Row> skipped = cleaner.setMissing("skip").check(rows);
    assertThat(skipped.schema().simpleString()).isEqualTo(rows.schema().simpleString());
    assertThat(skipped.collectAsList()).isEqualTo(rows.where("s = 'y'").collectAsList());
  }

  @Test
  void aMissingValueIsSkippedOrKeptAsNull() {
    Dataset<Row> rows = sql("SELECT * FROM VALUES (DOUBLE('NaN')), (NULL), (1.5) AS t(`a.b`)");
    assertThat(cleaner("number").setMissing("skip").transform(rows).select("c").collectAsList())
        .isEqualTo(List.of(RowFactory.create(1.5)));
    assertThat(cleaner("number").setMissing("keep").transform(rows).select("c").collectAsList())
        .containsExactlyInAnyOrder(
            RowFactory.create((Object) null),
            RowFactory.create((Object) null),
            RowFactory.create(1.5));
    FeatureCleaner categories = cleaner("numberedCategory");
    assertThat(categories.setMissing("skip").transform(rows).select("c").collectAsList())
        .isEqualTo(List.of(RowFactory.create("1.5")));
    assertThat(categories.setMissing("keep").transform(rows).select("c").collectAsList())
        .containsExactlyInAnyOrder(
            RowFactory.create((Object) null),
            RowFactory.create((Object) null),
            RowFactory.create("1.5"));
  }

  @Test
  void anInfinityIsAnErrorEvenWhereMissingValuesAreKept() {
    Dataset<Row> rows = sql("SELECT DOUBLE('Infinity') AS `a.b`");
    assertThatThrownBy(() -> cleaner("number").setMissing("keep").transform(rows).collect())
        .hasStackTraceContaining("column 'a.b' holds Infinity; features must be finite numbers");
  }

  @Test
  void aKindThatThereIsNotIsRefused() {
    assertThatThrownBy(() -> cleaner("vektor"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("kinds given invalid value");
  }

  /** 2⁵³ + 1 is no double: it would be the category of 2⁵³. */
  @Test
  void longNumbersStayCategoriesOfTheirOwn() {
    Dataset<Row> rows =
        sql(
            "SELECT * FROM VALUES (9007199254740992L), (9007199254740993L), (-9007199254740993L),"
                + " (7L) AS t(`a.b`)");
    assertThat(
            cleaner("numberedCategory")
                .transform(rows)
                .select("c")
                .as(Encoders.STRING())
                .collectAsList())
        .containsExactly("9007199254740992", "9007199254740993", "-9007199254740993", "7.0");
  }

  @Test
  void outputsAreToldApart() {
    FeatureCleaner twice =
        new FeatureCleaner()
            .setInputCols("a", "a")
            .setOutputCols("c", "C")
            .setKinds("number", "category");

    assertThatThrownBy(() -> twice.transform(sql("SELECT 1 AS a")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "outputCols: column 'c' exists already, and 'C' differs from it only in case; drop it or"
                + " choose another name");
  }
}
