package dev.nucleusdb.raft.log;

import static dev.nucleusdb.core.assertion.Assertions.invariant;

import dev.nucleusdb.raft.membership.Membership;
import dev.nucleusdb.raft.snapshot.SnapshotMark;
import dev.nucleusdb.raft.snapshot.SnapshotRule;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The entries that this member holds, in memory: those after the *base*, which are committed, and
/// in the state machine durably. Indices start at 1; index 0 has term 0.
///
/// Invariants: terms never fall as the index rises; `base <= lastIndex`; of an array that entries
/// share at least half is for entries that are held, or was when it came.
///
/// Entries may be *lost*: the disk was damaged, and only their places and terms are left
/// ([Entry#isLost]). A log with such a hole says where it ends, for elections, as it did before;
/// nothing behind the hole is acknowledged, applied or sent before it is filled.
public final class RaftLog {
  private static final int ENTRY_BYTES = 64;
  private static final byte[] NONE = new byte[0];

  private final ArrayList<Entry> entries = new ArrayList<>();
  private final Memberships memberships = new Memberships();
  private long baseIndex;
  private long baseTerm;
  private long sizeBytes;

  /// The first entry that is lost; far away if none is.
  private long firstLostIndex = Long.MAX_VALUE;

  /// A log as it was found on the disk, whose beginning names no membership.
  ///
  /// @param baseIndex the index before the first entry
  /// @param baseTerm the term of that index
  /// @param entries what follows
  public RaftLog(long baseIndex, long baseTerm, List<Entry> entries) {
    this(baseIndex, baseTerm, null, entries);
  }

  /// A log as it was found on the disk.
  ///
  /// @param baseIndex the index before the first entry
  /// @param baseTerm the term of that index
  /// @param baseMembership the membership in force there; null if no entry has named one yet
  /// @param entries what follows
  public RaftLog(
      long baseIndex, long baseTerm, @Nullable Membership baseMembership, List<Entry> entries) {
    this.baseIndex = baseIndex;
    this.baseTerm = baseTerm;
    if (baseMembership != null) {
      memberships.append(baseIndex, baseMembership);
    }
    entries.forEach(this::add);
  }

  /// The membership in force: the last that the log names, or null if it names none.
  public @Nullable Membership membership() {
    return memberships.last();
  }

  /// The index of the entry that named it, or one at or below the base; 0 if there is none.
  public long membershipIndex() {
    return memberships.lastIndex();
  }

  /// The membership in force at the base; null if none was named up to there.
  public @Nullable Membership baseMembership() {
    return memberships.at(baseIndex);
  }

  /// The membership in force at an index, not below the base; null if none was named up to there.
  public @Nullable Membership membershipAt(long index) {
    return memberships.at(index);
  }

  /// Shares the memberships that it names with other logs.
  ///
  /// @param canonical an equal object for each, the same for all logs
  public void shareMemberships(UnaryOperator<Membership> canonical) {
    memberships.replaceAll(canonical);
  }

  /// The index before the first entry held.
  public long baseIndex() {
    return baseIndex;
  }

  /// The index of the last entry; the base if there is none.
  public long lastIndex() {
    return baseIndex + entries.size();
  }

  /// The term of the last entry.
  public long lastTerm() {
    return termAt(lastIndex());
  }

  /// The last index up to which no entry is lost.
  public long soundIndex() {
    return Math.min(lastIndex(), firstLostIndex - 1);
  }

  /// Whether no entry is lost.
  public boolean isSound() {
    return firstLostIndex == Long.MAX_VALUE;
  }

  /// Whether the entry at `index` is lost, and was of that term: then another member's entry of
  /// this index and term is what it was (Log Matching, §5.3).
  public boolean lacks(long index, long term) {
    return index >= firstLostIndex
        && index <= lastIndex()
        && entryAt(index).isLost()
        && termAt(index) == term;
  }

  /// The last entry that is lost up to an index; 0 if none is.
  public long lastLostUpTo(long index) {
    long last = Math.min(index, lastIndex());
    while (last >= firstLostIndex && !entryAt(last).isLost()) {
      last--;
    }
    return last >= firstLostIndex ? last : 0;
  }

  /// Puts an entry that is lost in its place again.
  public void fill(long index, Entry entry) {
    entries.set((int) (index - baseIndex - 1), entry);
    sizeBytes += entry.size();
    seekLost(firstLostIndex);
  }

  private void seekLost(long from) {
    long index = Math.max(from, baseIndex + 1);
    while (index <= lastIndex() && !entryAt(index).isLost()) {
      index++;
    }
    firstLostIndex = index <= lastIndex() ? index : Long.MAX_VALUE;
  }

  /// Bytes of all commands held.
  public long sizeBytes() {
    return sizeBytes;
  }

  /// What the entries held take, about: their commands, and something for each.
  public long heldBytes() {
    return sizeBytes + (long) ENTRY_BYTES * entries.size();
  }

  /// The smallest index that would leave no more than `bytesMax` of [#heldBytes], if the log were
  /// released up to it.
  public long indexLeaving(long bytesMax) {
    long bytes = heldBytes();
    long index = baseIndex;
    while (bytes > bytesMax && index < lastIndex()) {
      index++;
      bytes -= ENTRY_BYTES + entryAt(index).size();
    }
    return index;
  }

  /// The term of the entry at `index`.
  ///
  /// @throws dev.nucleusdb.core.assertion.InvariantViolation if `index` lies outside of base and
  ///   last
  public long termAt(long index) {
    if (index == baseIndex) {
      return baseTerm;
    }
    return entryAt(index).term();
  }

