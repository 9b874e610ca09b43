package dev.nucleusdb.core.contract;

import static dev.nucleusdb.core.disk.Disk.OpenMode.APPEND;
import static dev.nucleusdb.core.disk.Disk.OpenMode.CREATE;
import static dev.nucleusdb.core.disk.Disk.OpenMode.READ;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nucleusdb.core.disk.Disk;
import dev.nucleusdb.core.disk.DiskException;
import dev.nucleusdb.core.disk.DiskFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What [Disk] promises while it works, and what must outlive a crash. Extended once for the
/// simulated seam and once for the real one.
public abstract class DiskContract {

  /// The disk under test, empty at first; after [#crash] the new view of it.
  protected abstract Disk disk();

  /// Runs code on the node's thread, to its end; what it throws is thrown.
  protected abstract void onNode(Runnable code);

  /// Waits until all syncs have completed.
  protected abstract void settle();

  /// Takes the node down as roughly as the implementation can, and opens its disk again.
  protected abstract void crash();

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String content(DiskFile file, long offset, int length) {
    ByteBuffer into = ByteBuffer.allocate(length);
    int count = file.read(offset, into);
    return new String(into.array(), 0, count, StandardCharsets.UTF_8);
  }

  private String content(String path) {
    try (DiskFile file = disk().open(path, READ)) {
      return content(file, 0, (int) file.sizeBytes());
    }
  }

  private void write(String path, String text) {
    try (DiskFile file = disk().open(path, CREATE)) {
      file.append(bytes(text));
      file.syncNow();
    }
    disk().syncDirectory("");
  }

