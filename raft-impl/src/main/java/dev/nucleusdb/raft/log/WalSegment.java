package dev.nucleusdb.raft.log;

import static dev.nucleusdb.core.assertion.Assertions.sometimes;

import dev.nucleusdb.core.disk.DiskFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.NavigableMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// The bytes of one segment as they were read, good and bad.
final class WalSegment {
  /// How often what is bad is read until that is believed.
  private static final int READS_MAX = 3;

  private final DiskFile file;
  private final String path;
  private final long number;
  private final ByteBuffer bytes;
  private final LogRule rule;
  private final WalFormat.FrameChecksum checksum = new WalFormat.FrameChecksum();

  private WalSegment(DiskFile file, String path, long number, ByteBuffer bytes, LogRule rule) {
    this.file = file;
    this.path = path;
    this.number = number;
    this.bytes = bytes;
    this.rule = rule;
  }

  /// Reads all of a file.
  ///
  /// @param file stays open for as long as something may have to be read again
  /// @param number of the segment that it should be
  static WalSegment read(DiskFile file, String path, long number, LogRule rule) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.toIntExact(file.sizeBytes())).order(ByteOrder.LITTLE_ENDIAN);
    file.read(0, bytes);
    return new WalSegment(file, path, number, bytes.flip(), rule);
  }

  String path() {
    return path;
  }

  long number() {
    return number;
  }

  int size() {
    return bytes.limit();
  }

  boolean hasHeader() {
    return WalFormat.isHeader(bytes, number);
  }

  /// Whether a whole frame of the right checksum stands at `offset`.
  boolean isGood(int offset) {
    return WalFormat.frameLength(bytes, offset) > 0
        && rule.isIntact(
            WalFormat.storedChecksum(bytes, offset),
            checksum.of(bytes, offset, bytes.getInt(offset), number, offset));
  }

  /// As [#hasHeader]; a bad one is read again.
  boolean hasHeaderAfterAll() {
    return hasHeader() || readAgain(0, this::hasHeader);
  }

  /// As [#isGood]; a bad frame is read again, with all that is behind it.
  boolean isGoodAfterAll(int offset) {
    return isGood(offset) || readAgain(offset, () -> isGood(offset));
  }

  /// A disk may show wrong or old bytes now and then, and that must not cost what is there.
  private boolean readAgain(int offset, BooleanSupplier good) {
    boolean isGood = false;
    for (int reads = 1; reads < READS_MAX && !isGood; reads++) {
      file.read(offset, bytes.slice(offset, size() - offset));
      isGood = good.getAsBoolean();
    }
    sometimes("the write-ahead log reads damage again, and it is gone", isGood);
    return isGood;
  }

  /// What a good frame says; null if it is of no kind that is known here.
  WalFormat.@Nullable Frame frame(int offset) {
    return WalFormat.read(bytes, offset);
  }

  /// The offset behind a good frame.
  int behind(int offset) {
    return offset + WalFormat.frameLength(bytes, offset);
  }

  /// Whether what is bad at `offset` may never have been durable: no later frame testifies by its
  /// watermark that it was.
  boolean isTorn(int badOffset) {
    for (int offset = badOffset + 1; offset < size(); offset++) {
      if (isGood(offset) && WalFormat.watermark(bytes, offset) > badOffset) {
        return false;
      }
    }
    return true;
  }

  /// How many good frames stand one behind the other from `from` to exactly `to`; -1 if others, or
  /// none, stand there.
  int framesBetween(int from, int to) {
    int count = 0;
    int offset = from;
    while (offset < to && isGood(offset)) {
      offset = behind(offset);
      count++;
    }
    return offset == to ? count : -1;
  }

  /// Where behind a bad place good frames begin that go on to exactly `to`; `to` if there are none.
  int goodAgain(int badOffset, int to) {
    int offset = badOffset + 1;
    while (offset < to && (!isGood(offset) || framesBetween(offset, to) < 0)) {
      offset++;
    }
    return offset;
  }

  /// The identifiers of another segment, or of this one, that good frames tell of, whatever stands
  /// between these.
  ///
  /// @param into by the offset at which their chunk begins
  void gatherIdentifiers(long ofSegment, NavigableMap<Long, Identifiers> into) {
    int offset = WalFormat.SEGMENT_HEADER_BYTES;
    while (offset < size()) {
      if (!isGood(offset)) {
        offset++;
        continue;
      }
      if (frame(offset) instanceof WalFormat.Frame.Told(Identifiers told)
          && told.segment() == ofSegment) {
        into.put(told.from(), told);
      }
      offset = behind(offset);
    }
  }
}
