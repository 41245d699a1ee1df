package io.github.imbalancedspark.core.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.imbalancedspark.support.Golden;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PosWeightScheduleTest {

  static Stream<JsonNode> linearDecay() {
    return cases("linear_decay");
  }

  static Stream<JsonNode> plateau() {
    return cases("plateau");
  }

  private static Stream<JsonNode> cases(String name) {
    return StreamSupport.stream(
        Golden.read("losses_weights_schedules.json").get("schedules").get(name).spliterator(),
        false);
  }

  @ParameterizedTest
  @MethodSource
  void linearDecay(JsonNode trace) {
    double[] expected = Golden.doubles(trace.get("pos_weight"));
    PosWeightSchedule schedule =
        PosWeightSchedule.linearDecay(
            trace.get("base").asDouble(), trace.get("max_epochs").asInt(), 1, true);
    for (double weight : expected) {
      assertThat(schedule.posWeight()).isCloseTo(weight, within(1e-12 * weight));
      schedule.tell(Double.NaN);
    }
  }

  @ParameterizedTest
  @MethodSource
  void plateau(JsonNode trace) {
    double[] metrics = Golden.doubles(trace.get("metrics"));
    double[] expected = Golden.doubles(trace.get("weight_after_step"));
    for (boolean largerIsBetter : new boolean[] {true, false}) {
      PosWeightSchedule schedule =
          PosWeightSchedule.plateau(
              trace.get("init_weight").asDouble(),
              1.5,
              trace.get("max_weight").asDouble(),
              trace.get("patience").asInt(),
              largerIsBetter);
      assertThat(schedule.posWeight()).isEqualTo(trace.get("init_weight").asDouble());
      for (int e = 0; e < metrics.length; e++) {
        schedule.tell(largerIsBetter ? metrics[e] : -metrics[e]);
        assertThat(schedule.posWeight()).isCloseTo(expected[e], within(1e-12 * expected[e]));
      }
    }
  }

  @Test
  void onlyAStrictlyBetterEpochIsANewBest() {
    PosWeightSchedule schedule = PosWeightSchedule.constant(7, 2, true);

    assertThat(schedule.tell(0.5)).isTrue();
    assertThat(schedule.tell(0.5)).isFalse();
    assertThat(schedule.tell(0.6)).isTrue();
    assertThat(schedule.exhausted()).isFalse();
    assertThat(schedule.tell(0.4)).isFalse();
    assertThat(schedule.exhausted()).isFalse();
    assertThat(schedule.tell(0.59)).isFalse();
    assertThat(schedule.exhausted()).isTrue();
    assertThat(schedule.posWeight()).isEqualTo(7);
  }

  @Test
  void aLossCountsTheOtherWayRound() {
    PosWeightSchedule schedule = PosWeightSchedule.constant(7, 1, false);

    assertThat(schedule.tell(0.5)).isTrue();
    assertThat(schedule.tell(0.4)).isTrue();
    assertThat(schedule.exhausted()).isFalse();
    assertThat(schedule.tell(0.6)).isFalse();
    assertThat(schedule.exhausted()).isTrue();
  }

  @Test
  void thePlateauIsExhaustedOnlyAtItsLargestWeight() {
    PosWeightSchedule schedule = PosWeightSchedule.plateau(2, 1.5, 4, 1, true);

    schedule.tell(0.5);
    for (double weight : new double[] {3, 4}) {
      schedule.tell(0.5);
      assertThat(schedule.posWeight()).isEqualTo(weight);
      assertThat(schedule.exhausted()).isFalse();
    }
    schedule.tell(0.5);
    assertThat(schedule.posWeight()).isEqualTo(4);
    assertThat(schedule.exhausted()).isTrue();
    assertThat(schedule.tell(0.9)).isTrue();
    assertThat(schedule.exhausted()).isFalse();
  }

  @Test
  void withoutValidationRowsNothingIsExhaustedAndTheLastEpochIsBest() {
    PosWeightSchedule schedule = PosWeightSchedule.linearDecay(10, 4, 1, true);
    for (int e = 0; e < 4; e++) {
      assertThat(schedule.tell(Double.NaN)).isTrue();
      assertThat(schedule.exhausted()).isFalse();
    }
  }

  @Test
  void parametersAreChecked() {
    assertThatThrownBy(() -> PosWeightSchedule.constant(0, 1, true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the base of a pos_weight schedule must be finite and > 0, but is 0.0");
    assertThatThrownBy(() -> PosWeightSchedule.constant(1, 0, true))
        .hasMessage("patience must be >= 1, but is 0");
    assertThatThrownBy(() -> PosWeightSchedule.plateau(2, 1, 4, 1, true))
        .hasMessage("the growth of a pos_weight schedule must be finite and > 1, but is 1.0");
    assertThatThrownBy(() -> PosWeightSchedule.plateau(2, 1.5, 1, 1, true))
        .hasMessage("the largest weight of a pos_weight schedule, 1.0, is below its base, 2.0");
  }
}
