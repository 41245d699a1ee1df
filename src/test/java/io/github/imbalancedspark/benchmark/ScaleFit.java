package io.github.imbalancedspark.benchmark;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A fit, measured several times.
 *
 * @param setting what was fitted
 * @param positives rows of label 1
 * @param values stored values a row
 * @param seconds of each fit, from call to return
 * @param jobs of each fit
 */
record ScaleFit(
    ScaleSetting setting,
    double positives,
    double values,
    List<Double> seconds,
    List<List<JobTime>> jobs) {

  /** A job's work, what the formula takes for it, and how long it took. */
  record Part(String name, Work work, double seconds, int times) {}

  FitShape shape() {
    return new FitShape(
        setting.rows(), setting.features(), values, setting.executors(), setting.models());
  }

  /** Returns the parts of the fit, with what each typically takes. */
  List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    FitShape shape = shape();
    boolean summarised = jobsOf(JobTime.Kind.READING, 0).size() > 1;
    parts.add(part("reading", JobTime.Kind.READING, 0, t -> shape.reading(!summarised, t)));
    if (summarised) {
      parts.add(part("summary", JobTime.Kind.READING, 1, shape::summary));
    }
    if (!jobsOf(JobTime.Kind.SKETCH, 0).isEmpty()) {
      parts.add(part("sketch", JobTime.Kind.SKETCH, 0, t -> shape.sketch(positives, t)));
    }
    Map<Integer, List<JobTime>> passes = passesByMatrices();
    passes.forEach(
        (matrices, jobs) ->
            parts.add(
                part(
                    matrices > 0 ? "passes with a Hessian" : "passes",
                    jobs,
                    shape.pass(matrices, jobs.get(0).tree()),
                    (int) Math.round(jobs.size() / (double) this.jobs.size()))));
    double between =
        typical(
            IntStream.range(0, seconds.size())
                .mapToObj(
                    k -> seconds.get(k) - jobs.get(k).stream().mapToDouble(JobTime::seconds).sum())
                .toList());
    parts.add(new Part("between", shape.between(passes(), positives), between, 1));
    return parts;
  }

  private List<JobTime> jobsOf(JobTime.Kind kind, int fit) {
    return jobs.get(fit).stream().filter(job -> job.kind() == kind).toList();
  }

  private Part part(String name, JobTime.Kind kind, int number, Function<Tree, Work> work) {
    List<JobTime> same =
        IntStream.range(0, jobs.size()).mapToObj(fit -> jobsOf(kind, fit).get(number)).toList();
    return part(name, same, work.apply(same.get(0).tree()), 1);
  }

  private static Part part(String name, List<JobTime> jobs, Work work, int times) {
    return new Part(name, work, typical(jobs.stream().map(JobTime::seconds).toList()), times);
  }

  int passes() {
    return jobsOf(JobTime.Kind.PASS, 0).size();
  }

  /** Returns all passes by how many Hessians they sum, which shows in the size of their results. */
  private Map<Integer, List<JobTime>> passesByMatrices() {
    List<JobTime> passes =
        jobs.stream().flatMap(List::stream).filter(job -> job.kind() == JobTime.Kind.PASS).toList();
    double least = passes.stream().mapToDouble(JobTime::bytesPerResult).min().orElseThrow();
    double matrix = Double.BYTES * shape().matrixEntries();
    return passes.stream()
        .collect(
            Collectors.groupingBy(
                pass -> (int) Math.round((pass.bytesPerResult() - least) / matrix),
                TreeMap::new,
                Collectors.toList()));
  }

  double typicalSeconds() {
    return typical(seconds);
  }

  /** Returns this fit as it was measured in both runs. */
  ScaleFit with(ScaleFit other) {
    return new ScaleFit(
        setting, positives, values, both(seconds, other.seconds), both(jobs, other.jobs));
  }

  static <T> List<T> both(List<T> one, List<T> other) {
    return Stream.concat(one.stream(), other.stream()).toList();
  }

  /** Returns the first quartile: what else the machine has to do only adds to a time. */
  static double typical(List<Double> values) {
    List<Double> sorted = values.stream().sorted(Comparator.naturalOrder()).toList();
    return sorted.get((sorted.size() - 1) / 4);
  }
}
