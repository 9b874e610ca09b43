package dev.nucleusdb.sim.time;

/// Carries a node out of its code at the moment of a crash. Only the kernel may catch it; it has no
/// stack trace, because it is not an error of anybody's.
public final class SimulatedCrash extends Error {
  private static final long serialVersionUID = 1;

  /// @param entryName the fault that it belongs to
  public SimulatedCrash(String entryName) {
    super(entryName, null, false, false);
  }
}
