package dev.nucleusdb.sim.network;

import dev.nucleusdb.sim.fault.CounterRandom;
import dev.nucleusdb.sim.trace.Actor;
import java.util.ArrayDeque;
import java.util.Queue;

/// The way from one endpoint to another.
public final class Link {
  private final Actor from;
  private final Actor to;
  private final String name;
  private final int number;
  private final CounterRandom latencies;

  /// Messages that a rule keeps back, in order.
  final Queue<Message> held = new ArrayDeque<>();

  /// How many messages were handed over, those refused included.
  long sentCount;

  /// How many messages are on the way, held ones included.
  int inFlightCount;

  /// Whether no rule strikes it any more.
  boolean healed;

  /// No message that keeps the order arrives before this moment.
  long clearNanos;

  /// Which connection carries what is sent now; rises when one breaks.
  long connection;

  /// The connection that has carried a message, -1 before the first: opening one takes a while.
  long openConnection = -1;

  Link(Actor from, Actor to, int number, CounterRandom latencies) {
    this.from = from;
    this.to = to;
    this.name = nameOf(from.name(), to.name());
    this.number = number;
    this.latencies = latencies;
  }

  /// The name of a way in plans, `n1>n2`.
  public static String nameOf(String from, String to) {
    return from + '>' + to;
  }

  /// Who sends.
  public Actor from() {
    return from;
  }

  /// Who receives.
  public Actor to() {
    return to;
  }

  /// Its name in plans, `n1>n2`.
  public String name() {
    return name;
  }

  /// Which one of its network, from 0 in the order of their first messages.
  public int number() {
    return number;
  }

  /// How many messages are on the way, those that wait included.
  public int inFlightCount() {
    return inFlightCount;
  }

  /// Which connection carries what is sent now, from 0.
  public long connection() {
    return connection;
  }

  /// Whether a plan's target means this link: `n1>n2` itself, or `n1`, all that it sends.
  public boolean isMeantBy(String target) {
    return target.equals(name) || target.equals(from.name());
  }

  /// How long the n-th message takes when nothing disturbs it.
  long latencyNanos(NetworkProfile profile, long ordinal) {
    return profile.latencyMin().toNanos()
        + profile.shape().extraNanos(profile.latencyTail().toNanos(), latencies, ordinal);
  }
}
