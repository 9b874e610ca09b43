package dev.nucleusdb.bitcask.recovery;

import static dev.nucleusdb.core.assertion.Assertions.sometimes;

import dev.nucleusdb.bitcask.format.Entry;
import dev.nucleusdb.bitcask.format.FileHeader;
import dev.nucleusdb.bitcask.format.Footer;
import dev.nucleusdb.bitcask.format.FrameCheck;
import dev.nucleusdb.bitcask.format.FrameHeader;
import dev.nucleusdb.bitcask.format.FrameKind;
import dev.nucleusdb.bitcask.index.Keydir;
import dev.nucleusdb.bitcask.index.Place;
import dev.nucleusdb.bitcask.segment.EntryReader;
import dev.nucleusdb.bitcask.segment.Scanned;
import dev.nucleusdb.bitcask.segment.Segment;
import dev.nucleusdb.bitcask.segment.SegmentFolder;
import dev.nucleusdb.bitcask.segment.SegmentScanner;
import dev.nucleusdb.core.disk.CorruptionException;
import dev.nucleusdb.core.trace.Trace;
import dev.nucleusdb.core.trace.TraceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Fills the index from the files, and cuts the end that a crash tore off the active one. A sealed
/// file is read from its hint, if there is one that is whole and belongs to it; otherwise every
/// frame of it is verified. Running it again, after a crash in its midst too, gives the same.
public final class Recovery {
  private static final TraceKind TORN = TraceKind.of("bitcask.torn", "file", "offset", "cutBytes");

  private final SegmentFolder folder;
  private final FrameCheck frameCheck;
  private final SupersedeRule supersedeRule;
  private final EntryReader reader;
  private final TailRule tailRule;
  private final boolean mayCut;
  private final Trace trace;

  private long nextSequence;
  private long appliedIndex;

  /// The highest watermark of the frames of the active file so far.
  private long watermark;

  /// Is told of each record that a scan finds.
  private BiConsumer<Segment, Entry> found = (segment, entry) -> {};

  /// @param folder the files, open
  /// @param frameCheck whether a frame is whole
  /// @param supersedeRule which of two records of a key counts
  /// @param tailRule whether damage may be cut
  /// @param mayCut whether a torn end is cut off; otherwise it is passed over
  /// @param trace where a cut is told
  public Recovery(
      SegmentFolder folder,
      FrameCheck frameCheck,
      SupersedeRule supersedeRule,
      TailRule tailRule,
      boolean mayCut,
      Trace trace) {
    this.folder = folder;
    this.frameCheck = frameCheck;
    this.supersedeRule = supersedeRule;
    this.reader = new EntryReader(frameCheck);
    this.tailRule = tailRule;
    this.mayCut = mayCut;
    this.trace = trace;
  }

  /// Finds what was written since an index was saved.
  ///
  /// @param saved of this state of the store
  /// @param keydir as it was saved; what was written since is added
  /// @return null, with nothing changed, if a seal does not vouch for its file
  public @Nullable Recovered runFrom(Checkpoint saved, Keydir keydir) {
    List<Footer> footers = new ArrayList<>();
    for (Segment segment : folder.sealed()) {
      Footer footer = segment.readSeal();
      if (footer == null || footer.contentChecksum() != segment.sealed().contentChecksum()) {
        return null;
      }
      footers.add(footer);
    }
    for (int i = 0; i < footers.size(); i++) {
      Segment segment = folder.sealed().get(i);
      segment.restore(footers.get(i));
      if (folder.hints().has(segment)) {
        segment.hintSettled();
      }
    }
    CheckpointHeader header = saved.header();
    Segment active = folder.active();
    active.restore(header.active());
    for (CheckpointHeader.DataFile file : header.files()) {
      folder.segmentOf(Place.of(file.number(), 0, 0, false)).becameLive(file.liveBytes());
    }
    nextSequence = header.nextSequence();
    appliedIndex = header.appliedIndex();
    watermark = header.activeBytes();
    Learner learner = new Learner(folder, keydir, supersedeRule, reader, false);
    found = learner::count;
    readActive(active, header.activeBytes());
    learner.dropTombstones();
    sometimes("bitcask opens from the index that it saved", true);
    return new Recovered(keydir, nextSequence, appliedIndex);
  }

  /// Does it all.
  ///
  /// @param empty makes an empty index
  /// @param room how much may be gathered
  /// @throws CorruptionException if bytes that had been durable are damaged
  public Recovered run(Supplier<Keydir> empty, RecoveryRoom room) {
    try (BulkLoad load = new BulkLoad(folder, empty, supersedeRule, reader, room)) {
      found = load::add;
      List<Segment> unhinted =
          folder.sealed().stream().filter(segment -> !takeHint(load, segment)).toList();
      unhinted.forEach(this::readSealed);
      nextSequence = folder.baseSequence();
      appliedIndex = folder.baseIndex();
      readActive(folder.active(), FileHeader.BYTES);
      for (List<Segment> more = load.finish(); !more.isEmpty(); more = load.finish()) {
        more.forEach(this::readSealed);
      }
      return new Recovered(load.keydir(), nextSequence, appliedIndex);
    }
  }

  private static boolean takeHint(BulkLoad load, Segment segment) {
    Footer footer = segment.readSeal();
    return footer != null
        && footer.contentChecksum() == segment.sealed().contentChecksum()
        && load.takeHint(segment, footer);
  }

  private void readSealed(Segment segment) {
    scanSealed(segment);
    if (segment.footer().contentChecksum() != segment.sealed().contentChecksum()) {
      throw new CorruptionException(
          segment.file().path(),
          segment.file().sizeBytes(),
          "it holds another content than the manifest says; is it an older copy?");
    }
  }

  private void scanSealed(Segment segment) {
    SegmentScanner scanner = segment.scan(frameCheck);
    scanner.verifyFileHeader();
    Scanned.@Nullable Damage damage = readFrames(segment, scanner, false);
    if (damage != null) {
      judge(segment, damage, segment.file().sizeBytes());
    }
  }

  private void readActive(Segment segment, long from) {
    SegmentScanner scanner = segment.scan(frameCheck);
    scanner.verifyFileHeader();
    scanner.skipTo(from);
    Scanned.@Nullable Damage damage = readFrames(segment, scanner, true);
    if (damage == null) {
      return;
    }
    judge(segment, damage, Math.max(watermark, segment.witnessBehind(damage.offset())));
    long cutBytes = segment.file().sizeBytes() - damage.offset();
    sometimes("bitcask cuts a torn tail", true);
    trace.event(TORN, segment.fileId(), damage.offset(), cutBytes);
    if (!mayCut) {
      return;
    }
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
          segment.countFrame(frame.header().frameChecksum());
          frame.entries().forEach(entry -> found.accept(segment, entry));
        }
        case Scanned.Seal seal -> {
          // A crash in the midst of a roll: the file was not sealed yet.
          if (active) {
            return new Scanned.Damage(seal.offset(), "a seal stands in a file that is not sealed");
          }
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
    if (header.kind() != FrameKind.ofBatch(header.entryCount())
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
}
