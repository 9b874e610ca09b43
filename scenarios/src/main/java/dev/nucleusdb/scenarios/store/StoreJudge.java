package dev.nucleusdb.scenarios.store;

import static dev.nucleusdb.core.assertion.Assertions.sometimes;

import dev.nucleusdb.core.random.SplitMix;
import dev.nucleusdb.core.storage.StorageEngine;
import dev.nucleusdb.scenarios.store.oracle.AtomicBatches;
import dev.nucleusdb.scenarios.store.oracle.DurableStays;
import dev.nucleusdb.scenarios.store.oracle.History;
import dev.nucleusdb.scenarios.store.oracle.IdempotentRecovery;
import dev.nucleusdb.scenarios.store.oracle.NoLeftovers;
import dev.nucleusdb.scenarios.store.oracle.NoNonceTwice;
import dev.nucleusdb.scenarios.store.oracle.NoResurrection;
import dev.nucleusdb.scenarios.store.oracle.NoSilentWrongValue;
import dev.nucleusdb.scenarios.store.oracle.OneIndex;
import dev.nucleusdb.scenarios.store.oracle.PrefixOfHistory;
import dev.nucleusdb.scenarios.store.oracle.Sight;
import dev.nucleusdb.sim.disk.DiskImage;
import dev.nucleusdb.sim.disk.DiskProfile;
import dev.nucleusdb.sim.disk.DiskTrouble;
import dev.nucleusdb.sim.fault.CrashMode;
import dev.nucleusdb.sim.time.Kernel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Holds what a store shows to its history, property by property.
final class StoreJudge {
  private static final String DATA = "/data-";
  private static final String MANIFEST = "manifest";

  private final Kernel kernel;
  private final List<byte[]> keys;
  private History history = new History();
  private NoNonceTwice nonces = new NoNonceTwice();

  StoreJudge(Kernel kernel, List<byte[]> keys) {
    this.kernel = kernel;
    this.keys = keys;
  }

  History history() {
    return history;
  }

  /// The store is on a new disk.
  void forget() {
    history = new History();
    nonces = new NoNonceTwice();
  }

  /// What stands on the disk of an encrypted store.
  void sealed(DiskImage image) {
    for (String path : image.paths()) {
      if (path.contains(DATA)) {
        say("NoNonceTwice", nonces.broken(path, image.content(path)));
      }
    }
  }

  Sight look(StorageEngine engine) {
    return Sight.of(engine, keys);
  }

  /// What it shows is what was written.
  void written(Sight sight) {
    say("DurableStays", DurableStays.broken(history, sight));
    state(history, sight);
  }

  private void state(History of, Sight sight) {
    say("AtomicBatches", AtomicBatches.broken(of, sight));
    say("NoResurrection", NoResurrection.broken(of, sight));
    say("PrefixOfHistory", PrefixOfHistory.broken(of, sight));
    say("NoSilentWrongValue", NoSilentWrongValue.broken(of, sight));
  }

  /// As [#written] while the store runs: all of it is there.
  void current(Sight sight) {
    if (sight.appliedIndex() != history.lastIndex()) {
      String detail =
          "the applied index is " + sight.appliedIndex() + ", not " + history.lastIndex();
      say("PrefixOfHistory", detail);
    }
    written(sight);
  }

  /// What it shows after damage that nobody told it of: a value that was written, or a report. An
  /// index that has gone back below what was durable is a report, too: what a sync has covered and
  /// no later frame has seen cannot be told from a torn end, and whoever replays a log above the
  /// store sees the gap.
  ///
  /// @param claimed what was said to be durable beside what the history knows
  void damaged(Sight sight, long claimed) {
    long durable = Math.max(claimed, history.durableIndex());
    if (sometimes("damage takes the index of a store back", sight.appliedIndex() < durable)) {
      harmed(sight);
    } else {
      state(history, sight);
    }
  }

  /// Beyond what can be promised: no value that was never written.
  void harmed(Sight sight) {
    for (var entry : sight.found().entrySet()) {
      if (!history.wasEver(entry.getKey(), entry.getValue())) {
        say("NoSilentWrongValue", "a value that was never written");
      }
    }
  }

  /// The store was opened after a crash.
  void recovered(StoreMachine machine, Sight sight, boolean again) {
    written(sight);
    history.recovered(sight.appliedIndex());
    if (kernel.violation() == null && sight.durableIndex() != sight.appliedIndex()) {
      say("DurableStays", "what was recovered is not durable");
    }
    List<String> paths = machine.image().paths();
    StorageEngine engine = machine.engine();
    if (engine != null) {
      say("NoLeftovers", NoLeftovers.broken(paths, engine.statistics().fileCount()));
    }
    if (again && kernel.violation() == null) {
      recoverAgain(machine, sight);
    }
  }

  private void recoverAgain(StoreMachine machine, Sight sight) {
    DiskImage twin = machine.image().twin();
    twin.crash(CrashMode.DROP, new SplitMix(1));
    List<String> derived =
        twin.paths().stream()
            .filter(path -> !path.contains(DATA) && !path.endsWith("/" + MANIFEST))
            .toList();
    Sight second = open(machine.with(twin, calm()));
    say("IdempotentRecovery", IdempotentRecovery.broken(sight, second));
    if (!derived.isEmpty()) {
      DiskImage bare = machine.image().twin();
      bare.exit();
      derived.forEach(bare::lose);
      say("OneIndex", OneIndex.broken(sight, open(machine.with(bare, calm()))));
    }
  }

  private Sight open(StoreMachine machine) {
    Sight sight = look(machine.open());
    machine.die();
    return sight;
  }

  /// A disk on which nothing goes wrong.
  static DiskTrouble calm() {
    return new DiskTrouble(DiskProfile.DEFAULT, new SplitMix(1));
  }

  /// @param broken what is wrong, or null
  void say(String invariant, @Nullable String broken) {
    if (broken != null) {
      kernel.violate(invariant, broken);
    }
  }
}
