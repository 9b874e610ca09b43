package dev.nucleusdb.sim.trace;

import dev.nucleusdb.core.trace.TraceKind;
import dev.nucleusdb.sim.fault.PlanEntry;

/// All observers of a world as one, in the order in which they came. Costs a look at an empty array
/// when there are none.
public final class Observers implements WorldObserver {
  private WorldObserver[] observers = new WorldObserver[0];

  /// One more.
  public void add(WorldObserver observer) {
    WorldObserver[] more = new WorldObserver[observers.length + 1];
    System.arraycopy(observers, 0, more, 0, observers.length);
    more[observers.length] = observer;
    observers = more;
  }

  @Override
  public void onTrace(long atNanos, Actor actor, TraceKind kind, long a, long b, long c) {
    for (WorldObserver observer : observers) {
      observer.onTrace(atNanos, actor, kind, a, b, c);
    }
  }

  @Override
  public void onMessage(
      long sentNanos,
      Actor from,
      Actor to,
      int sizeBytes,
      byte firstByte,
      MessageFate fate,
      long endedNanos) {
    for (WorldObserver observer : observers) {
      observer.onMessage(sentNanos, from, to, sizeBytes, firstByte, fate, endedNanos);
    }
  }

  @Override
  public void onMessageOfType(
      String type,
      long sentNanos,
      Actor from,
      Actor to,
      int sizeBytes,
      byte firstByte,
      MessageFate fate,
      long endedNanos) {
    for (WorldObserver observer : observers) {
      observer.onMessageOfType(type, sentNanos, from, to, sizeBytes, firstByte, fate, endedNanos);
    }
  }

  @Override
  public void onFaultBegin(long atNanos, PlanEntry entry) {
    for (WorldObserver observer : observers) {
      observer.onFaultBegin(atNanos, entry);
    }
  }

  @Override
  public void onFaultEnd(long atNanos, PlanEntry entry) {
    for (WorldObserver observer : observers) {
      observer.onFaultEnd(atNanos, entry);
    }
  }

  @Override
  public void onNodeUp(long atNanos, Actor node, int incarnation) {
    for (WorldObserver observer : observers) {
      observer.onNodeUp(atNanos, node, incarnation);
    }
  }

  @Override
  public void onNodeDown(long atNanos, Actor node, String reason) {
    for (WorldObserver observer : observers) {
      observer.onNodeDown(atNanos, node, reason);
    }
  }

  @Override
  public void onNodePaused(long atNanos, Actor node, boolean paused) {
    for (WorldObserver observer : observers) {
      observer.onNodePaused(atNanos, node, paused);
    }
  }

  @Override
  public void onHeal(long atNanos) {
    for (WorldObserver observer : observers) {
      observer.onHeal(atNanos);
    }
  }

  @Override
  public void onBranch(long atNanos, long digest) {
    for (WorldObserver observer : observers) {
      observer.onBranch(atNanos, digest);
    }
  }

  @Override
  public void onViolation(Violation violation) {
    for (WorldObserver observer : observers) {
      observer.onViolation(violation);
    }
  }
}
