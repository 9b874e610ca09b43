package dev.nucleusdb.sim.network.chance;

import dev.nucleusdb.core.random.RandomSource;
import dev.nucleusdb.sim.fault.CounterRandom;
import dev.nucleusdb.sim.fault.FaultFamily;
import dev.nucleusdb.sim.fault.FaultMix;
import dev.nucleusdb.sim.fault.PlanEntry;
import dev.nucleusdb.sim.fault.PlannedFaults;
import dev.nucleusdb.sim.network.ChanceRule;
import dev.nucleusdb.sim.network.Fate;
import dev.nucleusdb.sim.network.Message;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/// Drops the n-th message of a type on a link, counted from the world's beginning: the target of an
/// entry is `n1>n2/raft.append`, its number the n. Unlike an entry of [Loss], such an entry still
/// strikes the same message when others around it come or go. Messages without a type are spared.
public final class NthLoss implements ChanceRule {
  private static final double ACTIVE_SHARE = 0.4;

  private final PerLink<Map<String, Place>> places = new PerLink<>(link -> new LinkedHashMap<>());
  private final Places source;

  /// The messages of one type on one link.
  private static final class Place {
    final String target;
    final LongPredicate strikes;
    long count;

    Place(String target, LongPredicate strikes) {
      this.target = target;
      this.strikes = strikes;
    }
  }

  @FunctionalInterface
  private interface Places {
    LongPredicate at(String target, String type);
  }

  private NthLoss(Places source) {
    this.source = source;
  }

  /// By chance: a world picks a share of all types, and strikes their messages.
  ///
  /// @param root the stream of the world's faults
  public static NthLoss drawn(RandomSource root, FaultMix mix) {
    RandomSource stream = root.fork(FaultFamily.NTH_LOSS.label());
    double probability = mix.rate(FaultFamily.NTH_LOSS);
    return new NthLoss((target, type) -> {
      if (!mix.has(FaultFamily.NTH_LOSS) || !stream.fork("type").fork(type).chance(ACTIVE_SHARE)) {
        return n -> false;
      }
      CounterRandom hits = new CounterRandom(stream.fork("hit").fork(target));
      return n -> hits.unit(n) < probability;
    });
  }

  /// By a plan.
  public static NthLoss planned(PlannedFaults plan) {
    return new NthLoss((target, type) -> plan.of(FaultFamily.NTH_LOSS, target)::containsKey);
  }

  @Override
  public @Nullable PlanEntry strike(Message message) {
    if (message.type().isEmpty()) {
      return null;
    }
    Map<String, Place> ofLink = places.of(message.link());
    Place place = ofLink.get(message.type());
    if (place == null) {
      place = place(message.link().name() + '/' + message.type(), message.type());
      ofLink.put(message.type(), place);
    }
    place.count++;
    return place.strikes.test(place.count)
        ? new PlanEntry(FaultFamily.NTH_LOSS, place.target, place.count, 0, 0, 0, "")
        : null;
  }

  private Place place(String target, String type) {
    return new Place(target, source.at(target, type));
  }

  @Override
  public Fate fate(PlanEntry entry) {
    return Fate.DROP;
  }
}