  private static void assertKind(DiskException.Kind kind, Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            DiskException.class, failure -> assertThat(failure.kind()).isEqualTo(kind));
  }

  @Test
  void appended_bytes_are_seen_at_once() {
    onNode(() -> {
      try (DiskFile file = disk().open("log", CREATE)) {
        assertThat(file.append(bytes("abc"))).isZero();
        assertThat(file.append(bytes("defg"))).isEqualTo(3);
        assertThat(file.sizeBytes()).isEqualTo(7);
        assertThat(content(file, 2, 3)).isEqualTo("cde");
      }
    });
  }

  @Test
  void an_append_takes_all_remaining_bytes_of_its_buffer_and_no_others() {
    onNode(() -> {
      try (DiskFile file = disk().open("log", CREATE)) {
        ByteBuffer buffer = bytes("abcdef").position(2).limit(4);
        file.append(buffer);
        assertThat(buffer.hasRemaining()).isFalse();
        assertThat(content(file, 0, 10)).isEqualTo("cd");
      }
    });
  }

  @Test
  void a_read_is_short_only_at_the_end() {
    onNode(() -> {
      try (DiskFile file = disk().open("log", CREATE)) {
        file.append(bytes("abc"));
        assertThat(content(file, 1, 10)).isEqualTo("bc");
        assertThat(file.read(3, ByteBuffer.allocate(1))).isZero();
        assertThat(file.read(99, ByteBuffer.allocate(1))).isZero();
      }
    });
  }

  @Test
  void a_cut_file_goes_on_where_it_was_cut() {
    onNode(() -> {
      try (DiskFile file = disk().open("log", CREATE)) {
        file.append(bytes("abcdef"));
        file.truncate(2);
        assertThat(file.sizeBytes()).isEqualTo(2);
        assertThat(file.append(bytes("XY"))).isEqualTo(2);
        assertThat(content(file, 0, 10)).isEqualTo("abXY");
        assertThatThrownBy(() -> file.truncate(5)).isInstanceOf(IllegalArgumentException.class);
      }
    });
  }

  @Test
  void reserved_room_is_no_part_of_a_file_that_is_open() {
    onNode(() -> {
      try (DiskFile file = disk().open("log", CREATE)) {
        file.append(bytes("abc"));
        assertThat(file.reserve(100)).isBetween(0L, 100L);
        assertThat(file.sizeBytes()).isEqualTo(3);
        assertThat(content(file, 0, 10)).isEqualTo("abc");
        assertThat(file.append(bytes("de"))).isEqualTo(3);
        file.syncNow();
        assertThat(file.reserve(50)).isBetween(0L, 50L);
        assertThat(file.append(bytes("f"))).isEqualTo(5);
        assertThat(content(file, 2, 10)).isEqualTo("cdef");
      }
      assertThat(content("log")).as("closed").isEqualTo("abcdef");
    });
  }

  @Test
  void a_crash_may_leave_reserved_room_as_zeros_and_nothing_else() {
    onNode(() -> {
      DiskFile file = disk().open("log", CREATE);
      file.append(bytes("abc"));
      file.reserve(100);
      file.append(bytes("def"));
      file.syncNow();
      disk().syncDirectory("");
    });
    crash();
    onNode(() -> {
      String left = content("log");
      assertThat(left).startsWith("abcdef").hasSizeBetween(6, 103);
      assertThat(left.substring(6)).matches("\\x00*");
    });
  }

  @Test
  void reserved_room_that_was_given_back_and_synced_is_gone_for_good() {
    onNode(() -> {
      DiskFile file = disk().open("log", CREATE);
      file.append(bytes("abc"));
      file.reserve(100);
      file.syncNow();
      file.append(bytes("def"));
      file.truncate(6);
      file.syncNow();
      disk().syncDirectory("");
    });
    crash();
    onNode(() -> assertThat(content("log")).isEqualTo("abcdef"));
  }

  @Test
  void open_modes_say_whether_the_file_must_be_there() {
    onNode(() -> {
      assertKind(DiskException.Kind.NOT_FOUND, () -> disk().open("log", READ));
      assertKind(DiskException.Kind.NOT_FOUND, () -> disk().open("log", APPEND));
      write("log", "abc");
      assertKind(DiskException.Kind.EXISTS, () -> disk().open("log", CREATE));
      try (DiskFile file = disk().open("log", APPEND)) {
        assertThat(file.path()).isEqualTo("log");
        assertThat(file.append(bytes("d"))).isEqualTo(3);
      }
      assertThat(content("log")).isEqualTo("abcd");
    });
  }

  @Test
  void names_are_listed_sorted_and_per_folder() {
    onNode(() -> {
      write("b", "");
      write("a", "");
      disk().createDirectory("x/y");
      disk().createDirectory("x/y");
      try (DiskFile file = disk().open("x/y/c", CREATE)) {
        assertThat(file.sizeBytes()).isZero();
      }
      assertThat(disk().list("")).containsExactly("a", "b", "x");
      assertThat(disk().list("x")).containsExactly("y");
      assertThat(disk().list("x/y")).containsExactly("c");
      assertThat(disk().list("nowhere")).isEmpty();
      assertThat(disk().exists("x/y/c")).isTrue();
      assertThat(disk().exists("x/y/d")).isFalse();
    });
  }

  @Test
  void a_rename_replaces_what_had_the_name() {
    onNode(() -> {
      write("old", "old");
      write("new", "new");
      disk().rename("new", "old");
      assertThat(disk().list("")).containsExactly("old");
      assertThat(content("old")).isEqualTo("new");
      assertKind(DiskException.Kind.NOT_FOUND, () -> disk().rename("new", "old"));
    });
  }

  @Test
  void a_deleted_file_can_be_read_through_an_open_handle() {
    onNode(() -> {
      write("log", "abc");
      try (DiskFile file = disk().open("log", READ)) {
        disk().delete("log");
        assertThat(disk().exists("log")).isFalse();
        assertThat(content(file, 0, 3)).isEqualTo("abc");
      }
      assertKind(DiskException.Kind.NOT_FOUND, () -> disk().delete("log"));
    });
  }

  @Test
  void syncs_of_one_file_complete_later_and_in_order() {
    List<String> completed = Collections.synchronizedList(new ArrayList<>());
    onNode(() -> {
      DiskFile file = disk().open("log", CREATE);
      for (int i = 0; i < 20; i++) {
        String name = String.format("sync %02d", i);
        file.append(bytes(name));
        file.sync(failure -> completed.add(failure == null ? name : "failed"));
      }
      assertThat(completed).isEmpty();
    });
    settle();
    assertThat(completed).hasSize(20).isSorted();
  }

  @Test
  void a_closed_file_tells_of_no_sync() {
    List<String> completed = Collections.synchronizedList(new ArrayList<>());
    onNode(() -> {
      DiskFile file = disk().open("log", CREATE);
      file.append(bytes("abc"));
      file.sync(failure -> completed.add("completed"));
      file.close();
    });
    settle();
    assertThat(completed).isEmpty();
  }

  @Test
  void synced_bytes_under_a_synced_name_outlive_a_crash() {
    onNode(() -> {
      disk().createDirectory("logs");
      disk().syncDirectory("");
      DiskFile file = disk().open("logs/1", CREATE);
      disk().syncDirectory("logs");
      file.append(bytes("abc"));
      file.sync(failure -> {});
      write("snapshot", "xyz");
    });
    settle();
    crash();
    onNode(() -> {
      assertThat(content("logs/1")).isEqualTo("abc");
      assertThat(content("snapshot")).isEqualTo("xyz");
    });
  }

  @Test
  void a_synced_cut_rename_and_delete_outlive_a_crash() {
    onNode(() -> {
      write("cut", "abcdef");
      write("draft", "final");
      write("gone", "gone");
      try (DiskFile file = disk().open("cut", APPEND)) {
        file.truncate(3);
        file.syncNow();
      }
      disk().rename("draft", "final");
      disk().delete("gone");
      disk().syncDirectory("");
    });
    crash();
    onNode(() -> {
      assertThat(content("cut")).isEqualTo("abc");
      assertThat(content("final")).isEqualTo("final");
      assertThat(disk().list("")).containsExactly("cut", "final");
    });
  }
}
