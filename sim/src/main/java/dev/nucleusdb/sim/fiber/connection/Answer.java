package dev.nucleusdb.sim.fiber.connection;

/// What came of a request.
public sealed interface Answer {
  /// The other side answered.
  ///
  /// @param payload what it said; not to be changed
  record Reply(byte[] payload) implements Answer {}

  /// No answer came in time: the request may have been carried out, may be carried out later, or
  /// never arrive.
  record Unknown() implements Answer {}

  /// It is certain that the request was not sent.
  record Refused() implements Answer {}
}
