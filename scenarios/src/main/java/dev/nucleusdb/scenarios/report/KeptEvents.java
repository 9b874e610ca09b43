package dev.nucleusdb.scenarios.report;

import dev.nucleusdb.raft.RaftTrace;
import dev.nucleusdb.raft.message.RaftCodec;
import dev.nucleusdb.sim.fault.FaultFamily;
import dev.nucleusdb.sim.fault.PlanEntry;
import dev.nucleusdb.sim.trace.Happening;
import dev.nucleusdb.sim.trace.MessageFate;
import dev.nucleusdb.sim.trace.Recording;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;

/// What of a recording goes on a page. All of it, if there is room; otherwise the least interesting
/// kinds stay out, one whole kind after the other, so that what is shown is shown completely.
///
/// @param happenings what goes on the page, in order
/// @param omittedCount how many happenings stay out
/// @param omittedWords what stays out, in words; empty if nothing does
record KeptEvents(List<Happening> happenings, int omittedCount, String omittedWords) {
  /// Beyond so many happenings a page becomes larger than 8 MB and slow to open; default of
  /// [#of(Recording, Set)].
  static final int COUNT_MAX = 200_000;

  /// No Raft message of at most so many bytes carries an entry of the log: it is a heartbeat, an
  /// answer or a vote. What it is in truth is not recorded.
  static final int EMPTY_RAFT_BYTES_MAX = 36;

  /// Ranks from 0, the least interesting first; what has a higher rank never stays out.
  private static final List<String> RANKS =
      List.of(
          "delivered Raft messages without entries (heartbeats, answers, votes)",
          "other delivered messages",
          "trace events other than roles, terms and votes",
          "undelivered messages and the faults that struck single messages");

  /// @param needed what never stays out
  static KeptEvents of(Recording recording, Set<Happening> needed) {
    return of(recording, needed, COUNT_MAX);
  }

  static KeptEvents of(Recording recording, Set<Happening> needed, int countMax) {
    int[] counts = new int[RANKS.size() + 1];
    ToIntFunction<Happening> rank =
        happening -> needed.contains(happening) ? RANKS.size() : rank(happening);
    recording.forEach(happening -> counts[rank.applyAsInt(happening)]++);
    int lowest = 0;
    int kept = recording.count();
    while (kept > countMax && lowest < RANKS.size()) {
      kept -= counts[lowest];
      lowest++;
    }
    int threshold = lowest;
    List<Happening> happenings = new ArrayList<>(kept);
    recording.forEach(happening -> {
      if (rank.applyAsInt(happening) >= threshold) {
        happenings.add(happening);
      }
    });
    String words = String.join("; ", RANKS.subList(0, threshold));
    return new KeptEvents(happenings, recording.count() - kept, words);
  }

  /// Whether a fault strikes one message, of which there may be thousands.
  static boolean strikesOneMessage(PlanEntry entry) {
    return entry.family().trigger() == FaultFamily.Trigger.MESSAGE;
  }

  private static int rank(Happening happening) {
    return switch (happening) {
      case Happening.Carried carried -> rank(carried);
      case Happening.Traced traced -> isRaftTurn(traced.kind().name()) ? RANKS.size() : 2;
      case Happening.FaultBegan(long _, PlanEntry entry) ->
          strikesOneMessage(entry) ? 3 : RANKS.size();
      case Happening.FaultEnded _,
          Happening.NodeUp _,
          Happening.NodeDown _,
          Happening.NodePaused _,
          Happening.Healed _,
          Happening.Violated _ ->
          RANKS.size();
    };
  }

  private static int rank(Happening.Carried carried) {
    if (carried.fate() != MessageFate.DELIVERED) {
      return 3;
    }
    boolean empty =
        carried.firstByte() == RaftCodec.CHANNEL && carried.sizeBytes() <= EMPTY_RAFT_BYTES_MAX;
    return empty ? 0 : 1;
  }

  private static boolean isRaftTurn(String kind) {
    return kind.equals(RaftTrace.ROLE.name())
        || kind.equals(RaftTrace.HARD_STATE.name())
        || kind.equals(RaftTrace.STARTED.name())
        || kind.equals(RaftTrace.INSTALLED.name())
        || kind.equals(RaftTrace.VOTE_SENT.name());
  }
}
