package dev.nucleusdb.linearizability.special;

import dev.nucleusdb.linearizability.history.Operation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Arranges clusters one after the other.
///
/// Forward zones stand in the order of their first returns. A backward one stands at its last
/// invocation, unless that lies inside a forward zone: then it stands right after that.
final class Zones {
  private Zones() {}

  /// A zone with the place where it is to stand.
  private record Placed(Zone zone, long place) {}

  static Proposal arrange(List<Zone> zones) {
    List<Zone> forward = new ArrayList<>(zones.stream().filter(Zone::isForward).toList());
    forward.sort(Comparator.comparingLong(zone -> zone.first));
    for (int next = 1; next < forward.size(); next++) {
      if (!forward.get(next - 1).mayPrecede(forward.get(next))) {
        return conflict(forward.get(next - 1), forward.get(next));
      }
    }
    List<Placed> placed = new ArrayList<>();
    for (Zone zone : zones) {
      if (zone.isForward()) {
        placed.add(new Placed(zone, zone.first));
        continue;
      }
      Zone around = lastBefore(forward, zone.last);
      if (around == null || around.last <= zone.last) {
        placed.add(new Placed(zone, zone.last));
      } else if (around.mayPrecede(zone)) {
        placed.add(new Placed(zone, around.last));
      } else {
        return conflict(around, zone);
      }
    }
    placed.sort(
        Comparator.comparingLong(Placed::place).thenComparing(one -> one.zone().isForward()));
    List<Operation> order = new ArrayList<>();
    placed.forEach(one -> order.addAll(one.zone().operations));
    return new Proposal.Order(order);
  }

  /// The last forward zone that begins before a time.
  private static @Nullable Zone lastBefore(List<Zone> forward, long time) {
    int low = 0;
    int high = forward.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (forward.get(middle).first < time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low == 0 ? null : forward.get(low - 1);
  }

  private static Proposal conflict(Zone one, Zone other) {
    Set<Operation> kept = new LinkedHashSet<>(one.ends());
    kept.addAll(other.ends());
    return new Proposal.Conflict(List.copyOf(kept));
  }
}
