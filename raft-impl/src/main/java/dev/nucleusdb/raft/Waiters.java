package dev.nucleusdb.raft;

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
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Who waits for what: proposals for their index to be applied, reads for the state machine to come
/// far enough. Each callback runs once.
final class Waiters {
  private record Unplaced(long ticket, ProposalCallback callback) {}

  private record Placed(long index, long term, ProposalCallback callback) {}

  /// By rising ticket; they are placed or refused nearly always in this order.
  private final ArrayDeque<Unplaced> unplaced = new ArrayDeque<>(1);

  /// By rising index; an index that is placed again was cut off meanwhile, with all above it.
  private final ArrayDeque<Placed> placed = new ArrayDeque<>(1);

  private final TreeMap<Long, ReadCallback> unconfirmed = new TreeMap<>();
  private final TreeMap<Long, List<ReadCallback>> confirmed = new TreeMap<>();
  private final TreeMap<Long, TransferCallback> transfers = new TreeMap<>();
  private final TreeMap<Long, MembershipCallback> changes = new TreeMap<>();
  private long lastTicket;

  boolean isEmpty() {
    return unplaced.isEmpty()
        && placed.isEmpty()
        && unconfirmed.isEmpty()
        && confirmed.isEmpty()
        && transfers.isEmpty()
        && changes.isEmpty();
  }

  long propose(ProposalCallback callback) {
    unplaced.add(new Unplaced(++lastTicket, callback));
    return lastTicket;
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

  void placed(long ticket, long index, long term) {
    ProposalCallback callback = removeUnplaced(ticket);
    if (callback != null) {
      while (!placed.isEmpty() && placed.getLast().index() >= index) {
        placed.removeLast().callback().completed(new ProposalResult.Unknown());
      }
      placed.add(new Placed(index, term, callback));
    }
  }

  void refused(long ticket, RaftEffect.Refusal why, @Nullable NodeId leader) {
    ProposalCallback callback = removeUnplaced(ticket);
    if (callback != null) {
      callback.completed(
          switch (why) {
            case NOT_LEADER -> new ProposalResult.NotLeader(leader);
            case OVERLOADED -> new ProposalResult.Overloaded();
            case TRANSFERRING -> new ProposalResult.Transferring();
          });
    }
  }

  private @Nullable ProposalCallback removeUnplaced(long ticket) {
    Unplaced first = unplaced.peek();
    if (first != null && first.ticket() == ticket) {
      unplaced.remove();
      return first.callback();
    }
    for (Iterator<Unplaced> rest = unplaced.iterator(); rest.hasNext(); ) {
      Unplaced next = rest.next();
      if (next.ticket() == ticket) {
        rest.remove();
        return next.callback();
      }
    }
    return null;
  }

  void applied(long index, long term, Object result) {
    while (!placed.isEmpty() && placed.getFirst().index() < index) {
      placed.remove().callback().completed(new ProposalResult.Unknown());
    }
    Placed waiting = placed.peek();
    if (waiting != null && waiting.index() == index) {
      placed.remove();
      boolean mine = waiting.term() == term;
      waiting
          .callback()
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
    List<Placed> open = new ArrayList<>(placed);
    placed.clear();
    open.forEach(waiting -> waiting.callback().completed(new ProposalResult.Unknown()));
    List<MembershipCallback> begun = new ArrayList<>(changes.values());
    changes.clear();
    begun.forEach(callback -> callback.completed(new MembershipResult.Unknown()));
  }

  void failAll() {
    leadershipLost();
    List<Unplaced> proposals = new ArrayList<>(unplaced);
    unplaced.clear();
    proposals.forEach(waiting -> waiting.callback().completed(new ProposalResult.Unknown()));
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
