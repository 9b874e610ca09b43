package dev.nucleusdb.raft.log;

import java.util.ArrayList;
import java.util.List;

/// What a write-ahead log knew of one group when it was opened.
public final class RecoveredLog {
  private HardState hardState = HardState.INITIAL;
  private long baseIndex;
  private long baseTerm;
  private final List<Entry> entries = new ArrayList<>();

  /// The durable term and vote.
  public HardState hardState() {
    return hardState;
  }

  /// The durable log.
  public RaftLog toLog() {
    return new RaftLog(baseIndex, baseTerm, entries);
  }

  void replay(WalFormat.Frame frame, LogRule rule) {
    switch (frame) {
      case WalFormat.Frame.State state -> hardState = rule.latest(hardState, state.hardState());
      case WalFormat.Frame.Appended appended -> place(appended.index(), appended.entry());
      case WalFormat.Frame.Base base -> rebase(base.index(), base.term());
    }
  }

  /// Whether an entry may stand at `index`: not before the base, and without a gap.
  boolean hasPlaceFor(long index) {
    return index > baseIndex && index <= baseIndex + entries.size() + 1;
  }

  private void place(long index, Entry entry) {
    int place = (int) (index - baseIndex - 1);
    entries.subList(place, entries.size()).clear();
    entries.add(entry);
  }

  private void rebase(long index, long term) {
    if (index <= baseIndex) {
      return;
    }
    int gone = (int) Math.min(index - baseIndex, entries.size());
    entries.subList(0, gone).clear();
    baseIndex = index;
    baseTerm = term;
  }
}
