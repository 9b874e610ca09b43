package dev.nucleusdb.core.trace;

/// Where a node tells what it does. Numbers only: an event costs a few nanoseconds, and a run's
/// events in order are its digest.
public interface Trace {

  /// A trace that nobody reads.
  Trace NONE =
      new Trace() {
        @Override
        public boolean isRead() {
          return false;
        }

        @Override
        public void event(TraceKind kind, long a, long b, long c) {}
      };

  /// Whether anybody reads it: if not, numbers that are dear to find need not be found.
  default boolean isRead() {
    return true;
  }

  /// Something happened. Unused numbers are 0.
  void event(TraceKind kind, long a, long b, long c);

  /// A named place in the code between two effects. In production nothing; in a simulation the node
  /// may crash right here, by a throwable that nobody else may catch.
  default void point(String name) {}
}
