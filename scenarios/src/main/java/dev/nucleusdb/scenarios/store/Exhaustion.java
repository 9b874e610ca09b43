package dev.nucleusdb.scenarios.store;

import dev.nucleusdb.core.disk.DiskException.Kind;
import dev.nucleusdb.scenarios.cluster.Blueprint;
import dev.nucleusdb.sim.disk.CallFaults;
import dev.nucleusdb.sim.disk.DiskCall;
import dev.nucleusdb.sim.disk.Rot;
import dev.nucleusdb.sim.disk.legal.EnumeratedChoices;
import dev.nucleusdb.sim.disk.legal.FileSystem;
import dev.nucleusdb.sim.trace.Violation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/// Everything that can happen to short workloads: a crash at every named point, which every call of
/// the disk is, with every image that the file system may leave, up to a bound, and again in the
/// recovery of each (Pillai et al., OSDI 2014); every call fails once, in every way (as SQLite's
/// tests do); every block is damaged once, in every way (as in CORDS, FAST 2017).
///
/// A crash within an append or a sync needs no points of its own: what it leaves is among the
/// images of the crash behind the append or before the end of the sync, of which each page is kept,
/// lost or torn.
public final class Exhaustion {
  /// In which ways a call fails.
  private static final List<DiskCall.Failure> VARIANTS =
      List.of(
          new DiskCall.Failure(Kind.IO, false, CallFaults.LOST),
          new DiskCall.Failure(Kind.IO, true, CallFaults.KEPT),
          new DiskCall.Failure(Kind.IO, false, CallFaults.REVERTED),
          new DiskCall.Failure(Kind.NO_SPACE, false, CallFaults.LOST),
          new DiskCall.Failure(Kind.READ_ONLY, false, CallFaults.LOST));

  private final Bounds bounds;
  private final UnaryOperator<Blueprint> planter;
  private final Map<String, Long> counts = new TreeMap<>();
  private final List<String> violations = new ArrayList<>();

  /// How far it goes.
  ///
  /// @param fileSystems which of them
  /// @param images of one crash, at most
  /// @param places within a page at which it is torn
  /// @param recoveries of one crash whose recovery crashes, at every point of it
  /// @param blockBytes the size of the blocks that are damaged
  public record Bounds(
      List<FileSystem> fileSystems, int images, int places, int recoveries, int blockBytes) {
    /// All of it.
    public static final Bounds WHOLE = new Bounds(FileSystem.ALL, 256, 4, 12, 16);

    /// A part that takes few seconds.
    public static final Bounds FEW = new Bounds(List.of(FileSystem.STRICT), 24, 2, 1, 64);
  }

  /// @param planter plants a bug, or does nothing
  public Exhaustion(Bounds bounds, UnaryOperator<Blueprint> planter) {
    this.bounds = bounds;
    this.planter = planter;
  }

  /// The names of the workloads.
  public static List<String> workloads() {
    return ShortWorkload.ALL.stream().map(ShortWorkload::name).toList();
  }

  /// Exhausts one workload.
  public void run(String workload) {
    for (ShortWorkload one : ShortWorkload.ALL) {
      if (one.name().equals(workload)) {
        bounds.fileSystems().forEach(fileSystem -> crashes(one, fileSystem));
        bounds.fileSystems().forEach(fileSystem -> failures(one, fileSystem));
        damage(one);
      }
    }
  }

  /// How much was tried, by kind.
  public Map<String, Long> counts() {
    return Collections.unmodifiableMap(counts);
  }

  /// How often the power failed.
  public long crashCount() {
    return counts.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith("crash"))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /// What was broken, one line each.
  public List<String> violations() {
    return Collections.unmodifiableList(violations);
  }

  private void count(String kind) {
    counts.merge(kind, 1L, Long::sum);
  }

