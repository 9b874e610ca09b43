package dev.nucleusdb.scenarios.explain;

import dev.nucleusdb.database.node.DatabaseTrace;
import dev.nucleusdb.linearizability.Counterexample;
import dev.nucleusdb.linearizability.history.Operation;
import dev.nucleusdb.raft.RaftTrace;
import dev.nucleusdb.scenarios.WorldResult;
import dev.nucleusdb.sim.trace.Actor;
import dev.nucleusdb.sim.trace.ActorRows;
import dev.nucleusdb.sim.trace.Happening;
import dev.nucleusdb.sim.trace.Recording;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The tracks that the operations of a counterexample left in the cluster: which messages asked and
/// answered, and which entries and terms they met. Code takes no time in a world, so whatever a
/// node did at the moment a request arrived, or an answer left, belongs to that operation.
///
/// @param focus the clients, nodes, entries and terms that the operations met
/// @param rows the messages that asked and answered
/// @param endNanos when the last of the operations returned
record OperationTracks(Focus focus, List<Integer> rows, long endNanos) {

  /// The tracks of the counterexample; null if there is none.
  static @Nullable OperationTracks of(
      WorldResult result, Recording recording, ActorRows actorRows) {
    Counterexample counterexample = result.counterexample();
    if (counterexample == null) {
      return null;
    }
    long end = 0;
    for (Operation operation : counterexample.operations()) {
      end = Math.max(end, returned(operation) ? operation.returnTime() : operation.invokeTime());
    }
    OperationTracks tracks = new OperationTracks(new Focus(), new ArrayList<>(), end);
    counterexample.operations().forEach(operation -> tracks.focus.add(client(operation)));
    for (int row = 0; row < recording.count(); row++) {
      if (recording.get(row) instanceof Happening.Carried carried && Words.arrived(carried)) {
        for (Operation operation : counterexample.operations()) {
          tracks.follow(operation, row, carried, recording, actorRows);
        }
      }
    }
    return tracks;
  }

  /// What the clients asked and learned.
  static List<StoryLine> lines(WorldResult result) {
    Counterexample counterexample = result.counterexample();
    List<StoryLine> lines = new ArrayList<>();
    if (counterexample != null) {
      for (Operation operation : counterexample.operations()) {
        String client = client(operation);
        lines.add(
            new StoryLine(operation.invokeTime(), client, "asks: " + question(operation), null));
        if (returned(operation)) {
          lines.add(
              new StoryLine(
                  operation.returnTime(), client, "has its answer: " + operation.action(), null));
        }
      }
    }
    return lines;
  }

  private static String question(Operation operation) {
    String action = operation.action().toString();
    int arrow = action.indexOf(" -> ");
    return arrow < 0 ? action : action.substring(0, arrow);
  }

  /// The name of the client that did it.
  static String client(Operation operation) {
    return "c" + operation.process();
  }

  private static boolean returned(Operation operation) {
    return operation.returnTime() != Operation.NEVER;
  }

  private void follow(
      Operation operation,
      int row,
      Happening.Carried carried,
      Recording recording,
      ActorRows actorRows) {
    if (carried.sentNanos() < operation.invokeTime()
        || carried.sentNanos() > Math.min(operation.returnTime(), endNanos)) {
      return;
    }
    String client = client(operation);
    if (carried.from().name().equals(client)) {
      rows.add(row);
      meet(carried.to(), carried.atNanos(), recording, actorRows);
    } else if (carried.to().name().equals(client) && carried.atNanos() == operation.returnTime()) {
      rows.add(row);
      meet(carried.from(), carried.sentNanos(), recording, actorRows);
      meetTerm(carried.from(), carried.sentNanos(), recording, actorRows);
    }
  }

  /// The entries that a node appended and acknowledged at that moment.
  private void meet(Actor node, long nanos, Recording recording, ActorRows actorRows) {
    for (int row : actorRows.at(node, nanos)) {
      if (recording.get(row) instanceof Happening.Traced traced
          && (traced.kind().equals(RaftTrace.APPEND)
              || traced.kind().equals(DatabaseTrace.ACKNOWLEDGED))) {
        focus.add("index", traced.a());
      }
    }
  }

  /// The node that answered, and the term in which it did.
  private void meetTerm(Actor node, long nanos, Recording recording, ActorRows actorRows) {
    focus.add(node.name());
    for (int row = actorRows.lastUntil(node, nanos); row >= 0; row--) {
      if (recording.get(row) instanceof Happening.Traced traced
          && traced.actor().equals(node)
          && traced.kind().equals(RaftTrace.ROLE)) {
        focus.add("term", traced.b());
        return;
      }
    }
  }
}
