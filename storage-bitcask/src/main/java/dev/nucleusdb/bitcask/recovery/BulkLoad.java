package dev.nucleusdb.bitcask.recovery;

import static dev.nucleusdb.core.assertion.Assertions.sometimes;
import static java.util.Objects.requireNonNull;

import dev.nucleusdb.bitcask.format.Entry;
import dev.nucleusdb.bitcask.format.Footer;
import dev.nucleusdb.bitcask.hint.HintStream;
import dev.nucleusdb.bitcask.hint.Hinted;
import dev.nucleusdb.bitcask.hint.ScannedRun;
import dev.nucleusdb.bitcask.index.Keydir;
import dev.nucleusdb.bitcask.segment.EntryReader;
import dev.nucleusdb.bitcask.segment.Segment;
import dev.nucleusdb.bitcask.segment.SegmentFolder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Gathers what a recovery finds as sorted runs and merges them into the index at once. What is
/// found when there is no more room for runs is learned one by one afterwards.
///
/// ```
///   hints, sorted as they are ─────────────────────┐
///   records of a scan ──► ScannedRun, while there  ├─ RunMerge ──► index ◄── Learner
///                              │  is room ─────────┘                            ▲
///                              └── afterwards ──────────────────────────────────┘
/// ```
///
/// What it keeps on the heap while it lasts is bounded by [RecoveryRoom].
final class BulkLoad implements AutoCloseable {
  private final SegmentFolder folder;
  private final Supplier<Keydir> empty;
  private final SupersedeRule rule;
  private final EntryReader reader;
  private final RecoveryRoom room;

  private final List<Hint> hints = new ArrayList<>();
  private final List<Late> late = new ArrayList<>();
  private final List<Scan> scans = new ArrayList<>();
  private long scannedBytes;

  /// Files whose hint showed something else when it was merged.
  private final List<Segment> unread = new ArrayList<>();

  private @Nullable Keydir keydir;
  private @Nullable Learner learner;

  /// A file that is read from its hint.
  private record Hint(Segment segment, Footer footer, HintStream stream) {}

  /// A file whose hint is read after the merge.
  private record Late(Segment segment, Footer footer) {}

  /// Records that a scan found in a file.
  private record Scan(Segment segment, ScannedRun run) {}

  /// @param empty makes an empty index
  /// @param reader reads single records afterwards
  BulkLoad(
      SegmentFolder folder,
      Supplier<Keydir> empty,
      SupersedeRule rule,
      EntryReader reader,
      RecoveryRoom room) {
    this.folder = folder;
    this.empty = empty;
    this.rule = rule;
    this.reader = reader;
    this.room = room;
  }

  /// Takes a file that can be read from its hint. To be called for all before the first [#add].
  ///
  /// @param footer what its seal says
  /// @return false if it has no hint that is whole
  boolean takeHint(Segment segment, Footer footer) {
    HintStream stream = folder.hints().stream(segment, folder.storeId(), footer);
    if (stream == null) {
      return false;
    }
    if (hints.size() < room.hints()) {
      hints.add(new Hint(segment, footer, stream));
    } else {
      stream.close();
      late.add(new Late(segment, footer));
    }
    return true;
  }

  /// A record that a scan found: counts in its file, too.
  void add(Segment segment, Entry entry) {
    if (learner == null && scannedBytes >= room.scannedBytes()) {
      merge(true);
    }
    Learner loaded = learner;
    if (loaded != null) {
      loaded.count(segment, entry);
      return;
    }
    while (!runOf(segment).add(entry)) {
      scans.add(new Scan(segment, new ScannedRun()));
    }
    scannedBytes += ScannedRun.memoryBytes(entry.keyBytes());
    segment.count(entry.sizeBytes(), entry.sequence(), entry.isTombstone(), entry.expiry());
  }

  private ScannedRun runOf(Segment segment) {
    if (scans.isEmpty() || scans.getLast().segment != segment) {
      scans.add(new Scan(segment, new ScannedRun()));
    }
    return scans.getLast().run;
  }

  /// Makes the index of all that was taken.
  ///
  /// @return files whose hint was damaged after all: they are to be scanned, and this called again
  List<Segment> finish() {
    if (learner == null) {
      merge(!late.isEmpty());
    }
    Learner loaded = requireNonNull(learner);
    for (Late file : late) {
      List<Hinted> hinted = folder.hints().read(file.segment, folder.storeId(), file.footer);
      if (hinted == null) {
        unread.add(file.segment);
      } else {
        restore(file.segment, file.footer);
        hinted.forEach(record -> loaded.learn(file.segment, record));
      }
    }
    late.clear();
    List<Segment> again = List.copyOf(unread);
    unread.clear();
    if (again.isEmpty()) {
      loaded.dropTombstones();
    }
    return again;
  }

  private static void restore(Segment segment, Footer footer) {
    segment.restore(footer);
    segment.hintSettled();
  }

  /// Merges all runs, and again without the hints that turn out to be damaged.
  ///
  /// @param moreFollows whether records may be found afterwards
  private void merge(boolean moreFollows) {
    scans.forEach(scan -> scan.run.sort());
    while (true) {
      Keydir index = empty.get();
      RunMerge merge = new RunMerge(inputs(), rule);
      boolean keepsTombstones = moreFollows || !unread.isEmpty();
      boolean anyTombstone = merge.run(index.loader(), keepsTombstones);
      if (hints.removeIf(this::isDamaged)) {
        sometimes("bitcask finds a hint damaged while it merges", true);
        index.close();
        hints.forEach(hint -> hint.stream.rewind());
        scans.forEach(scan -> scan.run.rewind());
        continue;
      }
      merge.countLive();
      hints.forEach(hint -> restore(hint.segment, hint.footer));
      keydir = index;
      learner = new Learner(folder, index, rule, reader, anyTombstone && keepsTombstones);
      letGo();
      return;
    }
  }

  private boolean isDamaged(Hint hint) {
    if (hint.stream.isWhole()) {
      return false;
    }
    hint.stream.close();
    unread.add(hint.segment);
    return true;
  }

  /// In the order of the files, which is that of their ids, and the active one is the last.
  private List<RunMerge.Input> inputs() {
    List<RunMerge.Input> inputs = new ArrayList<>();
    hints.forEach(hint -> inputs.add(new RunMerge.Input(hint.segment, hint.stream)));
    scans.forEach(scan -> inputs.add(new RunMerge.Input(scan.segment, scan.run)));
    inputs.sort(Comparator.comparingLong(input -> input.segment().fileId()));
    return inputs;
  }

  private void letGo() {
    hints.forEach(hint -> hint.stream.close());
    hints.clear();
    scans.clear();
  }

  /// The index, once it is finished.
  Keydir keydir() {
    return requireNonNull(keydir);
  }

  @Override
  public void close() {
    letGo();
  }
}
