package dev.nucleusdb.core.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoomAheadTest {
  private static final long ENDLESS = Long.MAX_VALUE / 2;

  private final Counted file = new Counted();
  private final RoomAhead room = new RoomAhead();

  /// A file that counts bytes and keeps none.
  private static final class Counted implements DiskFile {
    private final List<String> calls = new ArrayList<>();
    private long size;
    private boolean full;

    @Override
    public String path() {
      return "counted";
    }

    @Override
    public long sizeBytes() {
      return size;
    }

    @Override
    public long append(ByteBuffer bytes) {
      size += bytes.remaining();
      return size - bytes.remaining();
    }

    @Override
    public int read(long offset, ByteBuffer into) {
      return 0;
    }

    @Override
    public long reserve(long bytes) {
      calls.add("reserve " + bytes);
      return full ? 0 : bytes;
    }

    @Override
    public void truncate(long sizeBytes) {
      calls.add("truncate " + sizeBytes);
      size = sizeBytes;
    }

    @Override
    public void sync(SyncCompletion completion) {}

    @Override
    public void syncNow() {}

    @Override
    public void close() {}
  }

  private void append(int bytes, long endMax) {
    room.beforeAppend(file, bytes, endMax);
    file.append(ByteBuffer.allocate(bytes));
  }

  private void appendAndSync(int times, int bytes) {
    for (int i = 0; i < times; i++) {
      append(bytes, ENDLESS);
      room.syncing(file);
    }
  }

  @Test
  void syncs_close_to_each_other_reserve_once_for_many_of_them() {
    appendAndSync(1_000, 200);
    assertThat(file.calls).containsExactly("reserve 262144");
    appendAndSync(1_000, 200);
    assertThat(file.calls).hasSize(2);
  }

  @Test
  void the_further_apart_syncs_are_the_more_is_reserved_until_it_is_not_worth_while() {
    appendAndSync(10, 30_000);
    assertThat(file.calls).containsExactly("reserve 960000");
    room.nextFile();
    Counted before = file;
    int calls = before.calls.size();
    appendAndSync(100, 100_000);
    assertThat(before.calls.subList(calls, before.calls.size()))
        .as("only until the distance was known")
        .hasSizeLessThanOrEqualTo(3);
    int known = before.calls.size();
    appendAndSync(100, 100_000);
    assertThat(before.calls).hasSize(known);
  }

  @Test
  void a_log_whose_last_sync_is_far_away_reserves_a_mebibyte_after_the_other() {
    room.syncing(file);
    for (int i = 0; i < 512; i++) {
      append(1024, ENDLESS);
    }
    assertThat(file.calls).isEmpty();
    for (int i = 0; i < 2048; i++) {
      append(1024, ENDLESS);
    }
    assertThat(file.calls).containsExactly("reserve 1048576", "reserve 1048576");
  }

  @Test
  void a_log_whose_syncs_are_known_to_be_far_apart_always_has_room() {
    for (int sync = 0; sync < 3; sync++) {
      append(4 << 20, ENDLESS);
      room.syncing(file);
    }
    file.calls.clear();
    append(1024, ENDLESS);
    assertThat(file.calls).as("right behind a sync").containsExactly("reserve 1048576");
    room.nextFile();
    append(1024, ENDLESS);
    assertThat(file.calls).as("at the beginning of the next file").hasSize(2);
  }

  @Test
  void large_appends_far_from_a_sync_get_no_room_and_small_ones_behind_them_do() {
    for (int i = 0; i < 100; i++) {
      append(32 * 1024, ENDLESS);
    }
    assertThat(file.calls).isEmpty();
    append(32 * 1024 - 1, ENDLESS);
    append(64 * 1024, ENDLESS);
    assertThat(file.calls).as("the second goes over what is there").hasSize(1);
    append(1 << 20, ENDLESS);
    append(64 * 1024, ENDLESS);
    assertThat(file.calls).hasSize(1);
    append(1024, ENDLESS);
    assertThat(file.calls).hasSize(2);
  }

  @Test
  void nothing_is_reserved_behind_the_last_byte_of_a_log() {
    for (int i = 0; i < 100; i++) {
      append(200, 0);
      room.syncing(file);
    }
    assertThat(file.calls).isEmpty();
    append(200, file.sizeBytes() + 1_000);
    assertThat(file.calls).containsExactly("reserve 1000");
    append(200, file.sizeBytes() + 800);
    assertThat(file.calls).hasSize(1);
  }

  @Test
  void what_was_reserved_is_given_back_and_nothing_else() {
    room.giveBack(file);
    assertThat(file.calls).isEmpty();
    appendAndSync(10, 200);
    room.giveBack(file);
    room.giveBack(file);
    assertThat(file.calls).containsExactly("reserve 262144", "truncate 2000");
  }

  @Test
  void a_full_disk_is_asked_now_and_then_and_owed_nothing() {
    file.full = true;
    appendAndSync(1_000, 200);
    assertThat(file.calls).containsExactly("reserve 262144");
    appendAndSync(400, 200);
    assertThat(file.calls).as("256 KiB later").hasSize(2);
    room.giveBack(file);
    assertThat(file.calls).as("nothing to give back").hasSize(2);
    file.full = false;
    appendAndSync(8, 200);
    assertThat(file.calls).as("the next file").hasSize(3);
  }
}
