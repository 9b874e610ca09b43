package dev.nucleusdb.sim.disk;

import dev.nucleusdb.core.random.RandomSource;
import dev.nucleusdb.sim.fault.CounterRandom;
import dev.nucleusdb.sim.fault.PlanEntry;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What is wrong with one machine's disk at the moment: whoever injects faults sets it, the disk
/// asks it at every call. Outlives the node's incarnations.
public final class DiskTrouble {
  private final DiskProfile profile;
  private final CounterRandom latencies;
  private final CounterRandom partialAppends;
  private final Map<String, Long> slowdowns = new LinkedHashMap<>();
  private SyncFailure syncFailure = new SyncFailure.Never();
  private Consumer<PlanEntry> happened = entry -> {};
  private int fullCount;
  private long syncCount;
  private long refusedCount;

  /// @param random the stream of this disk's base latencies
  public DiskTrouble(DiskProfile profile, RandomSource random) {
    this.profile = profile;
    this.latencies = new CounterRandom(random.fork("sync"));
    this.partialAppends = new CounterRandom(random.fork("partial-append"));
  }

  /// Which syncs fail from now on, and who is told of each.
  public void syncFailure(SyncFailure rule, Consumer<PlanEntry> listener) {
    syncFailure = rule;
    happened = listener;
  }

  /// The disk is full (once more) or has room (once more).
  public void full(boolean begins) {
    fullCount += begins ? 1 : -1;
  }

  /// Whether the disk takes no bytes.
  public boolean isFull() {
    return fullCount > 0;
  }

  /// Syncs take longer until [#faster].
  public void slower(String entryName, long extraNanos) {
    slowdowns.put(entryName, extraNanos);
  }

  /// Takes a slowdown back.
  public void faster(String entryName) {
    slowdowns.remove(entryName);
  }

  /// The number of one more sync.
  long nextSync() {
    return ++syncCount;
  }

  /// The fault that strikes a sync, which is thereby said to have happened.
  @Nullable PlanEntry failureOf(long sync) {
    PlanEntry entry = syncFailure.judge(sync);
    if (entry != null) {
      happened.accept(entry);
    }
    return entry;
  }

  long syncNanos(long sync) {
    long nanos =
        profile.syncMin().toNanos() + latencies.exponential(profile.syncTail().toNanos(), sync);
    for (long extraNanos : slowdowns.values()) {
      nanos += extraNanos;
    }
    return nanos;
  }

  /// How many of the bytes of a refused append are written all the same.
  int partOf(int count) {
    long part = partialAppends.upTo(2L * count, ++refusedCount);
    return part > count ? 0 : (int) part;
  }
}
