package dev.nucleusdb.raft.log;

import dev.nucleusdb.raft.membership.Membership;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What a write-ahead log knew of one group when it was opened.
public final class RecoveredLog {
  private HardState hardState = HardState.INITIAL;
  private long baseIndex;
  private long baseTerm;
  private @Nullable Membership baseMembership;

  /// Whether the base is only inferred from the first entry found: the segment before it was
  /// deleted, and the frame that says so is still to come.
  private boolean isBaseInferred;

  private final List<Entry> entries = new ArrayList<>();

  /// The places at which a membership is lost that nothing later stands for.
  private final NavigableSet<Long> lostMemberships = new TreeSet<>();

  /// What it would know of a group now.
  ///
  /// @param hardState null if the group has none
  /// @param log all that it holds
  static RecoveredLog of(@Nullable HardState hardState, RaftLog log) {
    RecoveredLog found = new RecoveredLog();
    found.hardState = hardState == null ? HardState.INITIAL : hardState;
    found.baseIndex = log.baseIndex();
    found.baseTerm = log.termAt(log.baseIndex());
    found.baseMembership = log.baseMembership();
    for (long index = log.baseIndex() + 1; index <= log.lastIndex(); index++) {
      found.entries.add(log.entryAt(index));
    }
    return found;
  }

  /// The durable term and vote.
  public HardState hardState() {
    return hardState;
  }

  /// The durable log.
  public RaftLog toLog() {
    return new RaftLog(baseIndex, baseTerm, baseMembership, entries);
  }

  /// The frame that says where the log begins, or null if nothing of it was ever released.
  WalFormat.Frame.@Nullable Base base(int group) {
    return baseIndex == 0
        ? null
        : new WalFormat.Frame.Base(group, baseIndex, baseTerm, baseMembership);
  }

  void replay(WalFormat.Frame frame, LogRule rule) {
    switch (frame) {
      case WalFormat.Frame.State state -> hardState = rule.latest(hardState, state.hardState());
      case WalFormat.Frame.Store _, WalFormat.Frame.Cluster _, WalFormat.Frame.Told _ -> {}
      case WalFormat.Frame.Appended appended -> place(appended.index(), appended.entry());
      case WalFormat.Frame.Found found -> find(found.index(), found.entry());
      case WalFormat.Frame.Moved moved -> move(moved.index(), moved.entry());
      case WalFormat.Frame.Base base -> rebase(base, rule);
      case WalFormat.Frame.Restart restart -> restart(restart.base(), rule);
    }
  }

  /// As [#replay], for a frame of which only the identifier is left: entries of it are lost ones,
  /// and of a base it is known who took part there only if the log says so itself.
  void replayLost(WalFormat.Frame frame, LogRule rule) {
    if (frame instanceof WalFormat.Frame.Base base) {
      loseBase(base, rule);
    } else {
      replay(frame, rule);
      if (frame instanceof WalFormat.Frame.Restart) {
        lostMemberships.add(baseIndex);
      }
    }
  }

  private void loseBase(WalFormat.Frame.Base base, LogRule rule) {
    long index = base.index();
    if (index < baseIndex || (index == baseIndex && !isBaseInferred)) {
      return;
    }
    boolean known =
        !isBaseInferred
            && index <= baseIndex + entries.size()
            && lostMemberships.headSet(index, true).isEmpty();
    Membership membership = known ? membershipAt(index) : null;
    rebase(new WalFormat.Frame.Base(base.group(), index, base.term(), membership), rule);
    if (!known) {
      lostMemberships.add(index);
    }
  }

  private @Nullable Membership membershipAt(long index) {
    for (int place = (int) (index - baseIndex); place > 0; place--) {
      Membership named = entries.get(place - 1).membership();
      if (named != null) {
        return named;
      }
    }
    return baseMembership;
  }

  /// Whether it is not known who takes part: a membership is lost, and nothing later says it.
  boolean isInDoubt() {
    return !lostMemberships.isEmpty();
  }

  /// Whether an entry may stand at `index`: behind the base, and without a gap. As long as the base
  /// is only inferred, anything may come: segments may have been deleted before the first entry
  /// found, and that entry may itself have been cut away by one of a lower index.
  boolean hasPlaceFor(long index) {
    if (entries.isEmpty() || (isBaseInferred && index <= baseIndex)) {
      return index > 0 && (isBaseInferred || index > baseIndex);
    }
    return index > baseIndex && index <= baseIndex + entries.size() + 1;
  }

  /// Whether the beginning of the log is missing.
  boolean isHeadless() {
    return isBaseInferred;
  }

  private void place(long index, Entry entry) {
    boolean begins = entries.isEmpty() && index > baseIndex + 1;
    if (begins || index <= baseIndex) {
      entries.clear();
      baseIndex = index - 1;
      isBaseInferred = baseIndex > 0;
    }
    int place = (int) (index - baseIndex - 1);
    entries.subList(place, entries.size()).clear();
    entries.add(entry);
    lostMemberships.tailSet(index, true).clear();
    if (entry.kind() == Entry.Kind.LOST_CONFIGURATION) {
      lostMemberships.add(index);
    }
  }

  /// What was moved stands where it stood, if that is still there: only if the segments in which it
  /// stood are gone does it begin the log, and then the whole of it was moved. Where it is lost, it
  /// is found again here.
  private void move(long index, Entry entry) {
    boolean stands = index > baseIndex && index <= baseIndex + entries.size();
    if (!stands) {
      place(index, entry);
    } else {
      find(index, entry);
    }
  }

  /// What is found of an entry counts if it is that one which is lost.
  private void find(long index, Entry entry) {
    boolean stands = index > baseIndex && index <= baseIndex + entries.size();
    int place = (int) (index - baseIndex - 1);
    if (stands
        && !entry.isLost()
        && entries.get(place).isLost()
        && entries.get(place).term() == entry.term()) {
      entries.set(place, entry);
      lostMemberships.remove(index);
    }
  }

  private void restart(WalFormat.Frame.Base base, LogRule rule) {
    entries.clear();
    lostMemberships.clear();
    isBaseInferred = false;
    baseIndex = base.index();
    baseTerm = base.term();
    baseMembership = rule.baseMembership(base.membership());
  }

  private void rebase(WalFormat.Frame.Base base, LogRule rule) {
    long index = base.index();
    boolean says = isBaseInferred || lostMemberships.contains(index);
    if (index < baseIndex || (index == baseIndex && !says)) {
      return;
    }
    lostMemberships.headSet(index, true).clear();
    isBaseInferred = false;
    int gone = (int) Math.min(index - baseIndex, entries.size());
    entries.subList(0, gone).clear();
    baseIndex = index;
    baseTerm = base.term();
    baseMembership = rule.baseMembership(base.membership());
  }
}
