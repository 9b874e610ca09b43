package dev.nucleusdb.bitcask;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.bitcask.cipher.Encryption;
import dev.nucleusdb.bitcask.segment.SegmentFolder;
import dev.nucleusdb.core.random.SplitMix;
import dev.nucleusdb.core.trace.Trace;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// No two files ever have the same id, also where a crash took the first one without a trace:
/// blocks of it that a file system shows in the second would pass for frames.
class FileIdTest {
  private final MemoryDisk disk = new MemoryDisk();
  private final TreeSet<Long> given = new TreeSet<>();

  private static SegmentFolder open(MemoryDisk disk) {
    SegmentFolder folder = new SegmentFolder(disk, "store", Encryption.NONE, Trace.NONE);
    folder.open(new SplitMix(1), Map.of());
    return folder;
  }

  private void give(SegmentFolder folder, int count) {
    for (int number = 0; number < count; number++) {
      long id = folder.createSegment().fileId();
      assertThat(given.add(id)).as("id %d", id).isTrue();
    }
  }

  @Test
  void an_id_that_a_crash_took_is_not_given_again() {
    SegmentFolder folder = open(disk);
    given.add(folder.active().fileId());
    for (int count : List.of(1, 3, 63, 64, 65, 200)) {
      give(folder, count);
      disk.crash(null);
      folder = open(disk);
      assertThat(disk.list("store")).as("the active file and the manifest, twice").hasSize(3);
    }
    give(folder, 1);
  }

  @Test
  void a_roll_that_a_crash_took_leaves_no_id_behind() {
    SegmentFolder folder = open(disk);
    for (long sequence = 1; sequence < 50; sequence++) {
      MemoryDisk before = disk.copy();
      folder.roll(sequence, sequence);
      given.add(folder.active().fileId());
      SegmentFolder crashed = open(before);
      give(crashed, 1);
      given.remove(crashed.all().stream().mapToLong(one -> one.fileId()).max().orElseThrow());
    }
  }
}
