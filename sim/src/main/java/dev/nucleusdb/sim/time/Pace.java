package dev.nucleusdb.sim.time;

import dev.nucleusdb.core.random.SplitMix;
import dev.nucleusdb.sim.fault.CounterRandom;
import java.util.LinkedHashMap;
import java.util.Map;

/// How slow a machine is: how long each callback of its node takes, and how late its timers fire.
/// Outlives incarnations. Of several faults at once the slowest counts for callbacks, and all
/// together for timers.
public final class Pace {
  private final Map<String, Long> callbacks = new LinkedHashMap<>();
  private final Map<String, Lateness> timers = new LinkedHashMap<>();

  private record Lateness(long maxNanos, CounterRandom random) {}

  /// Every callback takes so long from now on.
  public void slower(String entryName, long nanosPerCallback) {
    callbacks.put(entryName, nanosPerCallback);
  }

  /// Timers are late by up to so much from now on.
  ///
  /// @param seed from which all delays follow
  public void later(String entryName, long maxNanos, long seed) {
    timers.put(entryName, new Lateness(maxNanos, new CounterRandom(new SplitMix(seed))));
  }

  /// A fault is over.
  public void recover(String entryName) {
    callbacks.remove(entryName);
    timers.remove(entryName);
  }

  /// How long a callback takes; 0 on a good day.
  public long callbackNanos() {
    long slowest = 0;
    if (!callbacks.isEmpty()) {
      for (long nanos : callbacks.values()) {
        slowest = Math.max(slowest, nanos);
      }
    }
    return slowest;
  }

  /// How late a timer fires.
  public long timerDelayNanos(long deadlineNanos) {
    long delay = 0;
    if (!timers.isEmpty()) {
      for (Lateness lateness : timers.values()) {
        delay += lateness.random.upTo(lateness.maxNanos, deadlineNanos);
      }
    }
    return delay;
  }
}
