package dev.nucleusdb.sim.trial;

/// A property of the system under test is broken in this world.
public final class BrokenPropertyError extends AssertionError {
  private static final long serialVersionUID = 1;

  private final String invariant;

  BrokenPropertyError(String invariant, String detail) {
    super(invariant + ": " + detail);
    this.invariant = invariant;
  }

  /// The property's name.
  public String invariant() {
    return invariant;
  }
}
