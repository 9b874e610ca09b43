package dev.nucleusdb.sim.disk;

import dev.nucleusdb.core.random.SplitMix;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What may become of bytes at rest, without a word. Strikes what is on the platter and in the
/// cache, so for disks on which everything is durable, or copies of them.
public enum Rot {
  /// Two bits flip, one at either end of the block.
  BITS,
  /// Zeros stand there.
  ZEROS,
  /// `0xff` stands there.
  ONES,
  /// Garbage stands there.
  JUNK,
  /// Another block of the file stands there: a write or a read that went astray.
  SAME_FILE,
  /// A block of another file stands there.
  OTHER_FILE,
  /// What stood there before the last append: a write that was lost.
  OLDER,
  /// The file ends there.
  CUT,
  /// The file goes on with a copy of its beginning.
  GROWN,
  /// The file and the next one have each other's name.
  SWAPPED,
  /// What had that name before has it again: an old copy.
  AGED,
  /// The file is gone.
  MISSING,
  /// The file is empty.
  EMPTY,
  /// No sector of the file can be read.
  UNREADABLE;

  /// Those that strike one block.
  public static final List<Rot> BLOCKS =
      List.of(BITS, ZEROS, ONES, JUNK, SAME_FILE, OTHER_FILE, OLDER);

  /// Those that strike a file.
  public static final List<Rot> FILES =
      List.of(CUT, GROWN, SWAPPED, AGED, MISSING, EMPTY, UNREADABLE);

  private static final int BLOCK_BYTES = 512;

  /// Strikes.
  ///
  /// @param path the file
  /// @param offset where in it
  /// @param length of the block
  /// @return whether anything is other than it was
  public boolean strike(DiskImage image, String path, int offset, int length) {
    byte[] before = image.content(path);
    return switch (this) {
      case MISSING -> image.lose(path);
      case UNREADABLE -> image.find(path).spoilAll();
      case SWAPPED -> {
        String other = neighbour(image, path);
        yield other != null && image.swap(path, other);
      }
      case AGED -> {
        FileImage old = image.formerly(path);
        yield old != null && replace(image, path, before, old.content());
      }
      case CUT ->
          replace(image, path, before, Arrays.copyOf(before, Math.min(offset, before.length)));
      case EMPTY -> replace(image, path, before, new byte[0]);
      case GROWN -> {
        byte[] grown = Arrays.copyOf(before, before.length + length);
        for (int i = before.length; i < grown.length && before.length > 0; i++) {
          grown[i] = before[i % before.length];
        }
        yield replace(image, path, before, grown);
      }
      case BITS, ZEROS, ONES, JUNK, SAME_FILE, OTHER_FILE, OLDER ->
          replace(image, path, before, blocked(image, path, before, offset, length));
    };
  }

  private byte[] blocked(DiskImage image, String path, byte[] before, int offset, int length) {
    byte[] after = before.clone();
    int end = Math.min(before.length, offset + length);
    String other = neighbour(image, path);
    byte[] stranger = other == null ? new byte[0] : image.content(other);
    for (int i = offset; i < end; i++) {
      after[i] =
          switch (this) {
            case BITS -> (byte) (i == offset || i == end - 1 ? before[i] ^ 1 << i % 8 : before[i]);
            case ONES -> (byte) 0xff;
            case JUNK -> (byte) SplitMix.mix(i + 1L);
            case SAME_FILE -> before[(i + length) % before.length];
            case OTHER_FILE -> i < stranger.length ? stranger[i] : 0;
            case OLDER -> i < offset + length / 2 ? before[i] : 0;
            default -> 0;
          };
    }
    return after;
  }

  private static boolean replace(DiskImage image, String path, byte[] before, byte[] after) {
    image.find(path).replace(after);
    return !Arrays.equals(before, after);
  }

  private static @Nullable String neighbour(DiskImage image, String path) {
    List<String> paths = image.paths();
    int at = paths.indexOf(path);
    return paths.size() < 2 ? null : paths.get((at + 1) % paths.size());
  }

  /// Strikes settled bytes of a disk that is in use.
  ///
  /// @param kinds one of these
  /// @param how a number that fixes kind and place
  /// @return whether anything is other than it was
  public static boolean strikeSettled(DiskImage image, List<Rot> kinds, int how) {
    long hash = SplitMix.mix(how);
    Rot kind = kinds.get((int) Long.remainderUnsigned(hash, kinds.size()));
    List<String> candidates =
        image.paths().stream()
            .filter(path -> image.find(path).settledBytes() > 0 && image.find(path).isDurable())
            .toList();
    if (candidates.isEmpty()) {
      return false;
    }
    long next = SplitMix.mix(hash);
    String path = candidates.get((int) Long.remainderUnsigned(next, candidates.size()));
    int at = (int) Long.remainderUnsigned(SplitMix.mix(next), image.find(path).settledBytes());
    int from = at / BLOCK_BYTES * BLOCK_BYTES;
    return kind.strike(
        image, path, from, Math.min(BLOCK_BYTES, image.find(path).settledBytes() - from));
  }
}
