package dev.nucleusdb.scenarios.explain;

import dev.nucleusdb.core.trace.TraceKind;
import dev.nucleusdb.database.gateway.ClientCodec;
import dev.nucleusdb.database.node.DatabaseTrace;
import dev.nucleusdb.raft.RaftTrace;
import dev.nucleusdb.raft.election.Role;
import dev.nucleusdb.raft.log.LogTrace;
import dev.nucleusdb.raft.message.RaftCodec;
import dev.nucleusdb.sim.fault.PlanEntry;
import dev.nucleusdb.sim.fault.Seconds;
import dev.nucleusdb.sim.trace.Happening;
import dev.nucleusdb.sim.trace.MessageFate;
import java.util.Locale;

/// What happened, as a person would say it. Kinds of trace events that nobody translated here stand
/// as they are, name and numbers, so that any system can be read.
public final class Words {
  private Words() {}

  /// Who does it: a node, a client, or the world.
  public static String who(Happening happening) {
    return switch (happening) {
      case Happening.Traced traced -> traced.actor().name();
      case Happening.Carried carried -> carried.to().name();
      case Happening.NodeUp up -> up.node().name();
      case Happening.NodeDown down -> down.node().name();
      case Happening.NodePaused paused -> paused.node().name();
      case Happening.FaultBegan _,
          Happening.FaultEnded _,
          Happening.Healed _,
          Happening.Violated _ ->
          "world";
    };
  }

  /// What is done, to be read after who does it.
  public static String of(Happening happening) {
    return switch (happening) {
      case Happening.Traced traced -> traced(traced);
      case Happening.Carried carried -> carried(carried, channel(carried.firstByte()));
      case Happening.NodeUp up ->
          up.incarnation() == 1 ? "starts" : "starts again, incarnation " + up.incarnation();
      case Happening.NodeDown down -> "goes down: " + down.reason();
      case Happening.NodePaused paused -> paused.paused() ? "stands still" : "goes on";
      case Happening.FaultBegan began -> "fault: " + fault(began.entry());
      case Happening.FaultEnded ended -> "over: " + ended.entry().name();
      case Happening.Healed _ -> "all faults end";
      case Happening.Violated violated ->
          violated.violation().invariant() + " is broken: " + violated.violation().detail();
    };
  }

  /// The end of a message's way.
  ///
  /// @param what what kind of message it is
  static String carried(Happening.Carried carried, String what) {
    String from = what + " from " + carried.from();
    return switch (carried.fate()) {
      case DELIVERED -> "gets " + from + flight(carried);
      case DELIVERED_AGAIN -> "gets " + from + " a second time" + flight(carried);
      case DAMAGED -> "gets " + from + " with a bit changed" + flight(carried);
      case MISDELIVERED -> "gets " + from + ", which was for somebody else" + flight(carried);
      case LOST -> "does not get " + from + ": lost";
      case CUT -> "does not get " + from + ": a partition stands between";
      case REFUSED -> "does not get " + from + ": the link is full";
      case DEAD_RECEIVER -> "does not get " + from + ": it is down, or was meanwhile";
    };
  }

  private static String flight(Happening.Carried carried) {
    return " (sent " + Seconds.format(carried.sentNanos()) + ")";
  }

  /// A channel by the first byte of its messages.
  static String channel(byte first) {
    return switch (first) {
      case RaftCodec.CHANNEL -> "a Raft message";
      case ClientCodec.REQUEST_CHANNEL -> "a request";
      case ClientCodec.ANSWER_CHANNEL -> "an answer";
      default -> "a message of channel " + (first & 0xff);
    };
  }

  static boolean arrived(Happening.Carried carried) {
    return carried.fate() == MessageFate.DELIVERED || carried.fate() == MessageFate.DELIVERED_AGAIN;
  }

  private static String fault(PlanEntry entry) {
    return entry.toString();
  }

  private static String traced(Happening.Traced traced) {
    TraceKind kind = traced.kind();
    long a = traced.a();
    long b = traced.b();
    long c = traced.c();
    if (kind.equals(RaftTrace.ROLE)) {
      return "becomes " + role(a) + " in term " + b + ", its log ends at " + c;
    } else if (kind.equals(RaftTrace.STARTED)) {
      return "finds on its disk term " + a + ", log up to " + b + ", store up to " + c;
    } else if (kind.equals(RaftTrace.HARD_STATE)) {
      return "writes down term " + a + (b == 0 ? ", no vote yet" : ", vote for n" + b);
    } else if (kind.equals(RaftTrace.VOTE_SENT)) {
      return "votes for n" + b + " in term " + a;
    } else if (kind.equals(RaftTrace.APPEND)) {
      return "appends entry " + a + " of term " + b;
    } else if (kind.equals(RaftTrace.APPLY)) {
      return "applies entry " + a + " of term " + b;
    } else if (kind.equals(RaftTrace.INSTALLED)) {
      return "takes a snapshot as its state, at entry " + a + " of term " + b;
    } else if (kind.equals(RaftTrace.RESTARTED)) {
      String rest = c == 1 ? " and keeps what follows" : " and drops what it held";
      return "lets its log begin after entry " + a + rest;
    } else if (kind.equals(LogTrace.FRAME)) {
      return "writes entry " + a + " of term " + b + " to its log file";
    } else if (kind.equals(LogTrace.TORN)) {
      return "cuts a torn tail off its log file " + a + " at byte " + b;
    }
    return databaseTraced(traced);
  }

  private static String databaseTraced(Happening.Traced traced) {
    TraceKind kind = traced.kind();
    long a = traced.a();
    if (kind.equals(DatabaseTrace.EXECUTED)) {
      return "executes entry " + a + operation(traced);
    } else if (kind.equals(DatabaseTrace.REPEATED)) {
      return "passes over entry " + a + ", executed before" + operation(traced);
    } else if (kind.equals(DatabaseTrace.STORE_DURABLE)) {
      return "has its store durable up to entry " + a;
    } else if (kind.equals(DatabaseTrace.ACKNOWLEDGED)) {
      return "tells the client that entry " + a + " is done";
    }
    return kind.describe(a, traced.b(), traced.c());
  }

  private static String operation(Happening.Traced traced) {
    return " (operation " + traced.c() + " of session " + traced.b() + ")";
  }

  private static String role(long code) {
    for (Role role : Role.values()) {
      if (role.code() == code) {
        return role.name().toLowerCase(Locale.ROOT).replace('_', '-');
      }
    }
    return "role " + code;
  }
}
