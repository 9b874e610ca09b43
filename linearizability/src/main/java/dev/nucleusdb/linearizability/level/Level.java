package dev.nucleusdb.linearizability.level;

import dev.nucleusdb.linearizability.view.ViewOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What a history of objects may be held to, from strong to weak.
///
/// Every level but linearizability asks for *views*: orders of operations, each of which a
/// sequential object would have answered as it was answered. The levels differ in whose operations
/// a view holds and which orders it must respect.
///
/// ```
///            LINEARIZABLE                     one view, true to real time
///                 │
///            SEQUENTIAL                       one view, true to every client's order
///                 │
///              CAUSAL                         a view for each client: its own operations and all
///             ╱      ╲                        updates, true to causality
///          PRAM       ╲                       …, true to every client's order
///         ╱  │  ╲      ╲
///      RYW   MR   MW   WFR                    …, true to a part of that
/// ```
///
/// A client's order is that of its operations which did not overlap.
public enum Level {
  /// There is one order of all operations of each object that is true to real time (Herlihy and
  /// Wing 1990).
  LINEARIZABLE("linearizable"),
  /// There is one order of all operations of all objects that is true to every client's order
  /// (Lamport 1979). Unlike linearizability it does not follow from that of each object.
  SEQUENTIAL("sequential"),
  /// Each client's view is true to the causal order: every client's order, and an update before
  /// what saw it (causal memory, Ahamad et al. 1995).
  CAUSAL("causal"),
  /// Each client's view is true to every client's order (pipelined random access memory, Lipton and
  /// Sandberg 1988).
  PRAM("pram"),
  /// What a client sees contains its own earlier updates (Terry et al. 1994).
  READ_YOUR_WRITES("read-your-writes"),
  /// What a client sees contains what it saw earlier (Terry et al. 1994).
  MONOTONIC_READS("monotonic-reads"),
  /// Everybody has the updates of one client in its order (Terry et al. 1994).
  MONOTONIC_WRITES("monotonic-writes"),
  /// Everybody has an update after those that its client had seen before it (Terry et al. 1994).
  WRITES_FOLLOW_READS("writes-follow-reads");

  private final String word;

  Level(String word) {
    this.word = word;
  }

  /// Its name as people write it, as `read-your-writes`.
  public String word() {
    return word;
  }

  /// The level of a name, in any case.
  ///
  /// @throws IllegalArgumentException if there is none; the message lists those there are
  public static Level named(String word) {
    List<String> words = new ArrayList<>();
    for (Level level : values()) {
      if (level.word.equals(word.toLowerCase(Locale.ROOT))) {
        return level;
      }
      words.add(level.word);
    }
    throw new IllegalArgumentException(
        "no level of objects is named '" + word + "'; there are " + String.join(", ", words));
  }

  /// Whether every history at this level is at the other, which may be the same.
  public boolean implies(Level other) {
    return this == other
        || switch (this) {
          case LINEARIZABLE -> true;
          case SEQUENTIAL -> other != LINEARIZABLE;
          case CAUSAL -> other == PRAM || other.isGuarantee();
          case PRAM -> other.isGuarantee() && other != WRITES_FOLLOW_READS;
          case READ_YOUR_WRITES, MONOTONIC_READS, MONOTONIC_WRITES, WRITES_FOLLOW_READS -> false;
        };
  }

  /// What it asks of views.
  ///
  /// @throws IllegalStateException for linearizability, which is no matter of views
  ViewOrder order() {
    return switch (this) {
      case LINEARIZABLE -> throw new IllegalStateException("linearizability asks for no views");
      case SEQUENTIAL -> ViewOrder.SEQUENTIAL;
      case CAUSAL -> ViewOrder.CAUSAL;
      case PRAM -> ViewOrder.PRAM;
      case READ_YOUR_WRITES, MONOTONIC_READS, MONOTONIC_WRITES, WRITES_FOLLOW_READS ->
          order(List.of(this));
    };
  }

  /// What several session guarantees together ask of views; nothing if there are none.
  static ViewOrder order(List<Level> guarantees) {
    return ViewOrder.sessions(
        guarantees.contains(READ_YOUR_WRITES),
        guarantees.contains(MONOTONIC_READS),
        guarantees.contains(MONOTONIC_WRITES),
        guarantees.contains(WRITES_FOLLOW_READS));
  }

  /// Whether it is one of the four session guarantees.
  public boolean isGuarantee() {
    return switch (this) {
      case READ_YOUR_WRITES, MONOTONIC_READS, MONOTONIC_WRITES, WRITES_FOLLOW_READS -> true;
      case LINEARIZABLE, SEQUENTIAL, CAUSAL, PRAM -> false;
    };
  }
}