  /// The entry at `index`.
  ///
  /// @throws dev.nucleusdb.core.assertion.InvariantViolation if it is not held
  public Entry entryAt(long index) {
    long lastIndex = lastIndex();
    invariant(
        index > baseIndex && index <= lastIndex,
        "no entry %d in a log that ends at %d",
        index,
        lastIndex);
    return entries.get((int) (index - baseIndex - 1));
  }

  /// Whether an entry of that index and term is in the log (§5.3); indices up to the base count as
  /// matching, because what was released is the same everywhere.
  public boolean matches(long index, long term) {
    return index < baseIndex || (index <= lastIndex() && termAt(index) == term);
  }

  /// Entries from `firstIndex` on: at least one if there is one, then as many as fit the limits.
  public List<Entry> slice(long firstIndex, int countMax, int bytesMax) {
    long lastIndex = lastIndex();
    long held = Math.max(0, lastIndex - firstIndex + 1);
    List<Entry> slice = new ArrayList<>((int) Math.min(held, countMax));
    long bytes = 0;
    for (long i = firstIndex; i <= lastIndex && slice.size() < countMax; i++) {
      Entry entry = entryAt(i);
      bytes += entry.size();
      if (!slice.isEmpty() && bytes > bytesMax) {
        break;
      }
      slice.add(entry);
    }
    return slice;
  }

  /// Adds an entry at the end.
  public void append(Entry entry) {
    invariant(entry.term() >= lastTerm(), "term %d after term %d", entry.term(), lastTerm());
    add(entry);
  }

  /// Drops the entries from `firstIndex` on, and the memberships that they name.
  public void truncateFrom(long firstIndex) {
    truncateFrom(firstIndex, LogRule.RAFT);
  }

  /// Drops the entries from `firstIndex` on.
  ///
  /// @param rule whether the memberships that they name go with them
  public void truncateFrom(long firstIndex, LogRule rule) {
    invariant(firstIndex > baseIndex, "cut at %d, base is %d", firstIndex, baseIndex);
    List<Entry> cut = entries.subList((int) (firstIndex - baseIndex - 1), entries.size());
    byte[] cutBytes = cut.isEmpty() ? NONE : cut.getFirst().bytes();
    for (Entry entry : cut) {
      sizeBytes -= entry.size();
    }
    cut.clear();
    firstLostIndex = firstLostIndex < firstIndex ? firstLostIndex : Long.MAX_VALUE;
    letGo(cutBytes, entries.size() - 1, -1);
    if (rule.undoesMembership()) {
      memberships.truncateFrom(firstIndex);
    }
  }

  /// Drops the entries up to `index` from memory; does nothing below the base.
  public void release(long index) {
    if (index <= baseIndex) {
      return;
    }
    invariant(index <= lastIndex(), "release of %d, log ends at %d", index, lastIndex());
    Entry last = entryAt(index);
    List<Entry> released = entries.subList(0, (int) (index - baseIndex));
    for (Entry entry : released) {
      sizeBytes -= entry.size();
    }
    released.clear();
    baseIndex = index;
    baseTerm = last.term();
    letGo(last.bytes(), 0, 1);
    memberships.release(index);
    if (firstLostIndex <= index) {
      seekLost(index + 1);
    }
  }

  /// Entries beside a cut, and others that are gone, came in one array: if less than half of it is
  /// for those that are held, each gets its own.
  ///
  /// @param shared the array
  /// @param place of the first of them, if there is one
  /// @param step to the next
  @SuppressWarnings("ReferenceEquality") // The same array is meant, not an equal one.
  private void letGo(byte[] shared, int place, int step) {
    long held = 0;
    int end = place;
    while (end >= 0 && end < entries.size() && entries.get(end).bytes() == shared) {
      held += entries.get(end).size();
      end += step;
    }
    if (2 * held < shared.length) {
      for (int i = place; i != end; i += step) {
        entries.set(i, entries.get(i).alone());
      }
    }
  }

  /// A snapshot stands for all entries up to an index now: what follows it here stays if the log
  /// has that very entry, else nothing stays (§7).
  ///
  /// @param mark which; above the base
  /// @param rule what stays
  /// @return whether what follows stays
  public boolean restartAfter(SnapshotMark mark, SnapshotRule rule) {
    long index = mark.index();
    invariant(index > baseIndex, "a snapshot at %d, base is %d", index, baseIndex);
    if (index <= lastIndex() && rule.keepsSuffix(termAt(index) == mark.term())) {
      release(index);
      return true;
    }
    entries.clear();
    firstLostIndex = Long.MAX_VALUE;
    sizeBytes = 0;
    baseIndex = index;
    baseTerm = mark.term();
    if (rule.replacesMembership() || memberships.lastIndex() <= index) {
      memberships.restart(index, mark.membership());
    }
    return false;
  }

  /// Nothing is appended for long: keeps no room for it.
  public void rest() {
    entries.trimToSize();
  }

  /// The largest index not above `index` whose term is not above `term`: where two logs may agree
  /// (§5.3, fast backtracking).
  public long lastIndexWithTermAtMost(long index, long term) {
    long i = Math.min(index, lastIndex());
    while (i > baseIndex && termAt(i) > term) {
      i--;
    }
    return i;
  }

  private void add(Entry entry) {
    entries.add(entry);
    sizeBytes += entry.size();
    if (entry.isLost() && isSound()) {
      firstLostIndex = lastIndex();
    }
    Membership membership = entry.membership();
    if (membership != null) {
      memberships.append(lastIndex(), membership);
    }
  }
}
