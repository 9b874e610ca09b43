package dev.nucleusdb.sim.fault;

import dev.nucleusdb.core.random.RandomSource;
import java.util.Locale;

/// What a loss of power does to the bytes and names that no sync covers.
public enum CrashMode {
  /// All of them are lost: the floor of what the contract promises.
  DROP,
  /// All of them are kept: the ceiling.
  KEEP,
  /// Each page and each name is kept or lost, for itself.
  PAGES,
  /// As `PAGES`; pages may also be zeroed, garbled or torn, and files longer than their data.
  MIXED;

  /// The name in a plan.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The mode of that name.
  ///
  /// @throws IllegalArgumentException if there is none
  public static CrashMode named(String label) {
    for (CrashMode mode : values()) {
      if (mode.label().equals(label)) {
        return mode;
      }
    }
    throw new IllegalArgumentException("\"" + label + "\" is none of drop, keep, pages, mixed");
  }

  /// A mode; `MIXED` only if the mix lets pages tear.
  public static CrashMode draw(RandomSource random, FaultMix mix) {
    double which = random.nextDouble();
    boolean torn = random.chance(mix.rate(FaultFamily.TORN));
    if (which < 0.2) {
      return DROP;
    }
    return which < 0.3 ? KEEP : torn ? MIXED : PAGES;
  }
}
