package dev.nucleusdb.sim.fault;

import static dev.nucleusdb.core.assertion.Assertions.require;

import dev.nucleusdb.core.random.RandomSource;
import dev.nucleusdb.core.random.SplitMix;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.Predicate;

/// Which families of faults strike a world, and how hard. Each world draws its own mix and leaves
/// many families out: faults that are off let others run deep (swarm testing: Groce et al., ISSTA
/// 2012).
///
/// @param strengths the families that are on; those missing are off
public record FaultMix(Map<FaultFamily, Strength> strengths) {
  /// No faults at all.
  public static final FaultMix NONE = new FaultMix(new EnumMap<>(FaultFamily.class));

  /// How hard a family strikes.
  ///
  /// @param rate for messages and syncs the probability of each; for points the share of names that
  ///   are active; for `torn` the share of crashes that may tear; else faults per simulated minute
  ///   and world
  /// @param sizeNanos the largest length or amount that is drawn; what it bounds is the family's
  public record Strength(double rate, long sizeNanos) {
    /// @throws IllegalArgumentException if a number is negative
    public Strength {
      require(rate >= 0 && sizeNanos >= 0, "a strength cannot be negative: %s", rate);
    }
  }

  /// Copies the map.
  public FaultMix {
    EnumMap<FaultFamily, Strength> copy = new EnumMap<>(FaultFamily.class);
    copy.putAll(strengths);
    strengths = Collections.unmodifiableMap(copy);
  }

  /// The mix of a seed, over all families.
  public static FaultMix draw(long seed) {
    return draw(seed, FaultFamily.parseList("all"));
  }

  /// The mix of a seed with no other families than those allowed. Each is off with a probability
  /// that is itself drawn from 25 % to 50 %, and one of the rarer ones more often than that.
  public static FaultMix draw(long seed, Set<FaultFamily> allowed) {
    RandomSource root = new SplitMix(seed).fork("mix");
    double offProbability = 0.25 + 0.25 * root.fork("off").nextDouble();
    EnumMap<FaultFamily, Strength> strengths = new EnumMap<>(FaultFamily.class);
    for (FaultFamily family : FaultFamily.values()) {
      if (family == FaultFamily.OPERATION) {
        continue;
      }
      RandomSource random = root.fork(family.label());
      boolean off =
          random.chance(offProbability) || !random.fork("turn").chance(FaultRanges.share(family));
      Strength strength = FaultRanges.draw(family, random);
      if (!off && allowed.contains(family)) {
        strengths.put(family, strength);
      }
    }
    return new FaultMix(strengths);
  }

  /// All allowed families on, each with a strength drawn from the seed.
  public static FaultMix full(long seed, Set<FaultFamily> allowed) {
    EnumMap<FaultFamily, Strength> strengths = new EnumMap<>(FaultFamily.class);
    for (FaultFamily family : allowed) {
      strengths.put(
          family, FaultRanges.draw(family, new SplitMix(seed).fork("full").fork(family.label())));
    }
    return new FaultMix(strengths);
  }

  /// This mix with one family of the given strength.
  public FaultMix with(FaultFamily family, double rate, long sizeNanos) {
    EnumMap<FaultFamily, Strength> changed = new EnumMap<>(FaultFamily.class);
    changed.putAll(strengths);
    changed.put(family, new Strength(rate, sizeNanos));
    return new FaultMix(changed);
  }

  /// This mix with no other families than those that satisfy the condition.
  public FaultMix keeping(Predicate<FaultFamily> condition) {
    EnumMap<FaultFamily, Strength> kept = new EnumMap<>(FaultFamily.class);
    kept.putAll(strengths);
    kept.keySet().removeIf(condition.negate());
    return new FaultMix(kept);
  }

  /// Whether a family is on.
  public boolean has(FaultFamily family) {
    return strengths.containsKey(family);
  }

  /// How often; 0 if the family is off.
  public double rate(FaultFamily family) {
    Strength strength = strengths.get(family);
    return strength == null ? 0 : strength.rate();
  }

  /// The largest length or amount; 0 if the family is off.
  public long sizeNanos(FaultFamily family) {
    Strength strength = strengths.get(family);
    return strength == null ? 0 : strength.sizeNanos();
  }

  /// `loss:0.031:0s,crash:4.2:2.5s`, as it stands in a plan's header.
  @Override
  public String toString() {
    StringJoiner text = new StringJoiner(",");
    strengths.forEach((family, strength) ->
        text.add(
            family.label() + ':' + strength.rate() + ':' + Seconds.format(strength.sizeNanos())));
    return text.toString();
  }
}
