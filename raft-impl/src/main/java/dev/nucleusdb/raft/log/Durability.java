package dev.nucleusdb.raft.log;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// Keeps account of writes that are under way: which log prefix each covers, and how far the log is
/// durable.
///
/// A completed write proves only what is still in the log: an entry that was cut and replaced while
/// its write was under way must not count as durable through its predecessor's sync (the ABA of
/// rewritten suffixes). So a cut lowers what earlier writes cover.
public final class Durability {
  /// The id of each write that is under way, and the index that it covers, in the order of the ids;
  /// null while nothing was written since [#rest].
  private @Nullable ArrayDeque<long[]> pending;

  private long issuedWriteId;
  private long durableWriteId;
  private long durableIndex;
  private long hardStateWriteId;

  /// A log that was read from the disk is durable to its end.
  public Durability(long durableIndex) {
    this.durableIndex = durableIndex;
  }

  /// The last index of the log that is durable here.
  public long durableIndex() {
    return durableIndex;
  }

  /// The last write that was issued.
  public long issuedWriteId() {
    return issuedWriteId;
  }

  /// Whether that write is durable.
  public boolean isDurable(long writeId) {
    return writeId <= durableWriteId;
  }

  /// Whether the latest term and vote are durable.
  public boolean isHardStateDurable() {
    return isDurable(hardStateWriteId);
  }

  /// A new write covers the log up to `lastIndex`.
  ///
  /// @return its id, one above the one before
  public long issue(long lastIndex, boolean withHardState) {
    issuedWriteId++;
    if (withHardState) {
      hardStateWriteId = issuedWriteId;
    }
    ArrayDeque<long[]> all = pending == null ? new ArrayDeque<>(1) : pending;
    pending = all;
    all.add(new long[] {issuedWriteId, lastIndex});
    return issuedWriteId;
  }

  /// The log was cut from `firstIndex` on.
  ///
  /// @param rule what writes under way make durable of it
  public void truncatedFrom(long firstIndex, LogRule rule) {
    durableIndex = rule.durableAfterCut(durableIndex, firstIndex);
    if (pending != null) {
      pending.forEach(write -> write[1] = rule.durableAfterCut(write[1], firstIndex));
    }
  }

  /// A snapshot stands for the log up to an index, durably.
  public void installed(long index) {
    durableIndex = Math.max(durableIndex, index);
  }

  /// All writes up to `writeId` are durable.
  public void persisted(long writeId) {
    durableWriteId = Math.max(durableWriteId, writeId);
    while (pending != null && !pending.isEmpty() && pending.getFirst()[0] <= writeId) {
      durableIndex = Math.max(durableIndex, pending.removeFirst()[1]);
    }
  }

  /// Nothing is written for long: keeps no room for it.
  public void rest() {
    pending = pending == null || pending.isEmpty() ? null : pending;
  }
}
