package dev.nucleusdb.sim.time;

import java.util.LinkedHashMap;
import java.util.Map;

/// Keeps what is ready back as long as some [EventOrder] wants it. Without one it keeps nothing.
final class ReadyLanes {
  private final Map<String, EventOrder> orders = new LinkedHashMap<>();
  private final Map<Long, Long> lastNanos = new LinkedHashMap<>();
  private long lastOfAllNanos = -1;

  void impose(String name, EventOrder order) {
    orders.put(name, order);
  }

  void lift(String name) {
    orders.remove(name);
  }

  /// When what is ready now in a lane is to run; -1 if at once. Never before what the lane holds
  /// back already, be the order lifted or not.
  long turn(long lane, long nowNanos) {
    if (orders.isEmpty()) {
      if (lastOfAllNanos < nowNanos) {
        return -1;
      }
    } else if (lastOfAllNanos < nowNanos) {
      lastNanos.clear();
    }
    long at = nowNanos;
    for (EventOrder order : orders.values()) {
      at += order.delayNanos(lane, nowNanos);
    }
    Long last = lastNanos.get(lane);
    if (last != null && last >= nowNanos) {
      at = Math.max(at, last);
    } else if (at == nowNanos) {
      return -1;
    }
    lastNanos.put(lane, at);
    lastOfAllNanos = Math.max(lastOfAllNanos, at);
    return at;
  }
}
