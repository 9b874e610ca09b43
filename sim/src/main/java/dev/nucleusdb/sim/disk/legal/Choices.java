package dev.nucleusdb.sim.disk.legal;

/// Answers to the questions that a crash asks.
public interface Choices {
  /// One of `count` possibilities, from 0 on. Possibility 0 is always the floor: what was not
  /// synced is lost.
  int of(int count);

  /// A place within `length` bytes: 0 to `length - 1`.
  int place(int length);
}
