package dev.nucleusdb.linearizability.level;

import java.util.Collection;

/// Which orders the views of a level must respect.
///
/// @param shared whether there is one view, which holds the operations of all clients; otherwise
///   there is one for each client
/// @param program every client's order
/// @param readsFrom an update comes before what saw it, whoever saw it
/// @param readYourWrites the client's own updates come before what it saw later
/// @param monotonicReads what the client saw comes in its order
/// @param monotonicWrites every client's updates come in its order
/// @param writesFollowReads an update that a client saw comes before its later updates, and before
///   the one that saw it if that is an update too
record ViewOrder(
    boolean shared,
    boolean program,
    boolean readsFrom,
    boolean readYourWrites,
    boolean monotonicReads,
    boolean monotonicWrites,
    boolean writesFollowReads) {
  /// What a level asks for.
  ///
  /// @throws IllegalArgumentException for linearizability, which is no matter of views
  static ViewOrder of(Level level) {
    return switch (level) {
      case LINEARIZABLE -> throw new IllegalArgumentException("linearizability asks for no views");
      case SEQUENTIAL -> new ViewOrder(true, true, false, false, false, false, false);
      case CAUSAL -> new ViewOrder(false, true, true, false, false, false, false);
      case PRAM -> new ViewOrder(false, true, false, false, false, false, false);
      case READ_YOUR_WRITES -> new ViewOrder(false, false, false, true, false, false, false);
      case MONOTONIC_READS -> new ViewOrder(false, false, false, false, true, false, false);
      case MONOTONIC_WRITES -> new ViewOrder(false, false, false, false, false, true, false);
      case WRITES_FOLLOW_READS -> new ViewOrder(false, false, false, false, false, false, true);
    };
  }

  /// What several session guarantees together ask for; nothing if there are none.
  static ViewOrder of(Collection<Level> guarantees) {
    return new ViewOrder(
        false,
        false,
        false,
        guarantees.contains(Level.READ_YOUR_WRITES),
        guarantees.contains(Level.MONOTONIC_READS),
        guarantees.contains(Level.MONOTONIC_WRITES),
        guarantees.contains(Level.WRITES_FOLLOW_READS));
  }

  /// Whether it must be known which update was seen.
  boolean asksWhoWasSeen() {
    return readsFrom || writesFollowReads;
  }
}
