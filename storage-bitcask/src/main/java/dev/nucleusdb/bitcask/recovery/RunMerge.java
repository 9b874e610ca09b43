package dev.nucleusdb.bitcask.recovery;

import dev.nucleusdb.bitcask.hint.MergedRuns;
import dev.nucleusdb.bitcask.hint.SortedRun;
import dev.nucleusdb.bitcask.index.Keydir;
import dev.nucleusdb.bitcask.index.Place;
import dev.nucleusdb.bitcask.segment.Segment;
import java.util.List;

/// Merges sorted runs into an index and counts what it points at. Nothing is read but the runs.
final class RunMerge {
  /// A run and the file that its records stand in.
  ///
  /// @param segment the file
  /// @param run before its first record
  record Input(Segment segment, SortedRun run) {}

  private final List<Input> inputs;
  private final MergedRuns merged;
  private final long[] liveBytes;

  /// @param inputs in the order of the files
  RunMerge(List<Input> inputs, SupersedeRule rule) {
    this.inputs = inputs;
    merged = new MergedRuns(inputs.stream().map(Input::run).toList(), rule::supersedes);
    liveBytes = new long[inputs.size()];
  }

  /// Merges all of it.
  ///
  /// @param keepsTombstones whether deleted keys go into the index, too, with the places of their
  ///   tombstones
  /// @return whether there was a tombstone that counts
  boolean run(Keydir.Loader loader, boolean keepsTombstones) {
    int[] numbers = inputs.stream().mapToInt(input -> input.segment.number()).toArray();
    boolean anyTombstone = false;
    while (merged.next()) {
      int sizeBytes = merged.sizeBytes();
      boolean tombstone = merged.isTombstone();
      if (tombstone) {
        anyTombstone = true;
      } else {
        liveBytes[merged.index()] += sizeBytes;
      }
      if (!tombstone || keepsTombstones) {
        long place = Place.of(numbers[merged.index()], merged.offset(), sizeBytes, tombstone);
        loader.add(merged.keyBuffer(), merged.keyLength(), place);
      }
    }
    loader.finish();
    return anyTombstone;
  }

  /// Tells each file how much of it the index points at.
  void countLive() {
    for (int run = 0; run < liveBytes.length; run++) {
      inputs.get(run).segment.becameLive(liveBytes[run]);
    }
  }
}
