package dev.nucleusdb.bench.trial;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Three JVMs with a node each. The leader's is killed as by `kill -9`, and the time until the
/// first commit under its successor is taken: the nodes propose by themselves, and all JVMs of a
/// machine share one monotonic clock.
final class Probes {
  private static final long TIMEOUT_MILLIS = 60_000;
  private static final long SETTLE_MILLIS = 2_500;
  private static final long LOOK_MILLIS = 5;

  private final TrialOptions options;
  private final Contestant contestant;
  private final String classPath;
  private final Path folder;
  private final Path errors;
  private final List<Child> children = new ArrayList<>();

  /// @param folder where the nodes keep their files
  Probes(TrialOptions options, Contestant contestant, String classPath, Path folder, Path errors) {
    this.options = options;
    this.contestant = contestant;
    this.classPath = classPath;
    this.folder = folder;
    this.errors = errors;
  }

  private record Commit(int node, long nanos) {}

  /// Kills so many leaders, and starts each again.
  Samples run(List<Integer> ports) throws IOException, InterruptedException, TrialException {
    Samples samples = new Samples();
    try {
      for (int i = 0; i < ports.size(); i++) {
        children.add(start(ports, i));
      }
      Commit last = awaitCommit(-1);
      for (int crash = 0; crash < options.crashes(); crash++) {
        Thread.sleep(SETTLE_MILLIS);
        last = latest(last);
        Child leader = children.get(last.node());
        long killedNanos = leader.kill();
        int killed = last.node();
        last = awaitCommit(killed);
        samples.add(Figure.CRASH, (last.nanos() - killedNanos) / 1e9);
        leader.close();
        children.set(killed, start(ports, killed));
        awaitReady(children.get(killed));
      }
    } finally {
      children.forEach(Child::close);
    }
    return samples;
  }

  private Child start(List<Integer> ports, int index) throws IOException {
    return Child.start(
        options.jvmFlags(),
        classPath,
        TrialMain.class,
        List.of(
            "probe",
            contestant.systemClass(),
            folder.resolve("n" + (index + 1)).toString(),
            Trials.written(ports),
            Long.toString(options.electionTimeout().toMillis()),
            Integer.toString(index)),
        errors);
  }

  private static void awaitReady(Child child) throws InterruptedException, TrialException {
    String line = child.next(TIMEOUT_MILLIS);
    if (line == null || !line.equals("ready")) {
      throw new TrialException("a killed node did not start again");
    }
  }

  /// The first commit that a node other than `except` tells.
  private Commit awaitCommit(int except) throws InterruptedException, TrialException {
    long deadline = System.nanoTime() + TIMEOUT_MILLIS * 1_000_000;
    while (System.nanoTime() < deadline) {
      for (int i = 0; i < children.size(); i++) {
        String line = i == except ? null : children.get(i).next(LOOK_MILLIS);
        if (line != null && line.startsWith("failed ")) {
          throw new TrialException(line.substring("failed ".length()));
        } else if (line != null && line.startsWith("commit ")) {
          return new Commit(i, Long.parseLong(line.substring("commit ".length())));
        }
      }
    }
    throw new TrialException("nothing was committed for " + TIMEOUT_MILLIS / 1000 + " s");
  }

  /// Whoever told of a commit last: leadership may have moved meanwhile.
  private Commit latest(Commit known) throws InterruptedException {
    Commit latest = known;
    for (int i = 0; i < children.size(); i++) {
      for (String line = children.get(i).next(LOOK_MILLIS);
          line != null;
          line = children.get(i).next(LOOK_MILLIS)) {
        if (line.startsWith("commit ")) {
          long nanos = Long.parseLong(line.substring("commit ".length()));
          latest = nanos > latest.nanos() ? new Commit(i, nanos) : latest;
        }
      }
    }
    return latest;
  }
}
