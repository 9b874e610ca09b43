package dev.nucleusdb.raft.read;

import static dev.nucleusdb.core.assertion.Assertions.sometimes;

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

  private final LeaseOptions options;
  private final LeaseRule rule;

  /// When the newest entry of the log was learned, or the log was found on the disk.
  private long learnedNanos;

  /// Until when no leader after the one that was heard commits anything.
  private long inheritedUntilNanos = NEVER;

  /// In this term, should it lead it, nobody holds a lease by entries up to [#releasedIndex].
  private long releasedTerm;

  private long releasedIndex;

  private boolean leading;
  private long commitFromNanos = NEVER;
  private boolean deferred;
  private long inheritedIndex;
  private long givenUpIndex;
  private boolean wanted;
  private long newestMadeNanos;

  /// When the entry was made by which a lease is held.
  private long heldFromNanos = NEVER;

  /// Entries that are not committed: the last of each part, and when the part began. A ring.
  private final long[] madeIndex;

  private final long[] madeNanos;
  private int head;
  private int count;

  public Leases(LeaseOptions options, LeaseRule rule) {
    this.options = options;
    this.rule = rule;
    this.madeIndex = new long[options.isOn() ? PARTS * 2 : 0];
    this.madeNanos = new long[madeIndex.length];
  }

  /// An entry is in the log, or many are.
  public void appended(long index, long nowNanos) {
    if (!options.isOn()) {
      return;
    }
    learnedNanos = nowNanos;
    if (leading) {
      newestMadeNanos = nowNanos;
      made(index, nowNanos);
    }
  }

  private void made(long index, long nowNanos) {
    int last = (head + count - 1) % madeIndex.length;
    if (count > 0 && nowNanos - madeNanos[last] < options.heldNanos() / PARTS) {
      madeIndex[last] = index;
      return;
    }
    if (count == madeIndex.length) {
      // The oldest is older than a lease.
      head = (head + 1) % madeIndex.length;
      count--;
    }
    int slot = (head + count) % madeIndex.length;
    madeIndex[slot] = index;
    madeNanos[slot] = nowNanos;
    count++;
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
    leading = true;
    wanted = false;
    count = 0;
    givenUpIndex = 0;
    heldFromNanos = NEVER;
    inheritedIndex = lastIndex;
    boolean free = lastIndex == 0 || (term == releasedTerm && lastIndex <= releasedIndex);
    sometimes("raft leader need not wait for a lease that was given up", free && lastIndex > 0);
    commitFromNanos =
        free || !options.isOn() ? NEVER : Math.addExact(learnedNanos, rule.waitNanos(options));
    deferred = nowNanos < commitFromNanos;
    sometimes("raft defers commitment until an earlier lease is over", deferred);
  }

  /// This member leads no more.
  public void reignEnds() {
    leading = false;
    deferred = false;
    heldFromNanos = NEVER;
  }

  /// Whether entries may be committed by now.
  public boolean mayCommit(long nowNanos) {
    if (nowNanos < commitFromNanos) {
      return false;
    }
    deferred = false;
    return true;
  }

  /// When entries may be committed that must wait now.
  public long deadlineNanos() {
    return deferred ? commitFromNanos : Long.MAX_VALUE;
  }

  /// For how much longer nothing may be committed.
  public long waitsNanos(long nowNanos) {
    return deferred ? Math.max(0, commitFromNanos - nowNanos) : 0;
  }

  /// Whether entries that waited may be committed now.
  public boolean isDue(long nowNanos) {
    return deferred && nowNanos >= commitFromNanos;
  }

  /// The log is committed up to an index, in this member's own term.
  public void committed(long commitIndex, long nowNanos) {
    while (count > 0 && madeIndex[head] <= commitIndex) {
      if (madeIndex[head] > givenUpIndex) {
        heldFromNanos = Math.max(heldFromNanos, rule.heldFrom(madeNanos[head], nowNanos));
      }
      head = (head + 1) % madeIndex.length;
      count--;
    }
  }

  /// For how long a leader still holds its lease; 0 if it holds none.
  public long leftNanos(long nowNanos) {
    return heldFromNanos == NEVER ? 0 : Math.max(0, heldFromNanos + options.heldNanos() - nowNanos);
  }

  /// Whether a leader may serve a read at once.
  public boolean mayRead(long commitIndex, long nowNanos) {
    return leftNanos(nowNanos) > 0 || mayInherit(commitIndex, nowNanos);
  }

  private boolean mayInherit(long commitIndex, long nowNanos) {
    return leading
        && deferred
        && givenUpIndex == 0
        && nowNanos < inheritedUntilNanos
        && rule.mayInherit(commitIndex, inheritedIndex);
  }

  /// Somebody reads, and would rather not ask a majority.
  public void wanted() {
    wanted = true;
  }

  /// Whether the leader should make an empty entry, because somebody reads and the lease, if there
  /// is one, is half over.
  public boolean isEntryWanted(long nowNanos) {
    boolean due = wanted && options.isOn() && nowNanos - newestMadeNanos > options.heldNanos() / 2;
    wanted = false;
    return due && !deferred;
  }

  /// Another member is told to take over at once: nothing that was made by now is a lease of this
  /// one any more.
  ///
  /// @param lastIndex the end of its log
  /// @return up to where the other need not wait for the leases of entries; 0 if it must, because
  ///   those of leaders before may last
  public long giveUp(long lastIndex, long nowNanos) {
    long index = rule.givenUp(lastIndex);
    givenUpIndex = Math.max(givenUpIndex, index);
    if (index > 0) {
      heldFromNanos = NEVER;
    }
    return options.isOn() && nowNanos >= commitFromNanos ? lastIndex : 0;
  }
}
