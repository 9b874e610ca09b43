package dev.nucleusdb.scenarios.protocol;

import java.util.List;
import java.util.stream.Collectors;

/// One step of a group in the words of the specification.
sealed interface SpecEvent {
  /// The event as a TLA+ record.
  String tla();

  record Ballot(int node, long term, long candidate) implements SpecEvent {
    @Override
    public String tla() {
      return "[kind |-> \"ballot\", node |-> %d, term |-> %d, candidate |-> %d]"
          .formatted(node, term, candidate);
    }
  }

  record Vote(int node, long term, long candidate) implements SpecEvent {
    @Override
    public String tla() {
      return "[kind |-> \"vote\", node |-> %d, term |-> %d, candidate |-> %d]"
          .formatted(node, term, candidate);
    }
  }

  record Part(int node, String role) implements SpecEvent {
    @Override
    public String tla() {
      return "[kind |-> \"part\", node |-> %d, role |-> \"%s\"]".formatted(node, role);
    }
  }

  record Lead(int node, long term) implements SpecEvent {
    @Override
    public String tla() {
      return "[kind |-> \"lead\", node |-> %d, term |-> %d]".formatted(node, term);
    }
  }

  record Add(int node, int index, long term) implements SpecEvent {
    @Override
    public String tla() {
      return "[kind |-> \"add\", node |-> %d, index |-> %d, term |-> %d]"
          .formatted(node, index, term);
    }
  }

  record Persist(int node, int index) implements SpecEvent {
    @Override
    public String tla() {
      return "[kind |-> \"persist\", node |-> %d, index |-> %d]".formatted(node, index);
    }
  }

  record Apply(int node, int index, long term) implements SpecEvent {
    @Override
    public String tla() {
      return "[kind |-> \"apply\", node |-> %d, index |-> %d, term |-> %d]"
          .formatted(node, index, term);
    }
  }

  record Restart(int node, long term, List<Long> log, int applied) implements SpecEvent {
    @Override
    public String tla() {
      return "[kind |-> \"restart\", node |-> %d, term |-> %d, log |-> %s, applied |-> %d]"
          .formatted(node, term, sequence(log), applied);
    }
  }

  /// A snapshot stands for a log up to an index.
  record Install(int node, int index) implements SpecEvent {
    @Override
    public String tla() {
      return "[kind |-> \"install\", node |-> %d, index |-> %d]".formatted(node, index);
    }
  }

  /// A TLA+ sequence.
  static String sequence(List<?> values) {
    return values.stream().map(Object::toString).collect(Collectors.joining(", ", "<<", ">>"));
  }
}
