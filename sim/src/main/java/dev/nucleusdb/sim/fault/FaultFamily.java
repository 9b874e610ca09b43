package dev.nucleusdb.sim.fault;

import java.util.EnumSet;
import java.util.Set;

/// The families of faults. A family is switched on and off as a whole, by the name that the command
/// line uses; it also fixes which parameters its entries in a [Plan] carry and what they are
/// called.
public enum FaultFamily {
  /// The endpoints fall into groups that do not hear each other.
  PARTITION(Domain.NETWORK, "partition", Trigger.SCHEDULED, "for", "", "sides"),
  /// One group no longer reaches another; the way back works.
  ONE_WAY(Domain.NETWORK, "one-way", Trigger.SCHEDULED, "for", "", "cut"),
  /// One message is lost.
  LOSS(Domain.NETWORK, "loss", Trigger.MESSAGE, "", "", ""),
  /// One message arrives a second time, later; the copy outlives a crash of its receiver.
  DUPLICATE(Domain.NETWORK, "duplicate", Trigger.MESSAGE, "", "by", ""),
  /// One message is late, and holds up those behind it.
  DELAY(Domain.NETWORK, "delay", Trigger.MESSAGE, "", "by", ""),
  /// One message is late, and those behind it overtake it.
  REORDER(Domain.NETWORK, "reorder", Trigger.MESSAGE, "", "by", ""),
  /// A link holds its messages back and lets them go at the end.
  CLOG(Domain.NETWORK, "clog", Trigger.SCHEDULED, "for", "", ""),
  /// Two live far from each other: every message between them takes longer.
  FAR(Domain.NETWORK, "far", Trigger.SCHEDULED, "for", "by", ""),
  /// One bit of one message is changed on the way.
  BIT_FLIP(Domain.NETWORK, "bit-flip", Trigger.MESSAGE, "", "", "bit"),
  /// One message goes to somebody else, instead or as well.
  MISDELIVERY(Domain.NETWORK, "misdelivery", Trigger.MESSAGE, "", "", "to"),
  /// The n-th message of a type on a link is dropped.
  NTH_LOSS(Domain.NETWORK, "nth-loss", Trigger.MESSAGE, "", "", ""),
  /// All messages of a type on a link are dropped.
  TYPED_LOSS(Domain.NETWORK, "typed-loss", Trigger.SCHEDULED, "for", "", "type"),
  /// All messages of a type on a link are late, and others overtake them.
  TYPED_DELAY(Domain.NETWORK, "typed-delay", Trigger.SCHEDULED, "for", "by", "type"),
  /// All that a node sends is held back, or all that it is to receive, or both.
  CLOG_NODE(Domain.NETWORK, "clog-node", Trigger.SCHEDULED, "for", "", "ways"),
  /// About half of the nodes are clogged one after another, and let go in another order.
  SWIZZLE(Domain.NETWORK, "swizzle", Trigger.SCHEDULED, "for", "", "turns"),
  /// Only so many bytes per second leave a node or pass a link.
  BANDWIDTH(Domain.NETWORK, "bandwidth", Trigger.SCHEDULED, "for", "", "bytes"),
  /// Only few messages may be on the way; those beyond are dropped.
  QUEUE(Domain.NETWORK, "queue", Trigger.SCHEDULED, "for", "", "capacity"),
  /// Two groups hear each other no more, and one node in between hears both.
  BRIDGE(Domain.NETWORK, "bridge", Trigger.SCHEDULED, "for", "", "sides"),
  /// Each node hears only its neighbours in a ring.
  RING(Domain.NETWORK, "ring", Trigger.SCHEDULED, "for", "", "nodes"),
  /// Two nodes do not hear each other, and all others hear both.
  PARTIAL(Domain.NETWORK, "partial", Trigger.SCHEDULED, "for", "", "sides"),
  /// A partition that comes and goes in a period.
  FLAP(Domain.NETWORK, "flap", Trigger.SCHEDULED, "for", "by", "sides"),
  /// Whoever leads when it begins is cut off from all other nodes.
  ISOLATE_LEADER(Domain.NETWORK, "isolate-leader", Trigger.SCHEDULED, "for", "", ""),
  /// A connection breaks with all that is on the way, and is made again after a while.
  RESET(Domain.NETWORK, "reset", Trigger.SCHEDULED, "for", "", ""),
  /// A connection swallows all that is sent, until a new one takes its place.
  HALF_OPEN(Domain.NETWORK, "half-open", Trigger.SCHEDULED, "for", "", ""),
  /// One half of a connection is closed: its sender is refused, the other half works.
  HALF_CLOSE(Domain.NETWORK, "half-close", Trigger.SCHEDULED, "for", "", ""),
  /// A node takes no connections: those into it break, and senders are refused.
  REFUSE(Domain.NETWORK, "refuse", Trigger.SCHEDULED, "for", "", ""),
  /// A node loses power between two events.
  CRASH(Domain.PROCESS, "crash", Trigger.SCHEDULED, "down", "", "disk"),
  /// All nodes lose power at once.
  CRASH_ALL(Domain.PROCESS, "crash-all", Trigger.SCHEDULED, "down", "", "disk"),
  /// A node loses power at a named place in its code.
  POINT(Domain.PROCESS, "point", Trigger.HIT, "down", "", "disk"),
  /// A node stands still, as in a long garbage collection, and then goes on.
  PAUSE(Domain.PROCESS, "pause", Trigger.SCHEDULED, "for", "", ""),
  /// Whoever leads at the moment loses power.
  CRASH_LEADER(Domain.PROCESS, "crash-leader", Trigger.SCHEDULED, "down", "", "disk"),
  /// Whoever leads at the moment stands still, and then goes on.
  PAUSE_LEADER(Domain.PROCESS, "pause-leader", Trigger.SCHEDULED, "for", "", ""),
  /// Every callback of a node takes a while, and those behind it wait.
  SLOW_NODE(Domain.ORDER, "slow-node", Trigger.SCHEDULED, "for", "by", ""),
  /// Timers of a node fire late, each by another time.
  LATE_TIMER(Domain.ORDER, "late-timer", Trigger.SCHEDULED, "for", "by", "random"),
  /// What is ready within a small window of time runs in a random order.
  SHUFFLE(Domain.ORDER, "shuffle", Trigger.SCHEDULED, "for", "by", "random"),
  /// Nodes and links have random priorities, and what is low waits; they change now and then.
  PRIORITIES(Domain.ORDER, "pct", Trigger.SCHEDULED, "for", "by", "random"),
  /// A wall clock is wrong by a constant, within the error that it claims.
  SKEW(Domain.CLOCK, "skew", Trigger.SCHEDULED, "", "by", ""),
  /// A machine's clock runs at another rate, in nanoseconds per second.
  DRIFT(Domain.CLOCK, "drift", Trigger.SCHEDULED, "", "perSecond", ""),
  /// A wall clock jumps, and is corrected later.
  JUMP(Domain.CLOCK, "jump", Trigger.SCHEDULED, "for", "by", ""),
  /// Syncs of a node take longer.
  SLOW_DISK(Domain.DISK, "slow-disk", Trigger.SCHEDULED, "for", "by", ""),
  /// One sync fails; what it covered is on the disk or lost.
  SYNC_FAILURE(Domain.DISK, "sync-failure", Trigger.HIT, "down", "", "bytes"),
  /// A node's disk takes no more bytes.
  NO_SPACE(Domain.DISK, "no-space", Trigger.SCHEDULED, "for", "", ""),
  /// Syncs of a node that begin while it lasts end only with it.
  STALL(Domain.DISK, "stall", Trigger.SCHEDULED, "for", "", ""),
  /// A node's disk takes no writes at all.
  READ_ONLY(Domain.DISK, "read-only", Trigger.SCHEDULED, "for", "", ""),
  /// A node can open no more files.
  HANDLES(Domain.DISK, "handles", Trigger.SCHEDULED, "for", "", ""),
  /// One append fails, and part of its bytes is written all the same.
  WRITE_ERROR(Domain.DISK, "write-error", Trigger.HIT, "down", "", ""),
  /// One read fails.
  READ_ERROR(Domain.DISK, "read-error", Trigger.HIT, "down", "", ""),
  /// The sync of a folder fails; its names may be durable or not.
  FOLDER_SYNC_FAILURE(Domain.DISK, "folder-sync-failure", Trigger.HIT, "down", "", ""),
  /// One read returns a flipped bit; the next one does not.
  FLIPPED_READ(Domain.DISK, "flipped-read", Trigger.HIT, "down", "", ""),
  /// One read returns, for one sector, what stands in another.
  MISREAD(Domain.DISK, "misread", Trigger.HIT, "down", "", ""),
  /// A bit of what is on the platter flips, for good.
  BIT_ROT(Domain.DISK, "bit-rot", Trigger.SCHEDULED, "", "", "place", Harm.DETECTABLE),
  /// A sector of the platter cannot be read any more.
  BAD_SECTOR(Domain.DISK, "bad-sector", Trigger.SCHEDULED, "", "", "place", Harm.DETECTABLE),
  /// The bytes of one append never reach the platter; zeros stand there.
  LOST_WRITE(Domain.DISK, "lost-write", Trigger.HIT, "", "", "", Harm.LASTING),
  /// The bytes of one append overwrite something else; zeros stand where they belong.
  MISDIRECTED_WRITE(Domain.DISK, "misdirected-write", Trigger.HIT, "", "", "", Harm.LASTING),
  /// One sync reports success and makes nothing durable.
  LYING_SYNC(Domain.DISK, "lying-sync", Trigger.HIT, "", "", "", Harm.BEYOND),
  /// A file cannot be opened or made, once.
  OPEN_ERROR(Domain.DISK, "open-error", Trigger.HIT, "down", "", "", Harm.LOCAL),
  /// A rename fails, once; the file may have its new name all the same.
  RENAME_ERROR(Domain.DISK, "rename-error", Trigger.HIT, "down", "", "effect", Harm.LOCAL),
  /// A delete fails, once; the name may be gone all the same.
  DELETE_ERROR(Domain.DISK, "delete-error", Trigger.HIT, "down", "", "effect", Harm.LOCAL),
  /// A cut fails, once; the file may be cut all the same.
  TRUNCATE_ERROR(Domain.DISK, "truncate-error", Trigger.HIT, "down", "", "effect", Harm.LOCAL),
  /// One call that takes space finds none: an append, a create, a rename, a sync. The next may.
  SPACE_ERROR(Domain.DISK, "space-error", Trigger.HIT, "down", "", "", Harm.LOCAL),
  /// One read shows zeros where later bytes stand by now; the next one does not.
  STALE_READ(Domain.DISK, "stale-read", Trigger.HIT, "down", "", "", Harm.LOCAL),
  /// A block of one file is another one from now on.
  BAD_BLOCK(Domain.DISK, "bad-block", Trigger.SCHEDULED, "", "", "how", Harm.LOCAL),
  /// A file is cut, grown, swapped with another, as it was once, gone or unreadable from now on.
  BAD_FILE(Domain.DISK, "bad-file", Trigger.SCHEDULED, "", "", "how", Harm.LOCAL),
  /// One sync reports success, its bytes are lost, and the next one says so.
  LATE_SYNC_FAILURE(Domain.DISK, "late-sync-failure", Trigger.HIT, "down", "", "", Harm.BEYOND),
  /// One sync fails, and a process that starts anew still finds the bytes in the cache: they are
  /// lost only with the power (Rebello et al., ATC 2020).
  HIDDEN_SYNC_LOSS(Domain.DISK, "hidden-sync-loss", Trigger.HIT, "down", "", "", Harm.BEYOND),
  /// Lets crashes show stale blocks of an earlier file of the same name; no entries of its own.
  STALE_BLOCKS(Domain.DISK, "stale-blocks", Trigger.NEVER, "", "", "", Harm.BEYOND),
  /// A node crashes, and its disk comes back as it was before that time.
  ROLLBACK(Domain.DISK, "rollback", Trigger.SCHEDULED, "for", "", "", Harm.BEYOND),
  /// A node crashes, and its disk comes back empty.
  WIPE(Domain.DISK, "wipe", Trigger.SCHEDULED, "down", "", "", Harm.FORGETFUL),
  /// A machine is gone for good.
  LEAVE(Domain.PROCESS, "leave", Trigger.SCHEDULED, "", "", "", Harm.LASTING),
  /// The process dies at a named place in its code, by an exception; the machine stays up.
  EXCEPTION(Domain.PROCESS, "exception", Trigger.HIT, "down", "", "as"),
  /// A wall clock stands still, and is corrected later.
  FREEZE(Domain.CLOCK, "freeze", Trigger.SCHEDULED, "for", "", ""),
  /// A wall clock takes a leap second: one step back, or smeared over the time that it lasts.
  LEAP(Domain.CLOCK, "leap", Trigger.SCHEDULED, "for", "", "how"),
  /// One operation of a client: no fault, but an entry of a plan like the others, so that a plan
  /// tells all that came from outside. A plan that has any, or says `operations=planned`, runs no
  /// others.
  OPERATION(Domain.LOAD, "operation", Trigger.CLIENT, "", "", "do"),
  /// Lets an administrator change who takes part; each change is an entry of [#OPERATION].
  CHURN(Domain.LOAD, "churn", Trigger.NEVER, "", "", ""),
  /// Allows crashes to zero, garble and tear pages; no entries of its own.
  TORN(Domain.DISK, "torn", Trigger.NEVER, "", "", "");

