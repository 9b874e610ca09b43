package dev.nucleusdb.core.system;

/// What a [NodeThread] waits in while it has no tasks, so that it serves sockets itself (the
/// reactor pattern): what they bring is there without waking another thread, and what is sent
/// leaves without one.
///
/// All but [#wakeUp] is called on the node's thread.
public interface Reactor {
  /// Handles what is ready, and what was asked for on this thread since the last time; if there is
  /// nothing, waits for something, so long at most, or until [#wakeUp].
  ///
  /// @param waitNanosMax not at all if not positive
  void poll(long waitNanosMax);

  /// Ends the wait that is under way, or else the next one, none of which may be slept through.
  /// From any thread, the node's own among them.
  void wakeUp();

  /// Lets everything go; nothing is called afterwards.
  void close();
}
