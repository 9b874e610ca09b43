package dev.nucleusdb.linearizability.level;

import dev.nucleusdb.linearizability.Verdict;
import dev.nucleusdb.linearizability.view.Finding;
import java.util.List;

/// What is said of a history and one level.
public sealed interface LevelVerdict {
  /// The history is at the level.
  ///
  /// @param shownBy the level whose views prove it: the same or a stronger one
  /// @param views the views that prove it; none if linearizability does, whose verdict has an order
  ///   for each object
  record Holds(Level shownBy, List<View> views) implements LevelVerdict {
    /// Copies the views.
    public Holds {
      views = List.copyOf(views);
    }
  }

  /// It is not.
  ///
  /// @param shownBy the level that the conflict breaks: the same or a weaker one
  record Violated(Level shownBy, Conflict conflict) implements LevelVerdict {}

  /// Not decided.
  record Undecided(Reason reason) implements LevelVerdict {}

  /// What keeps a level from being decided.
  enum Reason {
    /// The bound on configurations was reached.
    CONFIGURATIONS("the bound on configurations was reached"),
    /// The bound on memory was reached.
    MEMORY("the bound on memory was reached"),
    /// The deadline passed.
    DEADLINE("the deadline passed"),
    /// What was seen does not tell which update it was: the object is not one that holds a single
    /// value, as a register does.
    UNTOLD("this object's answers do not tell which updates they reflect"),
    /// Values were written more than once, and it may be any of too many updates that was seen.
    AMBIGUOUS("values were written more than once, so too many updates may be what was seen");

    private final String words;

    Reason(String words) {
      this.words = words;
    }

    static Reason of(Verdict.Cause limit) {
      return switch (limit) {
        case CONFIGURATIONS -> CONFIGURATIONS;
        case MEMORY -> MEMORY;
        case DEADLINE -> DEADLINE;
      };
    }

    static Reason of(Finding.Obstacle obstacle) {
      return switch (obstacle) {
        case CONFIGURATIONS -> CONFIGURATIONS;
        case MEMORY -> MEMORY;
        case DEADLINE -> DEADLINE;
        case UNTOLD -> UNTOLD;
        case AMBIGUOUS -> AMBIGUOUS;
      };
    }

    /// In words.
    public String words() {
      return words;
    }
  }
}
