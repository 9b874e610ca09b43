package dev.nucleusdb.bench.nucleus;

import dev.nucleusdb.core.consensus.ReplicatedLog;
import dev.nucleusdb.core.consensus.StateMachine;

/// Counts commands. Has the log drop what is old now and then, as a store does that has synced;
/// otherwise the heap would measure how long the run was.
final class CountingMachine implements StateMachine {
  private static final long KEPT_ENTRIES = 1 << 16;

  private final ReplicatedLog log;
  private long appliedIndex;

  CountingMachine(ReplicatedLog log) {
    this.log = log;
  }

  @Override
  public long appliedIndex() {
    return appliedIndex;
  }

  @Override
  public Object apply(long index, byte[] command) {
    appliedIndex = index;
    if (index % KEPT_ENTRIES == 0 && index > KEPT_ENTRIES) {
      log.released(index - KEPT_ENTRIES);
    }
    return true;
  }
}
