package dev.nucleusdb.sim.time;

import dev.nucleusdb.sim.trace.Actor;

/// Whose code is called back: one incarnation of a node, or a client. Every callback of a seam goes
/// through [#execute], which is where dead nodes fall silent, paused ones wait and crashes end.
public interface Host {

  /// Who it is.
  Actor actor();

  /// Whether it may act and be called.
  boolean isAlive();

  /// Runs a callback: now, after a pause, or never if the host is dead by then.
  void execute(Runnable callback);

  /// By how much a timer that is due now fires late; asked once for each. Depends on the deadline
  /// alone, so that timers of one moment keep their order.
  default long timerDelayNanos(long deadlineNanos) {
    return 0;
  }

  /// Asks to be told when this host dies, before anything else happens. A host that never dies
  /// never tells.
  default void onDeath(Runnable listener) {}

  /// A named place in the host's code between two effects.
  ///
  /// @throws SimulatedCrash if the host crashes right here
  void point(String name);
}
