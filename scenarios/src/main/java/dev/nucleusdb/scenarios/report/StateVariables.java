package dev.nucleusdb.scenarios.report;

import dev.nucleusdb.core.trace.TraceKind;
import dev.nucleusdb.database.node.DatabaseTrace;
import dev.nucleusdb.raft.RaftTrace;
import dev.nucleusdb.raft.log.LogTrace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What is known of a node at a step, as named numbers, and which of them each kind of trace event
/// sets. The page computes from it the state at any step, forwards and backwards.
///
/// ```
///   raft.hard-state term=5 vote=2  ──►  term := 5, vote := 2
///   toy.step        number=7       ──►  toy.step number := 7        kinds that nobody knows here:
///                                                                   the last value of each label
/// ```
final class StateVariables {
  /// Sets nothing.
  static final int NONE = -1;

  /// The numbers that every node of the database has, in the order of the page.
  private static final List<String> MAIN =
      List.of(
          "role",
          "term",
          "vote",
          "last index",
          "last term",
          "log file",
          "applied",
          "store durable",
          "acknowledged",
          "log after");

  private static final Map<TraceKind, List<String>> KNOWN = known();

  private final List<String> names = new ArrayList<>();
  private int mainCount;

  /// The variables that these kinds set.
  StateVariables(Iterable<TraceKind> kinds) {
    for (String name : MAIN) {
      for (TraceKind kind : kinds) {
        if (KNOWN.containsKey(kind) && variables(kind).contains(name) && !names.contains(name)) {
          names.add(name);
        }
      }
    }
    mainCount = names.size();
    for (TraceKind kind : kinds) {
      for (String name : variables(kind)) {
        if (!name.isEmpty() && !names.contains(name)) {
          names.add(name);
        }
      }
    }
  }

  private static Map<TraceKind, List<String>> known() {
    Map<TraceKind, List<String>> known = new LinkedHashMap<>();
    known.put(RaftTrace.STARTED, List.of("term", "last index", "applied"));
    known.put(RaftTrace.ROLE, List.of("role", "term", "last index"));
    known.put(RaftTrace.HARD_STATE, List.of("term", "vote"));
    known.put(RaftTrace.APPEND, List.of("last index", "last term", ""));
    known.put(RaftTrace.APPLY, List.of("applied", "", ""));
    known.put(RaftTrace.RELEASE, List.of("log after"));
    known.put(RaftTrace.RESTARTED, List.of("log after", "", ""));
    known.put(RaftTrace.INSTALLED, List.of("applied", ""));
    known.put(LogTrace.FRAME, List.of("log file", "", ""));
    known.put(DatabaseTrace.STORE_DURABLE, List.of("store durable"));
    known.put(DatabaseTrace.ACKNOWLEDGED, List.of("acknowledged"));
    return known;
  }

  private static List<String> variables(TraceKind kind) {
    List<String> known = KNOWN.get(kind);
    return known != null
        ? known
        : kind.labels().stream().map(label -> kind.name() + ' ' + label).toList();
  }

  /// All names; the first [#mainCount] are those that every node has.
  List<String> names() {
    return List.copyOf(names);
  }

  /// How many names come first.
  int mainCount() {
    return mainCount;
  }

  /// For each number of a kind which variable it sets, or [#NONE].
  List<Integer> effects(TraceKind kind) {
    return variables(kind).stream().map(names::indexOf).toList();
  }
}
