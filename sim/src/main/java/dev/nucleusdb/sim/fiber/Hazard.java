package dev.nucleusdb.sim.fiber;

import dev.nucleusdb.sim.time.CallStack;

/// Why a fiber stopped that did not stop by a wait of the framework's, seen from its stack.
///
/// @param kind what it did
/// @param stack where, innermost frames of its own first
record Hazard(Kind kind, String stack) {

  /// What a fiber can do to stop.
  enum Kind {
    /// `Thread.yield`: allowed; it goes on after the events of this moment.
    YIELD("", ""),
    /// A `synchronized` whose monitor another fiber holds while it waits.
    MONITOR(
        "fiber-monitor",
        "waits for a monitor that is held by a waiting fiber: a wait inside synchronized keeps"
            + " everybody out; use a FiberLock"),
    /// `Thread.sleep`, a timed wait of the JDK's.
    REAL_CLOCK(
        "fiber-real-clock",
        "waits by the real clock; use Fibers.sleep, or a wait of the framework's with a timeout"),
    /// A lock, queue or future of the JDK's, `Object.wait`, a socket.
    FOREIGN_WAIT(
        "fiber-foreign-wait",
        "waits for something that is not the framework's, from which nobody in the world can wake"
            + " it; use a FiberLock, FiberChannel or Promise"),
    /// A wait that cannot leave the thread: native code or a static initializer is on the stack.
    PINNED(
        "fiber-pinned",
        "waits where it cannot be left, below native code or a static initializer; wait elsewhere"),
    /// A wait that others wait to the end of, all round.
    DEADLOCK("fiber-deadlock", "waits in a circle");

    private final String invariant;
    private final String words;

    Kind(String invariant, String words) {
      this.invariant = invariant;
      this.words = words;
    }

    /// The violation's name.
    String invariant() {
      return invariant;
    }
  }

  /// What made a thread stop that is not running.
  static Hazard of(Thread stopped) {
    Thread.State state = stopped.getState();
    StackTraceElement[] stack = stopped.getStackTrace();
    return new Hazard(kindOf(state, stack), CallStack.of(stack));
  }

  /// Something that the running fiber is about to do.
  static Hazard here(Kind kind) {
    return new Hazard(kind, CallStack.of(Thread.currentThread().getStackTrace()));
  }

  /// The running fiber is about to wait in a circle.
  ///
  /// @param holder who holds the lock that it asks for, and waits
  static Hazard circle(Fiber holder) {
    Hazard here = here(Kind.DEADLOCK);
    return new Hazard(
        Kind.DEADLOCK, here.stack + "; the lock is held by " + holder + ", which waits itself");
  }

  private static Kind kindOf(Thread.State state, StackTraceElement[] stack) {
    if (state == Thread.State.BLOCKED) {
      return Kind.MONITOR;
    }
    boolean isSleep = false;
    boolean isWait = state == Thread.State.WAITING;
    for (StackTraceElement frame : stack) {
      String call = frame.getClassName() + '.' + frame.getMethodName();
      switch (call) {
        case "java.lang.Thread.yield" -> {
          return Kind.YIELD;
        }
        case "java.lang.Thread.sleep",
            "java.util.concurrent.locks.LockSupport.parkNanos",
            "java.util.concurrent.locks.LockSupport.parkUntil" ->
            isSleep = true;
        case "java.util.concurrent.locks.LockSupport.park", "java.lang.Object.wait" ->
            isWait = true;
        default -> {}
      }
      if (!frame.getClassName().startsWith("java.")) {
        break;
      }
    }
    if (isSleep || state == Thread.State.TIMED_WAITING) {
      return Kind.REAL_CLOCK;
    }
    return isWait ? Kind.FOREIGN_WAIT : Kind.MONITOR;
  }

  /// In words, behind the name of the fiber.
  String describe() {
    return kind.words + ", at " + stack;
  }
}
