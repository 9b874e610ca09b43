package dev.nucleusdb.bench.nucleus;

import dev.nucleusdb.core.consensus.ReplicatedLog;
import dev.nucleusdb.core.consensus.SnapshotReader;
import dev.nucleusdb.core.consensus.SnapshotWriter;
import dev.nucleusdb.core.consensus.StateMachine;
import org.jspecify.annotations.Nullable;

/// Counts commands, so that its state is how far it is. Has the log drop what is old now and then,
/// as a store does that has synced; otherwise the heap would measure how long the run was.
final class CountingMachine implements StateMachine {
  /// How many entries the logs of a node keep at least, and twice as many at most.
  private static final long KEPT_ENTRIES = 1 << 16;

  private final ReplicatedLog log;
  private final long keptEntries;
  private long appliedIndex;
  private byte @Nullable [] mark;

  /// @param groupCount how many groups share what a node keeps
  CountingMachine(ReplicatedLog log, int groupCount) {
    this.log = log;
    this.keptEntries = Math.max(1, KEPT_ENTRIES / groupCount);
  }

  @Override
  public long appliedIndex() {
    return appliedIndex;
  }

  @Override
  public Object apply(long index, byte[] bytes, int offset, int size) {
    appliedIndex = index;
    if (index % keptEntries == 0 && index > keptEntries) {
      log.released(index - keptEntries);
    }
    return true;
  }

  @Override
  public SnapshotReader snapshot() {
    return new OnePiece(appliedIndex);
  }

  @Override
  public SnapshotWriter receive() {
    return new SnapshotWriter() {
      @Override
      public void add(byte[] piece) {}

      @Override
      public void install(long index, byte[] installed) {
        appliedIndex = index;
        mark = installed;
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public byte @Nullable [] snapshotMark() {
    return mark;
  }

  /// The index says it all.
  private static final class OnePiece implements SnapshotReader {
    private final long index;
    private boolean given;

    OnePiece(long index) {
      this.index = index;
    }

    @Override
    public long index() {
      return index;
    }

    @Override
    public byte @Nullable [] next(int bytesMax) {
      boolean first = !given;
      given = true;
      return first ? new byte[0] : null;
    }

    @Override
    public void close() {}
  }
}
