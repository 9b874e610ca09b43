package dev.nucleusdb.raft.conversation;

import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.core.random.RandomSource;
import dev.nucleusdb.raft.Raft;
import dev.nucleusdb.raft.RaftEffect;
import dev.nucleusdb.raft.RaftInput;
import dev.nucleusdb.raft.RaftOptions;
import dev.nucleusdb.raft.RaftRules;
import dev.nucleusdb.raft.log.Entry;
import dev.nucleusdb.raft.log.HardState;
import dev.nucleusdb.raft.log.RaftLog;
import dev.nucleusdb.raft.membership.ClusterId;
import dev.nucleusdb.raft.membership.Membership;
import dev.nucleusdb.raft.message.RaftMessage;
import dev.nucleusdb.raft.recovery.Survivor;
import dev.nucleusdb.raft.snapshot.SnapshotMark;
import dev.nucleusdb.raft.snapshot.SnapshotRule;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One member with a disk that forgets what was not reported as persisted.
final class Member {
  final NodeId id;
  private final long storeId;
  final ArrayDeque<RaftEffect.Persist> writes = new ArrayDeque<>();
  private final Membership founding;
  private final RaftOptions options;
  private HardState hardState = HardState.INITIAL;
  private final List<Entry> entries = new ArrayList<>();

  /// What was found again: by the write that makes it durable, and of the step under way.
  private final Map<Long, List<RaftEffect.Refill>> refills = new TreeMap<>();

  private List<RaftEffect.Refill> refilled = new ArrayList<>();
  private long baseIndex;
  private long baseTerm;
  private @Nullable Membership baseMembership;
  private long appliedIndex;
  private long clusterId = ClusterId.FOUNDED;
  private @Nullable SnapshotMark mark;

  /// Of which snapshot pieces were taken, and how many: lost in a crash.
  private @Nullable SnapshotMark gathering;

  private int gatheredCount;
  private @Nullable Raft raft;

  Member(NodeId id, long storeId, Membership founding, RaftOptions options) {
    this.id = id;
    this.storeId = storeId;
    this.founding = founding;
    this.options = options;
  }

  /// The same member with an empty disk, which has another name.
  Member wiped(Membership founding, RaftOptions options) {
    return new Member(id, storeId == 0 ? 0 : storeId + 1, founding, options);
  }

  /// The same member with nothing, after what it had was damaged and set aside.
  Member replaced(Membership founding, RaftOptions options) {
    return new Member(id, -Math.abs(storeId) - 1, founding, options);
  }

  long storeId() {
    return storeId;
  }

  Raft raft() {
    if (raft == null) {
      throw new IllegalArgumentException(id + " is down");
    }
    return raft;
  }

  boolean isUp() {
    return raft != null;
  }

  /// Starts from what is durable; the state machine has forgotten what the log still holds.
  void start(long nowNanos) {
    if (mark != null && mark.index() > baseIndex) {
      RaftLog found = new RaftLog(baseIndex, baseTerm, baseMembership, entries);
      logRestarted(mark, found.restartAfter(mark, SnapshotRule.RAFT));
    }
    RaftLog log = new RaftLog(baseIndex, baseTerm, baseMembership, entries);
    appliedIndex = baseIndex;
    raft =
        new Raft(
            id,
            storeId,
            founding,
            options,
            RaftRules.RAFT,
            new OwnTimeout(id),
            hardState,
            log,
            baseIndex,
            nowNanos);
  }

  /// As the command for it does with the files of a node that is down.
  void recover() {
    long term = hardState.term() + 1;
    hardState = new HardState(term, null);
    entries.add(
        Entry.configuration(
            term,
            Survivor.alone(new dev.nucleusdb.core.node.Member(id, new Address("")), storeId)));
    clusterId = ClusterId.next(clusterId, id.value());
  }

  /// Whether it reads what another says. A member without anything enters a cluster that came of a
  /// later recovery.
  boolean isOfClusterOf(Member other) {
    if (ClusterId.isLater(other.clusterId, clusterId) && raft().log().lastIndex() == 0) {
      clusterId = other.clusterId;
    }
    return other.clusterId == clusterId;
  }

