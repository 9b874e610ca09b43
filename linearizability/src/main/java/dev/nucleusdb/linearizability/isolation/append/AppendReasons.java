package dev.nucleusdb.linearizability.isolation.append;

import dev.nucleusdb.linearizability.isolation.cycle.EdgeReasons;
import dev.nucleusdb.linearizability.isolation.level.EdgeKind;
import dev.nucleusdb.linearizability.isolation.transaction.StepKind;
import dev.nucleusdb.linearizability.isolation.transaction.TransactionHistory;
import dev.nucleusdb.linearizability.isolation.transaction.Words;

/// Says why there is an edge between two transactions on lists, from the raw history.
public final class AppendReasons implements EdgeReasons {
  private final TransactionHistory history;

  /// @param history whose edges are asked for
  public AppendReasons(TransactionHistory history) {
    this.history = history;
  }

  @Override
  public String reason(int from, int to, EdgeKind kind) {
    String first = Words.of(history, from);
    String second = Words.of(history, to);
    return switch (kind) {
      case WR -> wroteWhatWasRead(from, to, first, second);
      case RW, PREDICATE_RW -> readTooEarly(from, to, first, second);
      case WW -> wroteBefore(from, to, first, second);
      case CONFLICT ->
          second + " appended to what " + first + " had read and appended to, so it came later";
      case SESSION -> first + " and " + second + " are of one session, in this order";
      case REAL_TIME -> first + " had returned before " + second + " was invoked";
    };
  }

  private String wroteWhatWasRead(int from, int to, String first, String second) {
    for (int append = history.firstStep(from); append < history.endStep(from); append++) {
      for (int read = history.firstStep(to); read < history.endStep(to); read++) {
        if (isAppend(append) && isRead(read, append) && contains(read, history.value(append))) {
          return second
              + " read "
              + key(append)
              + " with "
              + value(append)
              + ", which "
              + first
              + " had appended";
        }
      }
    }
    return second + " read what " + first + " had appended";
  }

  private String readTooEarly(int from, int to, String first, String second) {
    for (int append = history.firstStep(to); append < history.endStep(to); append++) {
      for (int read = history.firstStep(from); read < history.endStep(from); read++) {
        if (isAppend(append) && isRead(read, append) && !contains(read, history.value(append))) {
          return first
              + " read "
              + key(append)
              + " as "
              + Words.list(history, read)
              + ", without "
              + value(append)
              + ", which "
              + second
              + " appended";
        }
      }
    }
    return first + " did not see what " + second + " appended";
  }

  private String wroteBefore(int from, int to, String first, String second) {
    for (int early = history.firstStep(from); early < history.endStep(from); early++) {
      for (int late = history.firstStep(to); late < history.endStep(to); late++) {
        if (isAppend(early) && isAppend(late) && history.key(early) == history.key(late)) {
          return second
              + " appended "
              + value(late)
              + " to "
              + key(late)
              + " after "
              + value(early)
              + ", which "
              + first
              + " had appended";
        }
      }
    }
    return second + " appended after " + first;
  }

  private boolean isAppend(int step) {
    return history.kind(step) == StepKind.APPEND;
  }

  private boolean isRead(int step, int append) {
    return history.kind(step).isListRead()
        && history.isKnown(step)
        && history.key(step) == history.key(append);
  }

  private boolean contains(int read, int value) {
    for (int place = history.listStart(read); place < history.listEnd(read); place++) {
      if (history.elements()[place] == value) {
        return true;
      }
    }
    return false;
  }

  private String key(int step) {
    return history.keyName(history.key(step)).toString();
  }

  private String value(int step) {
    return history.valueName(history.value(step)).toString();
  }
}
