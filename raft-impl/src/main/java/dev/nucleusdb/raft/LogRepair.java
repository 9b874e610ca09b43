package dev.nucleusdb.raft;

import static dev.nucleusdb.core.assertion.Assertions.sometimes;

import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.raft.log.Entry;
import dev.nucleusdb.raft.log.RaftLog;
import dev.nucleusdb.raft.message.RaftMessage;
import java.util.List;

/// Finds entries again that the disk has lost ([RaftLog]). A member with such a hole asks its
/// leader; while it knows none, which may be because too many logs have holes, it asks all voters.
/// No leader is needed for that: an index and a term name one entry, whoever has it (Log Matching,
/// §5.3).
///
/// After CTRL (Alagappan and others, *Protocol-Aware Recovery for Consensus-Based Storage*, FAST
/// 2018), where the leader does all of this. A hole that nobody can fill stays one: it is never cut
/// away in doubt, and a leader that is elected without this member replaces what was not committed.
final class LogRepair {
  private final MemberState state;

  /// When a leader was asked last.
  private long askedNanos = Long.MIN_VALUE;

  LogRepair(MemberState state) {
    this.state = state;
  }

  /// Asks all who vote for what is missing first.
  void ask() {
    for (NodeId voter : state.configuration().voters()) {
      if (!voter.equals(state.self)) {
        ask(voter);
      }
    }
  }

  /// A leader speaks of what is behind a hole: asks it for what is missing, once a heartbeat.
  void askLeader(NodeId leader) {
    long pause = state.options.heartbeatInterval().toNanos();
    if (askedNanos == Long.MIN_VALUE || state.nowNanos - askedNanos >= pause) {
      askedNanos = state.nowNanos;
      ask(leader);
    }
  }

  private void ask(NodeId whom) {
    long index = state.log.soundIndex() + 1;
    RaftMessage request =
        new RaftMessage.EntryRequest(state.term(), index, state.log.termAt(index));
    state.sendWhenTermDurable(whom, request);
  }

  /// Says what is here from the entry on that somebody has lost, if that very entry is.
  void onRequest(NodeId from, RaftMessage.EntryRequest request) {
    RaftLog log = state.log;
    long index = request.index();
    boolean has =
        index > log.baseIndex()
            && index <= log.lastIndex()
            && log.termAt(index) == request.entryTerm()
            && !log.entryAt(index).isLost();
    if (has) {
      List<Entry> entries =
          log.slice(index, state.options.appendEntriesMax(), state.options.appendBytesMax());
      int held = 0;
      while (held < entries.size() && !entries.get(held).isLost()) {
        held++;
      }
      state.sendWhenTermDurable(
          from, new RaftMessage.EntryReply(state.term(), index, entries.subList(0, held)));
    }
  }

  /// Takes what somebody has of the entries that are lost here, and asks on.
  void onReply(NodeId from, RaftMessage.EntryReply reply) {
    if (fill(reply.firstIndex(), reply.entries())) {
      sometimes("raft fills a hole in its log, and knows no leader", state.leader() == null);
      if (!state.log.isSound()) {
        ask(from);
      }
    }
  }

  /// Fills what is lost with those of these entries that it was.
  ///
  /// @return whether any was
  boolean fill(long firstIndex, List<Entry> entries) {
    RaftLog log = state.log;
    boolean any = false;
    for (int i = 0; i < entries.size() && !log.isSound(); i++) {
      long index = firstIndex + i;
      if (log.lacks(index, entries.get(i).term())) {
        state.fill(index, entries.get(i).alone());
        any = true;
      }
    }
    return any;
  }
}
