package dev.nucleusdb.netty;

import static dev.nucleusdb.core.assertion.Assertions.require;

import java.time.Duration;

/// The limits of a [NettyNetwork].
///
/// @param maxMessageBytes the largest message, checked by sender and receiver; default 20 MiB,
///   extremes 1 KiB to 64 MiB
/// @param outboxMessagesMax how many messages may wait for one peer before `send` refuses; default
///   16384, extremes 1 to 1048576
/// @param outboxBytesMax how many bytes may wait for one peer; an empty outbox takes any message;
///   default 64 MiB, extremes 1 KiB to 1 GiB
/// @param inboxMessagesMax how many received messages may wait for the node before reading stops;
///   default 16384, extremes 1 to 1048576
/// @param inboxBytesMax how many bytes the arrays of received messages may take that wait for the
///   node before reading stops; every connection may add the message that it was reading; default
///   64 MiB, extremes 1 KiB to 1 GiB
/// @param peersMax how many addresses may be dialled; sends to further ones are refused; default
///   1024
/// @param connectionsMax how many connections are accepted at once; further ones are closed;
///   default 4096
/// @param connectTimeout how long a dial may take; default 2 s
/// @param handshakeTimeout how long the first frame may take; default 5 s
/// @param reconnectPauseMin the pause after a first failure; it doubles with each further one, and
///   a random part of up to half of it is taken off; default 50 ms
/// @param reconnectPauseMax the longest pause; default 1 s
/// @param pingInterval how often a dialled connection asks for a sign of life; default 2 s
/// @param silenceMax how long a connection may bring nothing, though it was asked, before it is
///   closed; default 10 s, at least three ping intervals
public record NettyOptions(
    int maxMessageBytes,
    int outboxMessagesMax,
    long outboxBytesMax,
    int inboxMessagesMax,
    long inboxBytesMax,
    int peersMax,
    int connectionsMax,
    Duration connectTimeout,
    Duration handshakeTimeout,
    Duration reconnectPauseMin,
    Duration reconnectPauseMax,
    Duration pingInterval,
    Duration silenceMax) {

  /// The defaults of production.
  public static final NettyOptions DEFAULT =
      new NettyOptions(
          20 << 20,
          1 << 14,
          64L << 20,
          1 << 14,
          64L << 20,
          1024,
          4096,
          Duration.ofSeconds(2),
          Duration.ofSeconds(5),
          Duration.ofMillis(50),
          Duration.ofSeconds(1),
          Duration.ofSeconds(2),
          Duration.ofSeconds(10));

  /// @throws IllegalArgumentException if the options contradict each other
  public NettyOptions {
    require(maxMessageBytes >= 1024, "messages must be allowed 1 KiB");
    require(outboxMessagesMax > 0 && outboxBytesMax > 0, "an outbox must take a message");
    require(inboxMessagesMax > 0 && inboxBytesMax > 0, "the inbox must take a message");
    require(peersMax > 0, "at least one peer must be allowed");
    require(connectionsMax > 0, "at least one connection must be allowed");
    require(connectTimeout.isPositive(), "a dial needs time");
    require(handshakeTimeout.isPositive(), "a handshake needs time");
    require(
        reconnectPauseMin.isPositive() && reconnectPauseMin.compareTo(reconnectPauseMax) <= 0,
        "pauses must be a range, not %s to %s",
        reconnectPauseMin,
        reconnectPauseMax);
    require(
        pingInterval.isPositive() && pingInterval.multipliedBy(3).compareTo(silenceMax) <= 0,
        "three ping intervals of %s must fit into the longest silence, %s",
        pingInterval,
        silenceMax);
  }

  /// These options with other bounds for what waits.
  public NettyOptions withQueues(
      int outboxMessages, long outboxBytes, int inboxMessages, long inboxBytes) {
    return new NettyOptions(
        maxMessageBytes,
        outboxMessages,
        outboxBytes,
        inboxMessages,
        inboxBytes,
        peersMax,
        connectionsMax,
        connectTimeout,
        handshakeTimeout,
        reconnectPauseMin,
        reconnectPauseMax,
        pingInterval,
        silenceMax);
  }

  /// These options with another number of accepted connections.
  public NettyOptions withConnectionsMax(int connections) {
    return new NettyOptions(
        maxMessageBytes,
        outboxMessagesMax,
        outboxBytesMax,
        inboxMessagesMax,
        inboxBytesMax,
        peersMax,
        connections,
        connectTimeout,
        handshakeTimeout,
        reconnectPauseMin,
        reconnectPauseMax,
        pingInterval,
        silenceMax);
  }

  /// These options with other waiting times for a peer that is silent.
  public NettyOptions withSilence(Duration handshake, Duration ping, Duration silence) {
    return new NettyOptions(
        maxMessageBytes,
        outboxMessagesMax,
        outboxBytesMax,
        inboxMessagesMax,
        inboxBytesMax,
        peersMax,
        connectionsMax,
        connectTimeout,
        handshake,
        reconnectPauseMin,
        reconnectPauseMax,
        ping,
        silence);
  }
}
