package dev.nucleusdb.sim.time;

/// An exception that a world throws inside a node's code, as the death of its process: not an error
/// of the code that it passes through, unless that code swallows it and goes on wrongly.
public sealed interface InjectedFailure {
  /// The fault that it belongs to.
  String entryName();

  /// Something unexpected was thrown.
  final class Unexpected extends RuntimeException implements InjectedFailure {
    private static final long serialVersionUID = 1;

    private final String entryName;

    /// @param entryName the fault that it belongs to
    public Unexpected(String entryName) {
      super("injected by " + entryName);
      this.entryName = entryName;
    }

    @Override
    public String entryName() {
      return entryName;
    }
  }

  /// The heap is exhausted.
  final class OutOfMemory extends OutOfMemoryError implements InjectedFailure {
    private static final long serialVersionUID = 1;

    private final String entryName;

    /// @param entryName the fault that it belongs to
    public OutOfMemory(String entryName) {
      super("injected by " + entryName);
      this.entryName = entryName;
    }

    @Override
    public String entryName() {
      return entryName;
    }
  }
}
