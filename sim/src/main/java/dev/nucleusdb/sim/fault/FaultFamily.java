package dev.nucleusdb.sim.fault;

import java.util.EnumSet;
import java.util.Set;

/// The families of faults. A family is switched on and off as a whole, by the name that the command
/// line uses; it also fixes which parameters its entries in a [Plan] carry and what they are
/// called.
public enum FaultFamily {
  /// The endpoints fall into groups that do not hear each other.
  PARTITION("partition", Trigger.SCHEDULED, "for", "", "sides"),
  /// One group no longer reaches another; the way back works.
  ONE_WAY("one-way", Trigger.SCHEDULED, "for", "", "cut"),
  /// One message is lost.
  LOSS("loss", Trigger.MESSAGE, "", "", ""),
  /// One message arrives a second time, later; the copy outlives a crash of its receiver.
  DUPLICATE("duplicate", Trigger.MESSAGE, "", "by", ""),
  /// One message is late, and holds up those behind it.
  DELAY("delay", Trigger.MESSAGE, "", "by", ""),
  /// One message is late, and those behind it overtake it.
  REORDER("reorder", Trigger.MESSAGE, "", "by", ""),
  /// A link holds its messages back and lets them go at the end.
  CLOG("clog", Trigger.SCHEDULED, "for", "", ""),
  /// A node loses power between two events.
  CRASH("crash", Trigger.SCHEDULED, "down", "", "disk"),
  /// All nodes lose power at once.
  CRASH_ALL("crash-all", Trigger.SCHEDULED, "down", "", "disk"),
  /// A node loses power at a named place in its code.
  POINT("point", Trigger.HIT, "down", "", "disk"),
  /// A node stands still, as in a long garbage collection, and then goes on.
  PAUSE("pause", Trigger.SCHEDULED, "for", "", ""),
  /// A wall clock is wrong by a constant, within the error that it claims.
  SKEW("skew", Trigger.SCHEDULED, "", "by", ""),
  /// A machine's clock runs at another rate, in nanoseconds per second.
  DRIFT("drift", Trigger.SCHEDULED, "", "perSecond", ""),
  /// A wall clock jumps, and is corrected later.
  JUMP("jump", Trigger.SCHEDULED, "for", "by", ""),
  /// Syncs of a node take longer.
  SLOW_DISK("slow-disk", Trigger.SCHEDULED, "for", "by", ""),
  /// One sync fails; what it covered is on the disk or lost.
  SYNC_FAILURE("sync-failure", Trigger.HIT, "down", "", "bytes"),
  /// A node's disk takes no more bytes.
  NO_SPACE("no-space", Trigger.SCHEDULED, "for", "", ""),
  /// Allows crashes to zero, garble and tear pages; no entries of its own.
  TORN("torn", Trigger.NEVER, "", "", "");

  /// What makes an entry of a family happen.
  public enum Trigger {
    /// A moment.
    SCHEDULED,
    /// The n-th message of a link.
    MESSAGE,
    /// The n-th time that a node does something.
    HIT,
    /// Nothing.
    NEVER
  }

  private final String label;
  private final Trigger trigger;
  private final String durationKey;
  private final String amountKey;
  private final String detailKey;

  FaultFamily(
      String label, Trigger trigger, String durationKey, String amountKey, String detailKey) {
    this.label = label;
    this.trigger = trigger;
    this.durationKey = durationKey;
    this.amountKey = amountKey;
    this.detailKey = detailKey;
  }

  /// The name on the command line and in plans.
  public String label() {
    return label;
  }

  /// What makes its entries happen.
  public Trigger trigger() {
    return trigger;
  }

  String durationKey() {
    return durationKey;
  }

  String amountKey() {
    return amountKey;
  }

  String detailKey() {
    return detailKey;
  }

  /// The family of that name.
  ///
  /// @throws IllegalArgumentException if there is none; the message lists the names
  public static FaultFamily named(String label) {
    for (FaultFamily family : values()) {
      if (family.label.equals(label)) {
        return family;
      }
    }
    StringBuilder names = new StringBuilder();
    for (FaultFamily family : values()) {
      names.append(names.isEmpty() ? "" : ", ").append(family.label);
    }
    throw new IllegalArgumentException(
        "no fault family is called \"" + label + "\"; there are " + names);
  }

  /// The families of a list such as `partition,loss,crash`; `all` and `none` stand for themselves.
  ///
  /// @throws IllegalArgumentException if a name is unknown
  public static Set<FaultFamily> parseList(String list) {
    if (list.equals("all")) {
      return EnumSet.allOf(FaultFamily.class);
    }
    Set<FaultFamily> families = EnumSet.noneOf(FaultFamily.class);
    if (!list.equals("none")) {
      for (String label : list.split(",", -1)) {
        families.add(named(label.strip()));
      }
    }
    return families;
  }
}
