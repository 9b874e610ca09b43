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
  /// In the order of their tickets, in which they are placed or refused.
  private final ArrayDeque<ProposalCallback> unplaced = new ArrayDeque<>(1);

  /// By rising index; an index that is placed again was cut off meanwhile, with all above it.
  private final ArrayDeque<RaftEffect.ProposalPlaced> places = new ArrayDeque<>(1);

  /// Who waits for each of the places.
  private final ArrayDeque<ProposalCallback> placed = new ArrayDeque<>(1);

  private final TreeMap<Long, ReadCallback> unconfirmed = new TreeMap<>();
  private final TreeMap<Long, List<ReadCallback>> confirmed = new TreeMap<>();
  private final TreeMap<Long, TransferCallback> transfers = new TreeMap<>();
  private final TreeMap<Long, MembershipCallback> changes = new TreeMap<>();
  private long lastTicket;

  /// Proposals have tickets of their own, without a gap: the last one given, and the last one of a
  /// proposal that was placed or refused.
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

  long propose(ProposalCallback callback) {
    unplaced.add(callback);
    return ++lastProposed;
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

  void placed(RaftEffect.ProposalPlaced place) {
    ProposalCallback callback = nextDecided(place.ticket());
    while (!places.isEmpty() && places.getLast().index() >= place.index()) {
      places.removeLast();
      placed.removeLast().completed(new ProposalResult.Unknown());
    }
    places.add(place);
    placed.add(callback);
  }

  void refused(long ticket, RaftEffect.Refusal why, @Nullable NodeId leader) {
    nextDecided(ticket)
        .completed(
            switch (why) {
              case NOT_LEADER -> new ProposalResult.NotLeader(leader);
              case OVERLOADED -> new ProposalResult.Overloaded();
              case TRANSFERRING -> new ProposalResult.Transferring();
            });
  }

  private ProposalCallback nextDecided(long ticket) {
    invariant(ticket == lastDecided + 1, "proposal %d is decided after %d", ticket, lastDecided);
    lastDecided = ticket;
    return unplaced.remove();
  }

  void applied(long index, long term, Object result) {
    while (!places.isEmpty() && places.getFirst().index() < index) {
      places.remove();
      placed.remove().completed(new ProposalResult.Unknown());
    }
    RaftEffect.ProposalPlaced place = places.peek();
    if (place != null && place.index() == index) {
      places.remove();
      boolean mine = place.term() == term;
      placed
          .remove()
          .completed(
              mine ? new ProposalResult.Applied(index, result) : new ProposalResult.Unknown());
    }
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
