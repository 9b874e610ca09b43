package dev.nucleusdb.database.client;

import static dev.nucleusdb.core.assertion.Assertions.require;

import java.time.Duration;

/// A client's patience.
///
/// @param attemptTimeout how long one node is waited for; default 1 s
/// @param operationTimeout how long an operation is tried at all; default 10 s
/// @param retryPause shortest wait before another try after a refusal, doubled by chance; default
///   20 ms
public record ClientOptions(
    Duration attemptTimeout, Duration operationTimeout, Duration retryPause) {
  /// The defaults of production.
  public static final ClientOptions DEFAULT =
      new ClientOptions(Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofMillis(20));

  /// @throws IllegalArgumentException if the times contradict each other
  public ClientOptions {
    require(attemptTimeout.isPositive(), "no time for an attempt");
    require(
        operationTimeout.compareTo(attemptTimeout) >= 0,
        "an operation of %s has no time for an attempt of %s",
        operationTimeout,
        attemptTimeout);
    require(retryPause.isPositive(), "no pause between tries");
  }
}
