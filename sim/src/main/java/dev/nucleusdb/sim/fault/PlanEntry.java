package dev.nucleusdb.sim.fault;

import static dev.nucleusdb.core.assertion.Assertions.require;

/// One fault: what, to whom, when, for how long, how much. Its [#name] is unique in a plan and says
/// what makes it happen; the other parameters are free to be changed by whoever shrinks a plan.
///
/// @param family what kind of fault
/// @param target whom it strikes: a node `n3`, a link `n1>n2`, a place in a node's code
///   `n3/raft.vote.durable`; empty if that is part of the detail
/// @param number which one of its target: the ordinal of the message or of the hit, from 1; for
///   scheduled faults a running number
/// @param atNanos when it begins, for scheduled faults; otherwise 0
/// @param forNanos how long it lasts, or the node stays down; 0 where it has no length
/// @param byNanos how much; 0 where it has no amount
/// @param detail the groups of a partition, or what happens to the disk; else empty
public record PlanEntry(
    FaultFamily family,
    String target,
    long number,
    long atNanos,
    long forNanos,
    long byNanos,
    String detail) {

  /// @throws IllegalArgumentException if a part is missing or out of range
  public PlanEntry {
    require(number > 0, "entries are numbered from 1, not %d", number);
    require(atNanos >= 0, "a fault cannot begin at %d ns", atNanos);
    require(forNanos >= 0, "a fault cannot last %d ns", forNanos);
    require(target.indexOf(' ') < 0 && target.indexOf('\n') < 0, "blank in \"%s\"", target);
    require(detail.indexOf(' ') < 0 && detail.indexOf('\n') < 0, "blank in \"%s\"", detail);
  }

  /// A fault that strikes one message of a link.
  public static PlanEntry message(FaultFamily family, String link, long ordinal, long byNanos) {
    return new PlanEntry(family, link, ordinal, 0, 0, byNanos, "");
  }

  /// Its name: `family/target/number`.
  public String name() {
    return family.label() + '/' + (target.isEmpty() ? "" : target + '/') + number;
  }

  /// The same fault with another length.
  public PlanEntry lasting(long nanos) {
    return new PlanEntry(family, target, number, atNanos, nanos, byNanos, detail);
  }

  /// The same fault at another moment.
  public PlanEntry beginningAt(long nanos) {
    return new PlanEntry(family, target, number, nanos, forNanos, byNanos, detail);
  }

  /// The same fault with another amount.
  public PlanEntry amountingTo(long nanos) {
    return new PlanEntry(family, target, number, atNanos, forNanos, nanos, detail);
  }

  /// Its line in a plan.
  @Override
  public String toString() {
    StringBuilder line = new StringBuilder(name());
    if (family.hasMoment()) {
      line.append(" at=").append(Seconds.format(atNanos));
    }
    append(line, family.durationKey(), Seconds.format(forNanos));
    append(line, family.amountKey(), Seconds.format(byNanos));
    append(line, family.detailKey(), detail);
    return line.toString();
  }

  private static void append(StringBuilder line, String key, String value) {
    if (!key.isEmpty()) {
      line.append(' ').append(key).append('=').append(value);
    }
  }
}
