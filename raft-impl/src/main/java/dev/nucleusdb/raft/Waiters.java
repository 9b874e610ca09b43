package dev.nucleusdb.raft;

import static dev.nucleusdb.core.assertion.Assertions.invariant;

import dev.nucleusdb.core.consensus.ReplicatedLog.MembershipCallback;
import dev.nucleusdb.core.consensus.ReplicatedLog.MembershipResult;
import dev.nucleusdb.core.consensus.ReplicatedLog.ProposalCallback;
import dev.nucleusdb.core.consensus.ReplicatedLog.ProposalResult;
import dev.nucleusdb.core.consensus.ReplicatedLog.ReadCallback;
import dev.nucleusdb.core.consensus.ReplicatedLog.ReadResult;
import dev.nucleusdb.core.consensus.ReplicatedLog.TransferCallback;
import dev.nucleusdb.core.consensus.TransferOutcome;
import dev.nucleusdb.core.node.NodeId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Who waits for what: proposals for their index to be applied, reads for the state machine to come
/// far enough. Each callback runs once.
final class Waiters {
  /// Commands that are not proposed yet, but gathered; the last of [#unplaced] wait for them.
  private List<byte[]> commands = new ArrayList<>(1);

  private long commandBytes;

  /// In the order of their tickets, in which they are placed or refused.
  private final ArrayDeque<ProposalCallback> unplaced = new ArrayDeque<>(1);

  /// By rising index; an index that is placed again was cut off meanwhile, with all above it.
  private final ArrayDeque<RaftEffect.ProposalsPlaced> places = new ArrayDeque<>(1);

  /// Who waits for each of the places above [#appliedIndex].
  private final ArrayDeque<ProposalCallback> placed = new ArrayDeque<>(1);

  private long appliedIndex;

  private final TreeMap<Long, ReadCallback> unconfirmed = new TreeMap<>();
  private final TreeMap<Long, List<ReadCallback>> confirmed = new TreeMap<>();
  private final TreeMap<Long, TransferCallback> transfers = new TreeMap<>();
  private final TreeMap<Long, MembershipCallback> changes = new TreeMap<>();
  private long lastTicket;

  /// Proposals have tickets of their own, without a gap: the last one of a proposal that was made,
  /// and of one that was placed or refused.
  private long lastProposed;

  private long lastDecided;

  boolean isEmpty() {
    return unplaced.isEmpty()
        && placed.isEmpty()
        && unconfirmed.isEmpty()
        && confirmed.isEmpty()
        && transfers.isEmpty()
        && changes.isEmpty();
  }

  /// Gathers a proposal with those that come together.
  ///
  /// @return whether there are as many as a request takes
  boolean gather(byte[] command, ProposalCallback callback, RaftOptions options) {
    commands.add(command);
    commandBytes += command.length;
    unplaced.add(callback);
    return commands.size() >= options.appendEntriesMax()
        || commandBytes >= options.appendBytesMax();
  }

  boolean hasGathered() {
    return !commands.isEmpty();
  }

  /// What was gathered is proposed now.
  RaftInput.Propose proposal() {
    RaftInput.Propose proposal = new RaftInput.Propose(lastProposed + 1, commands);
    lastProposed += commands.size();
    // As many come together next time, mostly.
    commands = new ArrayList<>(commands.size());
    commandBytes = 0;
    return proposal;
  }

  long read(ReadCallback callback) {
    unconfirmed.put(++lastTicket, callback);
    return lastTicket;
  }

  long transfer(TransferCallback callback) {
    transfers.put(++lastTicket, callback);
    return lastTicket;
  }

  void transferEnded(long ticket, TransferOutcome outcome) {
    TransferCallback callback = transfers.remove(ticket);
    if (callback != null) {
      callback.completed(outcome);
    }
  }

  long change(MembershipCallback callback) {
    changes.put(++lastTicket, callback);
    return lastTicket;
  }

  void changed(long ticket, MembershipResult result) {
    MembershipCallback callback = changes.remove(ticket);
    if (callback != null) {
      callback.completed(result);
    }
  }

  void changeRefused(RaftEffect.MembershipRefused refused, @Nullable NodeId leader) {
    String reason = refused.reason();
    changed(
        refused.ticket(),
        reason == null
            ? new MembershipResult.NotLeader(leader)
            : new MembershipResult.Refused(reason));
  }

  void placed(RaftEffect.ProposalsPlaced range) {
    cutFrom(range.firstIndex());
    places.add(range);
    for (int i = 0; i < range.count(); i++) {
      placed.add(nextDecided(range.firstTicket() + i));
    }
  }

