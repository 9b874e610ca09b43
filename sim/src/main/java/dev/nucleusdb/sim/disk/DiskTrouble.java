package dev.nucleusdb.sim.disk;

import dev.nucleusdb.core.disk.DiskException;
import dev.nucleusdb.core.disk.DiskException.Kind;
import dev.nucleusdb.core.random.RandomSource;
import dev.nucleusdb.sim.disk.legal.FileSystem;
import dev.nucleusdb.sim.fault.CounterRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is wrong with one machine's disk at the moment: whoever injects faults sets it, the disk
/// asks it at every call. Outlives the node's incarnations.
public final class DiskTrouble {
  private final DiskProfile profile;
  private final CounterRandom latencies;
  private final CounterRandom partialAppends;
  private final CounterRandom places;
  private final CallFaults calls = new CallFaults();
  private final Map<String, Long> slowdowns = new LinkedHashMap<>();
  private final Map<String, Long> slowFiles = new LinkedHashMap<>();
  private final Set<String> stalls = new LinkedHashSet<>();
  private final List<Runnable> stalled = new ArrayList<>();
  private final Set<String> full = new LinkedHashSet<>();
  private final Set<String> readOnly = new LinkedHashSet<>();
  private final Set<String> withoutHandles = new LinkedHashSet<>();
  private long refusedCount;
  private long revertedSyncs;

  /// @param random the stream of this disk's base latencies
  public DiskTrouble(DiskProfile profile, RandomSource random) {
    this.profile = profile;
    this.latencies = new CounterRandom(random.fork("sync"));
    this.partialAppends = new CounterRandom(random.fork("partial-append"));
    this.places = new CounterRandom(random.fork("place"));
  }

  /// The faults that strike single calls.
  public CallFaults calls() {
    return calls;
  }

  /// The file system of the disk; null if it is not said, and any crash is one by chance.
  public @Nullable FileSystem fileSystem() {
    return profile.fileSystem();
  }

  /// The most that a file reserves at once; 0 for nothing.
  int roomBytesMax() {
    return profile.roomBytesMax();
  }

  /// What becomes of the bytes of a failed sync: what the fault says, if the file system does that.
  String outcomeOf(String wanted, long sync) {
    FileSystem fileSystem = profile.fileSystem();
    String outcome = wanted;
    if (fileSystem != null && !fileSystem.syncFailures().contains(wanted)) {
      List<String> outcomes = fileSystem.syncFailures();
      outcome = outcomes.get((int) (sync % outcomes.size()));
    }
    revertedSyncs += outcome.equals(CallFaults.REVERTED) ? 1 : 0;
    return outcome;
  }

  /// How many failed syncs, whatever they failed of, have left programs with what was there before.
  public long revertedSyncs() {
    return revertedSyncs;
  }

  /// Syncs of one file take longer, for good.
  ///
  /// @param path its name, or the end of it
  public void slowFile(String path, long extraNanos) {
    slowFiles.put(path, extraNanos);
  }

  /// The disk takes no bytes while the entry lasts.
  public void full(String entryName, boolean begins) {
    toggle(full, entryName, begins);
  }

  /// Whether the disk takes no bytes.
  public boolean isFull() {
    return !full.isEmpty();
  }

  /// The disk takes no change at all while the entry lasts.
  public void readOnly(String entryName, boolean begins) {
    toggle(readOnly, entryName, begins);
  }

  /// No file can be opened while the entry lasts.
  public void withoutHandles(String entryName, boolean begins) {
    toggle(withoutHandles, entryName, begins);
  }

  /// Whether calls are refused at the moment, so that a node cannot be expected to start.
  public boolean refuses() {
    return !full.isEmpty() || !readOnly.isEmpty() || !withoutHandles.isEmpty();
  }

  /// Syncs take longer until [#faster].
  public void slower(String entryName, long extraNanos) {
    slowdowns.put(entryName, extraNanos);
  }

  /// Takes a slowdown back.
  public void faster(String entryName) {
    slowdowns.remove(entryName);
  }

  /// No sync ends until [#flowing].
  public void stalled(String entryName) {
    stalls.add(entryName);
  }

  /// Takes a stall back; the syncs that it held up end now, in order.
  public void flowing(String entryName) {
    stalls.remove(entryName);
    if (stalls.isEmpty()) {
      List<Runnable> waiting = List.copyOf(stalled);
      stalled.clear();
      waiting.forEach(Runnable::run);
    }
  }

  /// Lets a sync end, as soon as nothing holds it up.
  void end(Runnable sync) {
    if (stalls.isEmpty()) {
      sync.run();
    } else {
      stalled.add(sync);
    }
  }

  /// When a sync that begins now ends if nothing stalls.
  long syncEndNanos(long nowNanos, long sync, String path) {
    long end =
        nowNanos
            + profile.syncMin().toNanos()
            + latencies.exponential(profile.syncTail().toNanos(), sync);
    for (long extraNanos : slowdowns.values()) {
      end += extraNanos;
    }
    for (Map.Entry<String, Long> slow : slowFiles.entrySet()) {
      end += path.endsWith(slow.getKey()) ? slow.getValue() : 0;
    }
    return end;
  }

  /// How many of the bytes of a refused append are written all the same.
  int partOf(int count) {
    long part = partialAppends.upTo(2L * count, ++refusedCount);
    return part > count ? 0 : (int) part;
  }

  /// A place for damage: a number below `bound` that depends on the purpose's ordinal alone.
  long place(long ordinal, long bound) {
    return places.upTo(bound - 1, ordinal);
  }

  void requireChangeable(String path) {
    if (!readOnly.isEmpty()) {
      throw new DiskException(Kind.READ_ONLY, path, "the disk takes no writes");
    }
  }

  void requireSpace(String path) {
    if (!full.isEmpty()) {
      throw new DiskException(Kind.NO_SPACE, path, "no space left on the disk");
    }
  }

  void requireHandle(String path) {
    if (!withoutHandles.isEmpty()) {
      throw new DiskException(Kind.IO, path, "too many open files");
    }
  }

  private static void toggle(Set<String> entries, String entryName, boolean begins) {
    if (begins) {
      entries.add(entryName);
    } else {
      entries.remove(entryName);
    }
  }
}
