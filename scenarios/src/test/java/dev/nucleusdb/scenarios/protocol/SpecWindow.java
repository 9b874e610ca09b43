package dev.nucleusdb.scenarios.protocol;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A stretch of a history, with the state in which it begins, as a TLA+ module.
///
/// @param nodeCount how many nodes the group has
/// @param start the state before the first event, as a TLA+ record
/// @param events what happened
record SpecWindow(int nodeCount, String start, List<SpecEvent> events) {

  /// The `count` events of a history from the one numbered `from`, counting from 0.
  static SpecWindow of(int nodeCount, List<SpecEvent> history, int from, int count) {
    SpecState state = new SpecState(nodeCount);
    history.subList(0, from).forEach(state::follow);
    int to = Math.min(from + count, history.size());
    return new SpecWindow(nodeCount, state.tla(), history.subList(from, to));
  }

  String module() {
    return events.stream()
        .map(SpecEvent::tla)
        .collect(
            Collectors.joining(
                ",\n   ",
                "---- MODULE Case ----\nEXTENDS RaftWindow\nCaseStart ==\n  "
                    + start
                    + "\nCaseWindow == <<\n   ",
                ">>\n====\n"));
  }

  String configuration() {
    String nodes =
        IntStream.rangeClosed(1, nodeCount)
            .mapToObj(Integer::toString)
            .collect(Collectors.joining(", "));
    return """
    CONSTANTS
      Nodes = {%s}
      TermMax = 0
      LengthMax = 0
      Start <- CaseStart
      Window <- CaseWindow
    INIT Begin
    NEXT Next
    INVARIANTS OneVotePerTerm LogMatching LeaderCompleteness StateMachineSafety
    """
        .formatted(nodes);
  }
}
