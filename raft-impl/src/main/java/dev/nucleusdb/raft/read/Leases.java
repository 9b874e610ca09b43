package dev.nucleusdb.raft.read;

import static dev.nucleusdb.core.assertion.Assertions.sometimes;

import org.jspecify.annotations.Nullable;

/// What a member knows of leases: of its own while it leads, and of those of others, for which it
/// waits should it come to lead.
///
/// ```
///   leader    made ──────── committed ─── reads are served at once ──────┤ made + held
///   others      learned ─────────────── whoever leads commits nothing ───────────┤ learned + wait
///               ▲ not before it was made: by whatever clock, it ends later
/// ```
///
/// All moments are of the member's own monotonic clock. What a member has in its log when it starts
/// it learns at that moment, because its clock says nothing of the time before.
public final class Leases {
  /// Entries that a leader makes in one such part of a lease count as made at its beginning.
  private static final int PARTS = 32;

  private static final long NEVER = Long.MIN_VALUE;
  private static final long[] NONE = new long[0];

  private final LeaseOptions options;
  private final LeaseRule rule;

  /// When the newest entry of the log was learned, or the log was found on the disk.
  private long learnedNanos;

  /// Until when no leader after the one that was heard commits anything.
  private long inheritedUntilNanos = NEVER;

  /// In this term, should it lead it, nobody holds a lease by entries up to [#releasedIndex].
  private long releasedTerm;

  private long releasedIndex;

  /// Null while this member does not lead.
  private @Nullable Reign reign;

  /// What a leader knows of its own leases.
  private static final class Reign {
    final long inheritedIndex;
    final long commitFromNanos;
    boolean deferred;
    long givenUpIndex;
    boolean wanted;
    long newestMadeNanos;

    /// When the entry was made by which a lease is held.
    long heldFromNanos = NEVER;

    /// Entries that are not committed: the last of each part, and when the part began. A ring,
    /// without room while no entry was made since [#rest].
    long[] madeIndex = NONE;

    long[] madeNanos = NONE;
    int head;
    int count;

    Reign(long inheritedIndex, long commitFromNanos) {
      this.inheritedIndex = inheritedIndex;
      this.commitFromNanos = commitFromNanos;
    }

    void made(long index, long nowNanos, long partNanos) {
      newestMadeNanos = nowNanos;
      if (madeIndex.length == 0) {
        madeIndex = new long[PARTS * 2];
        madeNanos = new long[PARTS * 2];
        head = 0;
      }
      int last = (head + count - 1) % madeIndex.length;
      if (count > 0 && nowNanos - madeNanos[last] < partNanos) {
        madeIndex[last] = index;
        return;
      }
      if (count == madeIndex.length) {
        // The oldest is older than a lease.
        removeFirst();
      }
      int slot = (head + count) % madeIndex.length;
      madeIndex[slot] = index;
      madeNanos[slot] = nowNanos;
      count++;
    }

    void removeFirst() {
      head = (head + 1) % madeIndex.length;
      count--;
    }

    void rest() {
      if (count == 0) {
        madeIndex = NONE;
        madeNanos = NONE;
        head = 0;
      }
    }
  }

  public Leases(LeaseOptions options, LeaseRule rule) {
    this.options = options;
    this.rule = rule;
  }

  /// An entry is in the log, or many are.
  public void appended(long index, long nowNanos) {
    if (!options.isOn()) {
      return;
    }
    learnedNanos = nowNanos;
    if (reign != null) {
      reign.made(index, nowNanos, options.heldNanos() / PARTS);
    }
  }

  /// The leader holds a lease.
  ///
  /// @param sinceNanos a moment before the leader said so
  /// @param leftNanos for how long, from when it said so, by its own clock; 0 if it holds none
  public void heardLease(long sinceNanos, long leftNanos) {
    if (options.isOn() && leftNanos > 0) {
      // Members with other options: what is longer than here nobody here would wait for.
      long left = Math.min(leftNanos, options.heldNanos());
      inheritedUntilNanos = Math.max(inheritedUntilNanos, sinceNanos + left);
    }
  }

  /// The leader before has asked this member to lead a term, and serves no reads by what it has
  /// written.
  ///
  /// @param index the end of its log; 0 if others may hold leases too
  public void released(long term, long index) {
    releasedTerm = term;
    releasedIndex = index;
  }

