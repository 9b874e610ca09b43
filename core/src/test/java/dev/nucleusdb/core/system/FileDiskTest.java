package dev.nucleusdb.core.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nucleusdb.core.disk.Disk.OpenMode;
import dev.nucleusdb.core.disk.DiskException;
import dev.nucleusdb.core.disk.DiskException.Kind;
import dev.nucleusdb.core.disk.DiskFile;
import java.io.FileDescriptor;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class FileDiskTest {
  @TempDir Path folder;
  private final List<String> happened = Collections.synchronizedList(new ArrayList<>());
  private final NodeThread thread =
      NodeThread.start(
          "n1",
          new SystemClock(Duration.ZERO),
          NodeThreadOptions.DEFAULT,
          (reason, failure) -> happened.add(reason));

  @AfterEach
  void close() {
    thread.close();
  }

  private FileDisk open(Syncer.Forcing forcing) {
    return FileDisk.open(folder, thread, new FileDiskOptions(100, 4096, true, true), forcing);
  }

  private FileDisk open() {
    return open(Syncer.Forcing.SYSTEM);
  }

  @Test
  void what_is_read_is_what_the_file_holds_while_it_grows_and_when_it_was_cut() {
    byte[] piece = new byte[40_000];
    try (FileDisk disk = open()) {
      DiskFile file = disk.open("f", OpenMode.CREATE);
      for (int i = 0; i < 20; i++) {
        Arrays.fill(piece, (byte) (i + 1));
        file.append(ByteBuffer.wrap(piece));
        for (int k = 0; k <= i; k++) {
          ByteBuffer read = ByteBuffer.allocate(40_000);
          assertThat(file.read(40_000L * k, read)).isEqualTo(40_000);
          assertThat(read.get(0)).isEqualTo((byte) (k + 1));
          assertThat(read.get(39_999)).isEqualTo((byte) (k + 1));
        }
        assertThat(file.read(40_000L * i + 39_990, ByteBuffer.allocate(20))).isEqualTo(10);
      }
      file.truncate(60_000);
      assertThat(file.read(50_000, ByteBuffer.allocate(20_000))).isEqualTo(10_000);
      Arrays.fill(piece, (byte) 99);
      file.append(ByteBuffer.wrap(piece));
      ByteBuffer read = ByteBuffer.allocate(2);
      assertThat(file.read(59_999, read)).isEqualTo(2);
      assertThat(read.array()).containsExactly(2, 99);
      file.close();
      assertThatThrownBy(() -> file.read(0, ByteBuffer.allocate(1)))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void an_interrupted_caller_harms_nobody() {
    try (FileDisk disk = FileDisk.open(folder, FileDiskOptions.DEFAULT)) {
      DiskFile file = disk.open("f", OpenMode.CREATE);
      for (int i = 0; i < 3; i++) {
        Thread.currentThread().interrupt();
        assertThat(file.append(ByteBuffer.wrap(new byte[] {1, 2}))).isEqualTo(2L * i);
        ByteBuffer read = ByteBuffer.allocate(2);
        assertThat(file.read(2L * i, read)).isEqualTo(2);
        assertThat(Thread.interrupted()).as("the interrupt is still noted").isTrue();
        assertThat(read.array()).containsExactly(1, 2);
        file.syncNow();
      }
      assertThat(file.sizeBytes()).isEqualTo(6);
    }
  }

  @Test
  void callers_make_what_they_put_into_durable_room_durable_alone_and_anything_else_whole() {
    List<String> forced = new ArrayList<>();
    Syncer.Forcing forcing =
        new Syncer.Forcing() {
          @Override
          public void force(String path, FileChannel channel) {
            throw new AssertionError("not by the sync thread");
          }

          @Override
          public void forceHere(FileDescriptor file) {
            forced.add("all");
          }

          @Override
          public void forceHere(MemorySegment range) throws IOException {
            Syncer.Forcing.super.forceHere(range);
            forced.add("part of " + range.byteSize());
          }
        };
    try (FileDisk disk = FileDisk.open(folder, null, FileDiskOptions.DEFAULT, forcing)) {
      DiskFile file = disk.open("f", OpenMode.CREATE);
      appendAndSync(file, 10);
      assertThat(file.reserve(100)).isEqualTo(100);
      appendAndSync(file, 20);
      appendAndSync(file, 30);
      appendAndSync(file, 50);
      assertThat(file.reserve(1000)).isEqualTo(1000);
      appendAndSync(file, 7);
      appendAndSync(file, 8);
      file.truncate(120);
      appendAndSync(file, 9);
      file.reserve(10);
      file.syncNow();
      appendAndSync(file, 11);
      assertThat(forced)
          .containsExactly(
              "all", "all", "part of 30", "part of 50", "all", "part of 8", "all", "all", "all");
    }
    assertThat(folder.resolve("f")).hasSize(140);
  }

  @Test
  void what_is_copied_into_room_far_behind_the_last_sync_is_in_the_file() throws IOException {
    byte[] first = new byte[1 << 19];
    byte[] piece = new byte[1000];
    try (FileDisk disk = FileDisk.open(folder, FileDiskOptions.DEFAULT)) {
      DiskFile file = disk.open("f", OpenMode.CREATE);
      file.append(ByteBuffer.wrap(first));
      for (int i = 0; i < 40; i++) {
        if (i % 10 == 5) {
          assertThat(file.reserve(4_500)).isEqualTo(4_500);
        }
        if (i == 17 || i == 28) {
          file.syncNow();
        }
        Arrays.fill(piece, (byte) (i + 1));
        ByteBuffer bytes = ByteBuffer.wrap(piece, 100, 900);
        assertThat(file.append(bytes)).isEqualTo(first.length + 900L * i);
        assertThat(bytes.hasRemaining()).isFalse();
        ByteBuffer read = ByteBuffer.allocate(1000);
        assertThat(file.read(first.length + 900L * i, read)).isEqualTo(900);
        assertThat(read.get(899)).isEqualTo((byte) (i + 1));
      }
      assertThat(Files.size(folder.resolve("f")))
          .as("with the room of the last time")
          .isEqualTo(first.length + 900 * 35 + 4_500);
      file.truncate(file.sizeBytes() - 450);
      file.append(ByteBuffer.wrap(piece, 0, 450));
    }
    byte[] all = Files.readAllBytes(folder.resolve("f"));
    assertThat(all).hasSize(first.length + 900 * 40);
    for (int i = 0; i < 40 * 900; i++) {
      assertThat(all[first.length + i]).isEqualTo((byte) (i / 900 + 1));
    }
  }

  @Test
  void large_appends_among_small_ones_are_in_the_file_whether_room_is_there_or_not()
      throws IOException {
    int[] sizes = {1 << 19, 1_000, 40_000, 1_000, 32 * 1024 - 1, 32 * 1024, 1_000, 200_000, 500};
    try (FileDisk disk = FileDisk.open(folder, FileDiskOptions.DEFAULT)) {
      DiskFile file = disk.open("f", OpenMode.CREATE);
      long end = 0;
      for (int i = 0; i < sizes.length; i++) {
        byte[] bytes = new byte[sizes[i]];
        Arrays.fill(bytes, patternOf(i));
        assertThat(file.append(ByteBuffer.wrap(bytes))).isEqualTo(end);
        ByteBuffer read = ByteBuffer.allocate(sizes[i] + 1);
        assertThat(file.read(end, read)).isEqualTo(sizes[i]);
        assertThat(read.flip()).isEqualTo(ByteBuffer.wrap(bytes));
        end += sizes[i];
        if (i % 3 == 0) {
          file.reserve(80_000);
        }
        if (i == 4) {
          file.syncNow();
        }
      }
    }
    byte[] all = Files.readAllBytes(folder.resolve("f"));
    int at = 0;
    for (int i = 0; i < sizes.length; i++) {
      for (int end = at + sizes[i]; at < end; at++) {
        assertThat(all[at]).isEqualTo(patternOf(i));
      }
    }
    assertThat(all).hasSize(at);
  }

  @Test
  void readers_see_whole_what_is_copied_between_syncs_that_are_far_apart() throws Exception {
    int piece = 16 * 1024;
    int pieces = 4_000;
    AtomicReference<Throwable> failure = new AtomicReference<>();
    try (FileDisk disk = FileDisk.open(folder, FileDiskOptions.DEFAULT)) {
      DiskFile file = disk.open("f", OpenMode.CREATE);
      Thread reader =
          Thread.ofPlatform()
              .uncaughtExceptionHandler((thread, thrown) -> failure.set(thrown))
              .start(() -> readLastBytes(file, piece, pieces));
      byte[] bytes = new byte[piece];
      for (int i = 1; i <= pieces; i++) {
        if (i % 20 == 0) {
          file.reserve(20L * piece);
        }
        Arrays.fill(bytes, patternOf(i));
        file.append(ByteBuffer.wrap(bytes));
        if (i % 100 == 0) {
          file.syncNow();
        }
      }
      reader.join();
    }
    assertThat(failure.get()).isNull();
  }

  private static void readLastBytes(DiskFile file, long piece, int pieces) {
    ByteBuffer last = ByteBuffer.allocate(1);
    long end;
    do {
      end = file.sizeBytes();
      if (end > 0 && end % piece == 0) {
        file.read(end - 1, last.clear());
        assertThat(last.get(0)).isEqualTo(patternOf(end / piece));
      }
    } while (end < piece * pieces);
  }

  private static byte patternOf(long piece) {
    return (byte) (piece % 127 + 1);
  }

  private static void appendAndSync(DiskFile file, int bytes) {
    file.append(ByteBuffer.wrap(new byte[bytes]));
    file.syncNow();
  }

  @Test
  void a_hint_of_what_will_be_read_does_nothing_where_there_is_nothing() {
    try (FileDisk disk = FileDisk.open(folder, FileDiskOptions.DEFAULT)) {
      DiskFile file = disk.open("f", OpenMode.CREATE);
      file.willRead(0, 100);
      file.append(ByteBuffer.wrap(new byte[FileMapping.WORTH_BYTES + 1]));
      assertThat(file.read(0, ByteBuffer.allocate(100))).as("maps it").isEqualTo(100);
      for (long offset : new long[] {0, FileMapping.WORTH_BYTES, 1L << 40}) {
        file.willRead(offset, 1);
        file.willRead(offset, 1 << 20);
      }
      file.close();
      file.willRead(0, 1);
    }
  }

  @Test
  void a_folder_in_use_is_refused_in_one_line_and_free_after_a_close() {
    try (FileDisk disk = open()) {
      assertThatThrownBy(this::open)
          .isInstanceOfSatisfying(
              DiskException.class, e -> assertThat(e.kind()).isEqualTo(Kind.LOCKED))
          .hasMessage(
              disk.folder()
                  + ": another node uses this folder; stop it, or give this one a folder of its"
                  + " own");
    }
    open().close();
  }

  @Test
  void large_appends_and_reads_go_through_in_pieces() {
    byte[] large = new byte[1_000_000];
    for (int i = 0; i < large.length; i++) {
      large[i] = (byte) (i * 31 + i / 4096);
    }
    try (FileDisk disk = open();
        DiskFile file = disk.open("large", OpenMode.CREATE)) {
      file.append(ByteBuffer.wrap(large));
      assertThat(file.append(ByteBuffer.wrap(large))).isEqualTo(large.length);
      ByteBuffer into = ByteBuffer.allocate(large.length);
      assertThat(file.read(large.length, into)).isEqualTo(large.length);
      assertThat(into.array()).isEqualTo(large);
    }
  }

  @Test
  void a_reader_sees_what_a_writer_appends() {
    try (FileDisk disk = open();
        DiskFile writer = disk.open("log", OpenMode.CREATE);
        DiskFile reader = disk.open("log", OpenMode.READ)) {
      writer.append(ByteBuffer.wrap(new byte[10]));
      assertThat(reader.sizeBytes()).isEqualTo(10);
      assertThatThrownBy(() -> reader.append(ByteBuffer.allocate(1)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void syncs_that_are_asked_for_during_a_sync_share_the_next_one() throws InterruptedException {
    AtomicInteger syncs = new AtomicInteger();
    Semaphore allowed = new Semaphore(0);
    Semaphore begun = new Semaphore(0);
    try (FileDisk disk =
        open((path, channel) -> {
          syncs.incrementAndGet();
          begun.release();
          allowed.acquireUninterruptibly();
          channel.force(false);
        })) {
      DiskFile file =
          thread.call(() -> {
            DiskFile made = disk.open("log", OpenMode.CREATE);
            made.sync(failure -> happened.add("first"));
            return made;
          });
      begun.acquire();
      thread.run(() -> {
        for (int i = 0; i < 10; i++) {
          file.append(ByteBuffer.wrap(new byte[1]));
          file.sync(failure -> happened.add("later"));
        }
      });
      allowed.release(2);
      disk.settle();
      thread.run(() -> {});
      assertThat(syncs).hasValue(2);
      assertThat(happened).hasSize(11).startsWith("first");
    }
  }

  @Test
  void after_a_failed_sync_no_sync_succeeds_any_more() {
    AtomicInteger syncs = new AtomicInteger();
    try (FileDisk disk =
        open((path, channel) -> {
          if (syncs.incrementAndGet() == 1) {
            throw new IOException("Input/output error");
          }
        })) {
      thread.run(() -> {
        DiskFile file = disk.open("log", OpenMode.CREATE);
        file.sync(failure -> happened.add(String.valueOf(failure)));
      });
      disk.settle();
      thread.run(() -> {});
      assertThat(happened).hasSize(1);
      assertThat(happened.get(0)).contains("log: could not make what was written durable");
      thread.run(() -> {
        try (DiskFile again = disk.open("log", OpenMode.APPEND)) {
          assertThatThrownBy(again::syncNow).isInstanceOf(DiskException.class);
        }
        assertThatThrownBy(() -> disk.syncDirectory("")).isInstanceOf(DiskException.class);
      });
      assertThat(syncs).hasValue(1);
    }
  }

  @Test
  void a_sync_that_failed_on_a_callers_thread_is_remembered_for_the_whole_disk() {
    AtomicInteger syncs = new AtomicInteger();
    Syncer.Forcing failing =
        new Syncer.Forcing() {
          @Override
          public void force(String path, FileChannel channel) {
            syncs.incrementAndGet();
          }

          @Override
          public void forceHere(FileDescriptor file) throws IOException {
            syncs.incrementAndGet();
            throw new IOException("Input/output error");
          }
        };
    try (FileDisk disk = FileDisk.open(folder, null, FileDiskOptions.DEFAULT, failing)) {
      DiskFile file = disk.open("log", OpenMode.CREATE);
      assertThatThrownBy(file::syncNow)
          .hasMessageContaining("log: could not make what was written durable");
      assertThatThrownBy(file::syncNow).hasMessageContaining("because a sync has failed");
      assertThatThrownBy(() -> disk.syncDirectory("")).isInstanceOf(DiskException.class);
      file.sync(failure -> happened.add(String.valueOf(failure)));
      disk.settle();
      assertThat(happened).hasSize(1);
      assertThat(happened.get(0)).contains("because a sync has failed");
      assertThat(syncs).hasValue(1);
    }
  }

  @Test
  void when_the_sync_thread_itself_fails_the_node_ends() {
    try (FileDisk disk =
        open((path, channel) -> {
          throw new IllegalStateException("out of threads");
        })) {
      thread.run(() -> disk.open("log", OpenMode.CREATE).sync(failure -> {}));
      thread.awaitEnd();
      assertThat(happened).hasSize(1);
      assertThat(happened.get(0)).startsWith("n1 failed").contains("out of threads");
    }
  }

  @Test
  void folders_are_made_down_to_its_own() {
    Path deep = folder.resolve("a/b/c");
    try (FileDisk disk = FileDisk.open(deep, thread, FileDiskOptions.DEFAULT)) {
      assertThat(disk.list("")).isEmpty();
      assertThat(deep.resolve(FolderLock.NAME)).exists();
    }
  }

  @Test
  void a_file_may_be_closed_while_it_is_synced() throws InterruptedException {
    Semaphore allowed = new Semaphore(0);
    Semaphore begun = new Semaphore(0);
    List<FileChannel> channels = new ArrayList<>();
    try (FileDisk disk =
        open((path, channel) -> {
          channels.add(channel);
          begun.release();
          allowed.acquireUninterruptibly();
          channel.force(false);
        })) {
      DiskFile file = thread.call(() -> disk.open("log", OpenMode.CREATE));
      thread.run(() -> file.sync(failure -> happened.add("completed")));
      begun.acquire();
      thread.run(file::close);
      assertThat(channels.get(0).isOpen()).isTrue();
      allowed.release();
      disk.settle();
      thread.run(() -> {});
      assertThat(channels.get(0).isOpen()).isFalse();
      assertThat(happened).isEmpty();
    }
  }

  @Test
  void an_interrupt_closes_nothing() {
    try (FileDisk disk = open()) {
      thread.run(() -> {
        DiskFile file = disk.open("log", OpenMode.CREATE);
        Thread.currentThread().interrupt();
        file.append(ByteBuffer.wrap(new byte[10]));
        assertThat(file.read(0, ByteBuffer.allocate(10))).isEqualTo(10);
        file.syncNow();
      });
      assertThat(happened).isEmpty();
    }
  }

  @Test
  void paths_stay_inside_the_folder() {
    try (FileDisk disk = open()) {
      for (String path : List.of("../out", "/etc/passwd", "", "a/../..", FolderLock.NAME)) {
        assertThatThrownBy(() -> disk.open(path, OpenMode.CREATE))
            .isInstanceOf(IllegalArgumentException.class);
      }
    }
  }

  @Test
  void kinds_are_told_by_type_or_by_text() {
    assertThat(kindOf(new IOException("No space left on device"))).isEqualTo(Kind.NO_SPACE);
    assertThat(kindOf(new IOException("Disk quota exceeded"))).isEqualTo(Kind.NO_SPACE);
    assertThat(kindOf(new FileSystemException("f", null, "Read-only file system")))
        .isEqualTo(Kind.READ_ONLY);
    assertThat(kindOf(new IOException("Input/output error"))).isEqualTo(Kind.IO);
    assertThat(kindOf(new java.nio.file.AccessDeniedException("f"))).isEqualTo(Kind.IO);
    assertThat(DiskFailures.of("f", "open it", new java.nio.file.AccessDeniedException("f")))
        .hasMessage("f: could not open it: permission denied");
  }

  private static Kind kindOf(IOException cause) {
    return DiskFailures.of("f", "append", cause).kind();
  }
}