  /// What was placed from an index on will not be committed as it was.
  private void cutFrom(long index) {
    while (!places.isEmpty() && places.getLast().lastIndex() >= index) {
      RaftEffect.ProposalsPlaced cut = places.removeLast();
      long kept = Math.max(0, index - cut.firstIndex());
      for (long last = cut.lastIndex(); last >= firstOpen(cut) && last >= index; last--) {
        placed.removeLast().completed(new ProposalResult.Unknown());
      }
      if (kept > 0) {
        places.add(
            new RaftEffect.ProposalsPlaced(
                cut.firstTicket(), (int) kept, cut.firstIndex(), cut.term()));
      }
    }
  }

  /// The first place of a range that somebody waits for.
  private long firstOpen(RaftEffect.ProposalsPlaced range) {
    return Math.max(range.firstIndex(), appliedIndex + 1);
  }

  void refused(RaftEffect.ProposalsRefused refused, @Nullable NodeId leader) {
    for (int i = 0; i < refused.count(); i++) {
      nextDecided(refused.firstTicket() + i)
          .completed(
              switch (refused.why()) {
                case NOT_LEADER -> new ProposalResult.NotLeader(leader);
                case OVERLOADED -> new ProposalResult.Overloaded();
                case TRANSFERRING -> new ProposalResult.Transferring();
              });
    }
  }

  private ProposalCallback nextDecided(long ticket) {
    invariant(ticket == lastDecided + 1, "proposal %d is decided after %d", ticket, lastDecided);
    lastDecided = ticket;
    return unplaced.remove();
  }

  void applied(long index, long term, Object result) {
    RaftEffect.ProposalsPlaced range = skipBefore(index);
    appliedIndex = index;
    if (range == null || range.firstIndex() > index) {
      return;
    }
    if (index == range.lastIndex()) {
      places.remove();
    }
    boolean mine = range.term() == term;
    placed
        .remove()
        .completed(mine ? new ProposalResult.Applied(index, result) : new ProposalResult.Unknown());
  }

  /// Nobody hears what became of proposals that were passed by.
  ///
  /// @return the first range that does not end before an index; null if there is none
  private RaftEffect.@Nullable ProposalsPlaced skipBefore(long index) {
    RaftEffect.ProposalsPlaced range = places.peek();
    while (range != null && firstOpen(range) < index) {
      appliedIndex = firstOpen(range);
      if (appliedIndex == range.lastIndex()) {
        places.remove();
      }
      placed.remove().completed(new ProposalResult.Unknown());
      range = places.peek();
    }
    return range;
  }

  void ready(long ticket, long index, long appliedIndex) {
    ReadCallback callback = unconfirmed.remove(ticket);
    if (callback == null) {
      return;
    }
    if (index <= appliedIndex) {
      callback.completed(new ReadResult.Ready());
    } else {
      confirmed.computeIfAbsent(index, key -> new ArrayList<>()).add(callback);
    }
  }

  void readRefused(long ticket, @Nullable NodeId leader) {
    ReadCallback callback = unconfirmed.remove(ticket);
    if (callback != null) {
      callback.completed(new ReadResult.Unavailable(leader));
    }
  }

  void appliedThrough(long index) {
    while (!confirmed.isEmpty() && confirmed.firstKey() <= index) {
      confirmed.pollFirstEntry().getValue().forEach(c -> c.completed(new ReadResult.Ready()));
    }
  }

  /// Proposals that were placed may still be committed by the next leader, or not, and changes that
  /// were begun may still be finished.
  void leadershipLost() {
    List<ProposalCallback> open = new ArrayList<>(placed);
    placed.clear();
    places.clear();
    open.forEach(callback -> callback.completed(new ProposalResult.Unknown()));
    List<MembershipCallback> begun = new ArrayList<>(changes.values());
    changes.clear();
    begun.forEach(callback -> callback.completed(new MembershipResult.Unknown()));
  }

  void failAll() {
    leadershipLost();
    List<ProposalCallback> proposals = new ArrayList<>(unplaced);
    unplaced.clear();
    commands.clear();
    proposals.forEach(callback -> callback.completed(new ProposalResult.Unknown()));
    List<ReadCallback> reads = new ArrayList<>(unconfirmed.values());
    unconfirmed.clear();
    confirmed.values().forEach(reads::addAll);
    confirmed.clear();
    reads.forEach(callback -> callback.completed(new ReadResult.Unavailable(null)));
    List<TransferCallback> open = new ArrayList<>(transfers.values());
    transfers.clear();
    open.forEach(callback -> callback.completed(new TransferOutcome.Unknown()));
  }
}