  /// What part of the world a family strikes.
  public enum Domain {
    /// Messages and the ways that they take.
    NETWORK,
    /// Bytes, names and syncs.
    DISK,
    /// Nodes as a whole.
    PROCESS,
    /// What machines believe to be the time.
    CLOCK,
    /// In which order, and how late, what is due happens.
    ORDER,
    /// What clients ask for.
    LOAD
  }

  /// What a family leaves behind, which decides on how many nodes it may strike.
  public enum Harm {
    /// Nothing that a correct node cannot live with: it strikes anywhere.
    NONE,
    /// Durable bytes are damaged in a way that a checksum tells: on a minority of nodes only, which
    /// may refuse to start and are excused if they do.
    DETECTABLE,
    /// As before, but a restarted node might take the damage for a torn tail: on a minority of
    /// nodes only, which stay away once they are down.
    LASTING,
    /// A node comes back without anything that it has promised: on a minority of nodes only, of a
    /// system that says when it can tell such a node from the one that it knew.
    FORGETFUL,
    /// What one machine must survive or tell, and what no cluster draws unless it is named: a
    /// scenario of a store alone has them in its `all`.
    LOCAL,
    /// More than is promised to be survived; never part of `all`.
    BEYOND
  }

  /// What makes an entry of a family happen.
  public enum Trigger {
    /// A moment.
    SCHEDULED,
    /// The n-th message of a link.
    MESSAGE,
    /// The n-th time that a node does something.
    HIT,
    /// A client, at a moment or as soon as it has its last answer.
    CLIENT,
    /// Nothing.
    NEVER
  }

