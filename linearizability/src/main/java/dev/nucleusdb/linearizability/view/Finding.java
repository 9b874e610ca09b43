package dev.nucleusdb.linearizability.view;

import dev.nucleusdb.linearizability.history.Operation;
import java.util.List;
import java.util.OptionalLong;

/// What came of looking for views.
public sealed interface Finding {
  /// There is a view for each client that did something, or one for all.
  record Found(List<Serialization> views) implements Finding {}

  /// There is none.
  ///
  /// @param process the client that has none; empty if it is all together
  record None(OptionalLong process) implements Finding {}

  /// Not decided.
  record Undecided(Obstacle obstacle) implements Finding {}

  /// A view.
  ///
  /// @param process the client that it is the view of; empty if it is that of all
  /// @param order the operations as they took effect
  record Serialization(OptionalLong process, List<Operation> order) {}

  /// What kept the views from being found, or from being ruled out.
  enum Obstacle {
    /// The bound on configurations was reached.
    CONFIGURATIONS,
    /// The bound on memory was reached.
    MEMORY,
    /// The deadline passed.
    DEADLINE,
    /// Answers do not tell which updates they reflect.
    UNTOLD,
    /// Too many updates may be what was seen.
    AMBIGUOUS
  }
}
