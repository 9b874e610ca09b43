package dev.nucleusdb.raft.replication;

import static dev.nucleusdb.core.assertion.Assertions.invariant;

import dev.nucleusdb.raft.membership.Stores;

/// What a leader knows of one follower.
///
/// Invariant: `matchIndex < nextIndex`; `matchIndex` never falls within a term.
public final class Progress {
  /// How entries are sent.
  public enum Mode {
    /// One request at a time, until the logs are known to agree somewhere.
    PROBE,
    /// Ahead of the replies, up to the window.
    REPLICATE,
    /// Not at all, because the log no longer holds what it needs: a snapshot is on its way.
    SNAPSHOT
  }

  private static final int INFLIGHT_FEW = 4;
  private static final long[] NONE = new long[0];

  private final int inflightMax;

  /// A ring of the last index of each request under way; no longer than was ever needed since
  /// [#rest].
  private long[] inflightLastIndex = NONE;

  private int inflightHead;
  private int inflightCount;
  private Mode mode = Mode.PROBE;
  private boolean probing;
  private long matchIndex;
  private long nextIndex;
  private long storeId;
  private long formerStoreId;
  private long strangeStoreId;
  private long heardNanos;
  private long movedNanos;
  private long round;
  private long mark;

  /// A follower of a new leader.
  ///
  /// @param nextIndex the first index to try
  /// @param inflightMax how many requests may be under way
  /// @param nowNanos counts as having been heard from
  public Progress(long nextIndex, int inflightMax, long nowNanos) {
    this.nextIndex = nextIndex;
    this.inflightMax = inflightMax;
    this.heardNanos = nowNanos;
    this.movedNanos = nowNanos;
  }

  /// The last index known to match and to be durable there.
  public long matchIndex() {
    return matchIndex;
  }

  /// The first index to send next.
  public long nextIndex() {
    return nextIndex;
  }

  /// The largest broadcast round that the follower has answered.
  public long round() {
    return round;
  }

  /// The follower's last number for a moment of its clock; 0 if it has sent none.
  public long mark() {
    return mark;
  }

  /// It has sent a number for a moment of its clock; 0 if it has not.
  public void marked(long number) {
    mark = number == 0 ? mark : number;
  }

  /// How entries are sent now.
  public Mode mode() {
    return mode;
  }

  /// When it was last heard from, in the leader's time.
  public long heardNanos() {
    return heardNanos;
  }

  /// Whether a request with entries may be sent now.
  public boolean maySend() {
    return switch (mode) {
      case PROBE -> !probing;
      case REPLICATE -> inflightCount < inflightMax;
      case SNAPSHOT -> false;
    };
  }

  /// A request with the entries up to `lastIndex` is on its way.
  public void sent(long lastIndex, long nowNanos) {
    if (mode == Mode.PROBE) {
      probing = true;
      movedNanos = nowNanos;
      return;
    }
    if (inflightCount == 0) {
      movedNanos = nowNanos;
    }
    if (inflightCount == inflightLastIndex.length) {
      grow();
    }
    int slot = (inflightHead + inflightCount) % inflightLastIndex.length;
    inflightLastIndex[slot] = lastIndex;
    inflightCount++;
    nextIndex = lastIndex + 1;
  }

  private void grow() {
    long[] longer = new long[Math.min(inflightMax, Math.max(INFLIGHT_FEW, 2 * inflightCount))];
    for (int i = 0; i < inflightCount; i++) {
      longer[i] = inflightLastIndex[(inflightHead + i) % inflightLastIndex.length];
    }
    inflightLastIndex = longer;
    inflightHead = 0;
  }

  /// Nothing is under way for long: keeps no room for it.
  public void rest() {
    if (inflightCount == 0) {
      inflightLastIndex = NONE;
      inflightHead = 0;
    }
  }

  /// Of a follower that has all of the log and speaks from the disk that it is bound to nothing
  /// else need be known while it sleeps: [#restored] makes as much of these.
  ///
  /// @param lastIndex the end of the log
  /// @param boundStoreId the disk
  boolean isAllAbout(long lastIndex, long boundStoreId) {
    return mode == Mode.REPLICATE
        && inflightCount == 0
        && matchIndex == lastIndex
        && boundStoreId != Stores.UNKNOWN
        && storeId == boundStoreId
        && formerStoreId == Stores.UNKNOWN
        && strangeStoreId == Stores.UNKNOWN;
  }

