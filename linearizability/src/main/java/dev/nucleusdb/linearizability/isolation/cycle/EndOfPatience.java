package dev.nucleusdb.linearizability.isolation.cycle;

/// A search was given up because of its deadline.
final class EndOfPatience extends Exception {
  private static final long serialVersionUID = 1;

  EndOfPatience() {
    super("the deadline was reached", null, false, false);
  }
}
