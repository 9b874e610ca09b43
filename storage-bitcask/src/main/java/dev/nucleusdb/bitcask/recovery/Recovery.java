package dev.nucleusdb.bitcask.recovery;

import static dev.nucleusdb.core.assertion.Assertions.sometimes;

import dev.nucleusdb.bitcask.keydir.Keydir;
import dev.nucleusdb.bitcask.keydir.Place;
import dev.nucleusdb.bitcask.segment.Entry;
import dev.nucleusdb.bitcask.segment.FrameCheck;
import dev.nucleusdb.bitcask.segment.FrameHeader;
import dev.nucleusdb.bitcask.segment.FrameKind;
import dev.nucleusdb.bitcask.segment.Scanned;
import dev.nucleusdb.bitcask.segment.Segment;
import dev.nucleusdb.bitcask.segment.SegmentFolder;
import dev.nucleusdb.bitcask.segment.SegmentScanner;
import dev.nucleusdb.core.disk.CorruptionException;
import dev.nucleusdb.core.trace.Trace;
import dev.nucleusdb.core.trace.TraceKind;
import org.jspecify.annotations.Nullable;

/// Fills the keydir from the files, and cuts the end that a crash tore off the active one. Every
/// frame of every file is verified. Running it again, after a crash in its midst too, gives the
/// same.
public final class Recovery {
  private static final TraceKind TORN = TraceKind.of("bitcask.torn", "file", "offset", "cutBytes");

  private final SegmentFolder folder;
  private final Keydir keydir;
  private final FrameCheck frameCheck;
  private final TailRule tailRule;
  private final Trace trace;

  private long nextSequence;
  private long appliedIndex;

  /// The highest watermark of the frames of the active file so far.
  private long watermark;

  /// @param folder the files, open
  /// @param keydir empty; filled here
  /// @param frameCheck whether a frame is whole
  /// @param tailRule whether damage may be cut
  /// @param trace where a cut is told
  public Recovery(
      SegmentFolder folder, Keydir keydir, FrameCheck frameCheck, TailRule tailRule, Trace trace) {
    this.folder = folder;
    this.keydir = keydir;
    this.frameCheck = frameCheck;
    this.tailRule = tailRule;
    this.trace = trace;
  }

  /// Does it all.
  ///
  /// @throws CorruptionException if bytes that had been durable are damaged
  public Recovered run() {
    folder.sealed().forEach(this::readSealed);
    nextSequence = folder.baseSequence();
    appliedIndex = folder.baseIndex();
    readActive(folder.active());
    keydir.dropTombstones();
    return new Recovered(nextSequence, appliedIndex);
  }

  private void readSealed(Segment segment) {
    SegmentScanner scanner = segment.scan(frameCheck);
    scanner.verifyFileHeader();
    Scanned.@Nullable Damage damage = readFrames(segment, scanner, false);
    if (damage != null) {
      judge(segment, damage, segment.file().sizeBytes());
    }
  }

  private void readActive(Segment segment) {
    SegmentScanner scanner = segment.scan(frameCheck);
    scanner.verifyFileHeader();
    Scanned.@Nullable Damage damage = readFrames(segment, scanner, true);
    if (damage == null) {
      return;
    }
    judge(segment, damage, Math.max(watermark, segment.witnessBehind(damage.offset())));
    long cutBytes = segment.file().sizeBytes() - damage.offset();
    sometimes("bitcask cuts a torn tail", true);
    trace.event(TORN, segment.fileId(), damage.offset(), cutBytes);
    segment.file().truncate(damage.offset());
    trace.point("bitcask.recovery.tail-cut");
    segment.file().syncNow();
    trace.point("bitcask.recovery.cut-synced");
  }

  private void judge(Segment segment, Scanned.Damage damage, long durableBytes) {
    switch (tailRule.judge(damage.offset(), durableBytes)) {
      case CUT -> {}
      case CORRUPT ->
          throw new CorruptionException(segment.file().path(), damage.offset(), damage.detail());
    }
  }

  private Scanned.@Nullable Damage readFrames(
      Segment segment, SegmentScanner scanner, boolean active) {
    while (true) {
      switch (scanner.next()) {
        case Scanned.Frame frame -> {
          if (active) {
            follow(segment, frame);
          }
          frame.entries().forEach(entry -> learn(segment, entry));
        }
        case Scanned.Damage damage -> {
          return damage;
        }
        case Scanned.End _ -> {
          return null;
        }
      }
    }
  }

  /// The frames of the active file continue each other without a gap.
  private void follow(Segment segment, Scanned.Frame frame) {
    FrameHeader header = frame.header();
    if (header.kind() != FrameKind.BATCH
        || header.sequence() != nextSequence
        || header.logIndex() <= appliedIndex) {
      throw new CorruptionException(
          segment.file().path(),
          frame.offset(),
          "a frame of sequence "
              + header.sequence()
              + " stands where "
              + nextSequence
              + " belongs");
    }
    nextSequence += header.entryCount();
    appliedIndex = header.logIndex();
    watermark = Math.max(watermark, header.watermark());
  }

  private void learn(Segment segment, Entry entry) {
    segment.count(entry.sizeBytes(), entry.sequence(), entry.isTombstone());
    Place place =
        new Place(
            segment.fileId(),
            entry.offset(),
            entry.sizeBytes(),
            entry.valueBytes(),
            entry.sequence());
    Place dead = keydir.offer(entry.key(), place);
    if (!entry.isTombstone()) {
      segment.becameLive(entry.sizeBytes());
    }
    if (dead != null && !dead.isTombstone()) {
      folder.segment(dead.fileId()).becameDead(dead.sizeBytes());
    }
  }
}
