package io.github.imbalancedspark.benchmark;

/** A constant of the cost formula: what one unit of something takes. */
enum Cost {
  JOB("j", 1e3, "ms", "a job"),
  STAGE("g", 1e3, "ms", "a further stage of a job"),
  TASK("t", 1e3, "ms", "a task, on its core"),
  DISPATCH("e", 1e3, "ms", "a task, on the driver"),
  SUM_BYTE("u", 1e9, "ns", "a byte of a sum that is written, sent, read and added up in the tree"),
  RESULT_BYTE("w", 1e9, "ns", "a byte of a sum that comes to the driver"),
  POINT_BYTE("b", 1e9, "ns", "a byte of the points that are broadcast"),
  READING("r", 1e3, "ms", "reading, whatever the rows"),
  READ_ROW("r₀", 1e9, "ns", "a row read, summarised and cached"),
  READ_VALUE("r₁", 1e9, "ns", "a value of a dense row, likewise"),
  READ_ENTRY("r₂", 1e9, "ns", "a non-zero of a sparse row, likewise"),
  SKETCH_ROW("s₀", 1e9, "ns", "a row, when the sketch is drawn"),
  SKETCH_VALUE("s₁", 1e9, "ns", "a value of the sketch, solved on the driver for one model"),
  PASS_ROW("p₀", 1e9, "ns", "a row in a pass, for one model"),
  PASS_VALUE("p₁", 1e9, "ns", "a value of a dense row in a pass, for one model"),
  PASS_ENTRY("p₂", 1e9, "ns", "a non-zero of a sparse row in a pass, for one model"),
  THINNED_ROW("h₀", 1e9, "ns", "a row in a pass that also sums a Hessian, in addition"),
  PRODUCT("h₁", 1e9, "ns", "a product of two values in a Hessian"),
  FIT("f", 1e3, "ms", "a fit, between its jobs"),
  BETWEEN("f₀", 1e3, "ms", "a pass, between the jobs"),
  COORDINATE("f₁", 1e9, "ns", "a coefficient in a pass, on the driver, for one model");

  final String symbol;
  final double unitsPerSecond;
  final String unit;
  final String of;

  Cost(String symbol, double unitsPerSecond, String unit, String of) {
    this.symbol = symbol;
    this.unitsPerSecond = unitsPerSecond;
    this.unit = unit;
    this.of = of;
  }
}