  /// Takes a piece of a snapshot.
  RaftInput.PieceTaken take(NodeId from, RaftMessage.InstallSnapshot message) {
    if (!message.mark().equals(gathering)) {
      gathering = message.mark();
      gatheredCount = 0;
    }
    gatheredCount += message.number() == gatheredCount ? 1 : 0;
    boolean installed = message.last() && gatheredCount == message.number() + 1;
    if (installed) {
      mark = message.mark();
      appliedIndex = message.mark().index();
      gathering = null;
    }
    return new RaftInput.PieceTaken(
        from, message.mark(), installed ? 0 : gatheredCount, installed, message.round());
  }

  /// The log's frame is written, and as good as durable: the state machine's mark says it too.
  void logRestarted(SnapshotMark installed, boolean suffixKept) {
    int gone =
        suffixKept ? (int) Math.min(installed.index() - baseIndex, entries.size()) : entries.size();
    entries.subList(0, gone).clear();
    if (!suffixKept) {
      List<RaftEffect.Persist> before = List.copyOf(writes);
      writes.clear();
      for (RaftEffect.Persist write : before) {
        writes.add(
            new RaftEffect.Persist(
                write.writeId(), write.hardState(), installed.index() + 1, List.of()));
      }
    }
    baseIndex = installed.index();
    baseTerm = installed.term();
    baseMembership = installed.membership();
  }

  /// While it is down: the disk loses what these entries said.
  void damage(long first, long last) {
    for (long index = first; index <= last; index++) {
      int place = (int) (index - baseIndex - 1);
      entries.set(place, Entry.lost(entries.get(place).term(), false));
    }
  }

  void refill(RaftEffect.Refill refill) {
    refilled.add(refill);
  }

  void begin(RaftEffect.Persist write) {
    writes.add(write);
    refills.put(write.writeId(), refilled);
    refilled = new ArrayList<>();
  }

  void crash() {
    gathering = null;
    writes.clear();
    refills.clear();
    raft = null;
  }

  /// The oldest write that is under way becomes durable.
  RaftInput.Persisted completeWrite() {
    RaftEffect.Persist write = writes.removeFirst();
    if (write.hardState() != null) {
      hardState = write.hardState();
    }
    for (RaftEffect.Refill found : refills.getOrDefault(write.writeId(), List.of())) {
      if (found.index() > baseIndex) {
        entries.set((int) (found.index() - baseIndex - 1), found.entry());
      }
    }
    int before = (int) Math.max(0, baseIndex + 1 - write.firstIndex());
    if (before < write.entries().size() || write.firstIndex() > baseIndex) {
      int kept = (int) Math.max(0, write.firstIndex() - baseIndex - 1);
      entries.subList(kept, entries.size()).clear();
      entries.addAll(write.entries().subList(before, write.entries().size()));
    }
    return new RaftInput.Persisted(write.writeId());
  }

  void released(long index) {
    int gone = (int) (index - baseIndex);
    baseTerm = entries.get(gone - 1).term();
    entries.subList(0, gone).clear();
    baseIndex = index;
    baseMembership = raft().log().baseMembership();
  }

  /// How old its state machine may be; -1 if it cannot say.
  long staleness(long nowNanos) {
    return raft().stalenessNanos(appliedIndex, nowNanos);
  }

  /// The entries that are to be applied next.
  long applyThrough(long index) {
    long first = appliedIndex + 1;
    appliedIndex = index;
    return first;
  }

  String durableWords() {
    String log = entries.isEmpty() ? "nothing" : Words.entries(baseIndex + 1, entries);
    String base = baseIndex == 0 ? "" : " after " + Words.place(baseIndex, baseTerm);
    return Words.of(hardState) + ", log" + base + " " + log;
  }

  String stateWords() {
    if (raft == null) {
      return id + " is down";
    }
    return id
        + " "
        + Words.of(raft.role())
        + " of term "
        + raft.term()
        + ", leader "
        + Words.orNone(raft.leader())
        + ", commit "
        + raft.commitIndex()
        + ", applied "
        + appliedIndex
        + ", durable "
        + raft.durableIndex()
        + ", last "
        + raft.log().lastIndex()
        + (raft.isAsleep() ? ", asleep" : "");
  }

  /// Election timeouts are the minimum and 100 ms for each number of the id.
  private record OwnTimeout(NodeId id) implements RandomSource {
    @Override
    public long nextLong() {
      return id.value() * 100_000_000L;
    }

    @Override
    public RandomSource fork(String name) {
      return this;
    }

    @Override
    public RandomSource fork(long number) {
      return this;
    }
  }
}
