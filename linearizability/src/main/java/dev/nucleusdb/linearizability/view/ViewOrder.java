package dev.nucleusdb.linearizability.view;

/// Which orders the views of a level must respect.
///
/// @param shared whether there is one view, which holds the operations of all clients; otherwise
///   there is one for each client
/// @param program every client's order
/// @param readsFrom an update comes before what saw it, whoever saw it
/// @param readYourWrites the client's own updates come before what it saw later
/// @param monotonicReads what the client saw comes in its order
/// @param monotonicWrites every client's updates come in its order
/// @param writesFollowReads an update that a client saw comes before its later updates
public record ViewOrder(
    boolean shared,
    boolean program,
    boolean readsFrom,
    boolean readYourWrites,
    boolean monotonicReads,
    boolean monotonicWrites,
    boolean writesFollowReads) {
  /// One view of all clients, in every client's order.
  public static final ViewOrder SEQUENTIAL =
      new ViewOrder(true, true, false, false, false, false, false);

  /// A view for each client, in every client's order and after what was seen.
  public static final ViewOrder CAUSAL =
      new ViewOrder(false, true, true, false, false, false, false);

  /// A view for each client, in every client's order.
  public static final ViewOrder PRAM =
      new ViewOrder(false, true, false, false, false, false, false);

  /// A view for each client, with what some of the session guarantees ask for.
  public static ViewOrder sessions(
      boolean readYourWrites,
      boolean monotonicReads,
      boolean monotonicWrites,
      boolean writesFollowReads) {
    return new ViewOrder(
        false, false, false, readYourWrites, monotonicReads, monotonicWrites, writesFollowReads);
  }

  /// As many views without any order.
  public ViewOrder unordered() {
    return new ViewOrder(shared, false, false, false, false, false, false);
  }

  /// Whether it must be known which update was seen.
  boolean asksWhoWasSeen() {
    return readsFrom || writesFollowReads;
  }
}