  private static final String LASTING = "for";
  private static final String DOWN = "down";

  private final Domain domain;
  private final Harm harm;
  private final String label;
  private final Trigger trigger;
  private final String durationKey;
  private final String amountKey;
  private final String detailKey;

  FaultFamily(
      Domain domain,
      String label,
      Trigger trigger,
      String durationKey,
      String amountKey,
      String detailKey) {
    this(domain, label, trigger, durationKey, amountKey, detailKey, Harm.NONE);
  }

  FaultFamily(
      Domain domain,
      String label,
      Trigger trigger,
      String durationKey,
      String amountKey,
      String detailKey,
      Harm harm) {
    this.harm = harm;
    this.domain = domain;
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

  /// What part of the world it strikes.
  public Domain domain() {
    return domain;
  }

  /// What it leaves behind.
  public Harm harm() {
    return harm;
  }

  /// Whether its entries begin at a moment and end at a later one; the others change something
  /// once.
  public boolean lasts() {
    return durationKey.equals(LASTING);
  }

  /// Whether its entries carry a moment.
  public boolean hasMoment() {
    return trigger == Trigger.SCHEDULED || trigger == Trigger.CLIENT;
  }

  /// Whether its entries take a node down for a while.
  public boolean takesDown() {
    return durationKey.equals(DOWN);
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

  /// The families of a list such as `partition,loss,crash`; `none` stands for itself, and `all` for
  /// those that a correct system is promised to survive.
  ///
  /// @throws IllegalArgumentException if a name is unknown
  public static Set<FaultFamily> parseList(String list) {
    if (list.equals("all")) {
      EnumSet<FaultFamily> all = EnumSet.allOf(FaultFamily.class);
      all.removeIf(
          family -> family.harm == Harm.BEYOND || family.harm == Harm.LOCAL || family == OPERATION);
      return all;
    }
    Set<FaultFamily> families = EnumSet.noneOf(FaultFamily.class);
    if (!list.equals("none")) {
      for (String label : list.split(",", -1)) {
        if (label.strip().equals("all")) {
          families.addAll(parseList("all"));
        } else {
          families.add(named(label.strip()));
        }
      }
    }
    return families;
  }
}