  /// A follower that has all of the log.
  ///
  /// @param lastIndex the end of the log
  /// @param boundStoreId the disk that it is known by
  /// @param round a round that it has answered
  /// @param heardNanos a moment after which it was heard
  static Progress restored(
      long lastIndex, long boundStoreId, long round, int inflightMax, long heardNanos) {
    Progress progress = new Progress(lastIndex + 1, inflightMax, heardNanos);
    progress.heard(round, heardNanos);
    progress.accepted(lastIndex, heardNanos);
    progress.speaksFrom(boundStoreId);
    return progress;
  }

  /// It is sent a snapshot, and no entries before that has arrived.
  public void awaitSnapshot() {
    mode = Mode.SNAPSHOT;
    probing = false;
    inflightCount = 0;
  }

  /// It needs no snapshot any more, or cannot be sent one: entries go on after what it has.
  public void endSnapshot() {
    probeFrom(matchIndex + 1);
  }

  /// It speaks from the store that it is known by in this reign: the first that it was heard from.
  public void speaksFrom(long knownStoreId) {
    storeId = knownStoreId;
  }

  /// It has lost its disk, and all that is known of its log with it; what it speaks from now is its
  /// store from here on.
  ///
  /// @return false if that is an old message, from the disk that it had before
  public boolean beginsAnew(long newStoreId) {
    if (newStoreId == formerStoreId) {
      return false;
    }
    formerStoreId = storeId;
    storeId = newStoreId;
    strangeStoreId = 0;
    matchIndex = 0;
    round = 0;
    if (mode != Mode.SNAPSHOT) {
      probeFrom(nextIndex);
    }
    return true;
  }

  /// It speaks from another store than the one that it is known by.
  public void speaksStrangely(long otherStoreId) {
    strangeStoreId = otherStoreId == formerStoreId ? strangeStoreId : otherStoreId;
  }

  /// The store that it was first heard from in this reign, or began anew with; 0 if it was not.
  public long storeId() {
    return storeId;
  }

  /// Another store that it speaks from now; 0 if there is none.
  public long strangeStoreId() {
    return strangeStoreId;
  }

  /// Anything was heard of it.
  public void heard(long answeredRound, long nowNanos) {
    heardNanos = nowNanos;
    round = Math.max(round, answeredRound);
  }

  /// It has accepted everything up to `index`.
  ///
  /// @return whether that is news
  public boolean accepted(long index, long nowNanos) {
    boolean news = index > matchIndex;
    if (news) {
      matchIndex = index;
      movedNanos = nowNanos;
    }
    if (mode == Mode.PROBE && index >= nextIndex - 1) {
      mode = Mode.REPLICATE;
      probing = false;
      inflightCount = 0;
    }
    nextIndex = Math.max(nextIndex, matchIndex + 1);
    while (inflightCount > 0 && inflightLastIndex[inflightHead] <= matchIndex) {
      inflightHead = (inflightHead + 1) % inflightLastIndex.length;
      inflightCount--;
    }
    return news;
  }

  /// It has rejected a request that began after `rejectedIndex`.
  ///
  /// @param tryIndex where the logs may agree
  /// @return false if the reply is old and says nothing
  public boolean rejected(long rejectedIndex, long tryIndex) {
    boolean stale =
        switch (mode) {
          case REPLICATE -> rejectedIndex <= matchIndex;
          case PROBE -> rejectedIndex != nextIndex - 1;
          case SNAPSHOT -> true;
        };
    if (stale) {
      return false;
    }
    probeFrom(Math.max(matchIndex, Math.min(rejectedIndex - 1, tryIndex)) + 1);
    return true;
  }

  /// Gives up waiting for replies that have not come for `timeoutNanos`: what was under way counts
  /// as lost.
  ///
  /// @return whether there was something to give up
  public boolean giveUpSilence(long nowNanos, long timeoutNanos) {
    boolean waiting = probing || inflightCount > 0;
    if (!waiting || nowNanos - movedNanos < timeoutNanos) {
      return false;
    }
    probeFrom(mode == Mode.PROBE ? nextIndex : matchIndex + 1);
    return true;
  }

  private void probeFrom(long index) {
    mode = Mode.PROBE;
    probing = false;
    inflightCount = 0;
    nextIndex = index;
    invariant(nextIndex > matchIndex, "next index %d, match index %d", nextIndex, matchIndex);
  }
}