  /// This member leads from now on.
  ///
  /// @param lastIndex the end of its log, which others have made; 0 if there is none
  public void reignBegins(long term, long lastIndex, long nowNanos) {
    boolean free = lastIndex == 0 || (term == releasedTerm && lastIndex <= releasedIndex);
    sometimes("raft leader need not wait for a lease that was given up", free && lastIndex > 0);
    long commitFrom =
        free || !options.isOn() ? NEVER : Math.addExact(learnedNanos, rule.waitNanos(options));
    reign = new Reign(lastIndex, commitFrom);
    reign.deferred = nowNanos < commitFrom;
    sometimes("raft defers commitment until an earlier lease is over", reign.deferred);
  }

  /// This member leads no more.
  public void reignEnds() {
    reign = null;
  }

  /// Nothing is proposed or read for long: keeps no room for it.
  public void rest() {
    if (reign != null) {
      reign.rest();
    }
  }

  /// Whether entries may be committed by now.
  public boolean mayCommit(long nowNanos) {
    if (reign == null) {
      return true;
    }
    if (nowNanos < reign.commitFromNanos) {
      return false;
    }
    reign.deferred = false;
    return true;
  }

  private boolean isDeferred() {
    return reign != null && reign.deferred;
  }

  /// When entries may be committed that must wait now.
  public long deadlineNanos() {
    return reign != null && reign.deferred ? reign.commitFromNanos : Long.MAX_VALUE;
  }

  /// For how much longer nothing may be committed.
  public long waitsNanos(long nowNanos) {
    return isDeferred() ? Math.max(0, deadlineNanos() - nowNanos) : 0;
  }

  /// Whether entries that waited may be committed now.
  public boolean isDue(long nowNanos) {
    return isDeferred() && nowNanos >= deadlineNanos();
  }

  /// The log is committed up to an index, in this member's own term.
  public void committed(long commitIndex, long nowNanos) {
    Reign own = reign;
    while (own != null && own.count > 0 && own.madeIndex[own.head] <= commitIndex) {
      if (own.madeIndex[own.head] > own.givenUpIndex) {
        long from = rule.heldFrom(own.madeNanos[own.head], nowNanos);
        own.heldFromNanos = Math.max(own.heldFromNanos, from);
      }
      own.removeFirst();
    }
  }

  /// For how long a leader still holds its lease; 0 if it holds none.
  public long leftNanos(long nowNanos) {
    return reign == null || reign.heldFromNanos == NEVER
        ? 0
        : Math.max(0, reign.heldFromNanos + options.heldNanos() - nowNanos);
  }

  /// Whether a leader may serve a read at once.
  public boolean mayRead(long commitIndex, long nowNanos) {
    return leftNanos(nowNanos) > 0 || mayInherit(commitIndex, nowNanos);
  }

  private boolean mayInherit(long commitIndex, long nowNanos) {
    return reign != null
        && reign.deferred
        && reign.givenUpIndex == 0
        && nowNanos < inheritedUntilNanos
        && rule.mayInherit(commitIndex, reign.inheritedIndex);
  }

  /// Somebody reads, and would rather not ask a majority.
  public void wanted() {
    if (reign != null) {
      reign.wanted = true;
    }
  }

  /// Whether the leader should make an empty entry, because somebody reads and the lease, if there
  /// is one, is half over.
  public boolean isEntryWanted(long nowNanos) {
    if (reign == null || !reign.wanted) {
      return false;
    }
    reign.wanted = false;
    boolean due = options.isOn() && nowNanos - reign.newestMadeNanos > options.heldNanos() / 2;
    return due && !reign.deferred;
  }

  /// Another member is told to take over at once: nothing that was made by now is a lease of this
  /// one any more.
  ///
  /// @param lastIndex the end of its log
  /// @return up to where the other need not wait for the leases of entries; 0 if it must, because
  ///   those of leaders before may last
  public long giveUp(long lastIndex, long nowNanos) {
    long index = rule.givenUp(lastIndex);
    Reign own = reign;
    if (own == null) {
      return 0;
    }
    own.givenUpIndex = Math.max(own.givenUpIndex, index);
    if (index > 0) {
      own.heldFromNanos = NEVER;
    }
    return options.isOn() && nowNanos >= own.commitFromNanos ? lastIndex : 0;
  }
}