  private boolean told(Rehearsal rehearsal, String where) {
    Violation violation = rehearsal.violation();
    if (violation != null) {
      violations.add(violation.invariant() + ": " + violation.detail() + " [" + where + "]");
    }
    return violation != null;
  }

  // --- crashes ---------------------------------------------------------------------------------

  private void crashes(ShortWorkload workload, FileSystem fileSystem) {
    boolean struck = true;
    for (int point = 1; struck; point++) {
      Rehearsal rehearsal = new Rehearsal(workload, fileSystem, planter, point);
      struck = rehearsal.runToTheCrash();
      String where = workload.name() + ", " + fileSystem.label() + ", point " + point;
      if (told(rehearsal, where)) {
        return;
      }
      if (struck) {
        count("crash at a point");
        images(rehearsal, fileSystem, where);
      }
    }
  }

  private void images(Rehearsal rehearsal, FileSystem fileSystem, String where) {
    EnumeratedChoices choices = new EnumeratedChoices(bounds.places());
    int image = 0;
    do {
      rehearsal.recover(choices, fileSystem);
      count("crash image of " + fileSystem.label());
      boolean again = image < bounds.recoveries();
      for (int point = 1; again && rehearsal.recoverTwice(choices, fileSystem, point); point++) {
        count("crash in recovery");
      }
      image++;
      if (told(rehearsal, where + ", image " + image)) {
        return;
      }
    } while (choices.next() && image < bounds.images());
  }

  // --- failures --------------------------------------------------------------------------------

  private void failures(ShortWorkload workload, FileSystem fileSystem) {
    for (String aftermath : List.of("drop", "keep", StoreFaults.EXIT)) {
      for (int variant = 0; variant < VARIANTS.size(); variant++) {
        int call = 1;
        while (fail(workload, fileSystem, aftermath, VARIANTS.get(variant), call)) {
          call++;
        }
      }
    }
  }

  /// @return whether there was such a call
  private boolean fail(
      ShortWorkload workload,
      FileSystem fileSystem,
      String aftermath,
      DiskCall.Failure failure,
      int number) {
    Rehearsal rehearsal = new Rehearsal(workload, fileSystem, planter, 0);
    DiskCall struck = rehearsal.runWithFailure(failure, number, aftermath);
    told(
        rehearsal,
        String.join(
            ", ",
            workload.name(),
            fileSystem.label(),
            "call " + number + " " + struck + " fails",
            failure.toString(),
            "then " + aftermath));
    if (struck != null) {
      count("failed call " + struck + ", " + failure.kind());
    }
    return struck != null && rehearsal.violation() == null;
  }

  // --- damage ----------------------------------------------------------------------------------

  private void damage(ShortWorkload workload) {
    Rehearsal rehearsal = new Rehearsal(workload, FileSystem.STRICT, planter, 0);
    rehearsal.runToTheCrash();
    for (String path : rehearsal.paths()) {
      int size = rehearsal.sizeBytes(path);
      for (Rot rot : Rot.values()) {
        boolean everywhere = Rot.BLOCKS.contains(rot) || rot == Rot.CUT;
        int last = everywhere ? size : 1;
        for (int offset = 0; offset < last; offset += bounds.blockBytes()) {
          damage(rehearsal, new DamageTrial.Damage(rot, path, offset, bounds.blockBytes(), true));
          damage(rehearsal, new DamageTrial.Damage(rot, path, offset, bounds.blockBytes(), false));
          if (told(rehearsal, workload.name() + ", " + rot + " " + path + " at " + offset)) {
            return;
          }
        }
      }
    }
  }

  private void damage(Rehearsal rehearsal, DamageTrial.Damage damage) {
    if (rehearsal.damage(damage)) {
      count("damage " + damage.rot());
    }
  }

  /// What was tried and found, as lines for people.
  public List<String> report() {
    List<String> lines = new ArrayList<>();
    counts.forEach(
        (kind, count) -> lines.add(String.format(Locale.ROOT, "%,12d  %s", count, kind)));
    return lines;
  }
}
