package dev.nucleusdb.sim.disk;

import dev.nucleusdb.core.random.RandomSource;
import dev.nucleusdb.sim.fault.CrashMode;

/// What a loss of power leaves of one file. Bytes that a completed sync covers are left alone; of
/// the rest each 4 KiB page meets its own fate. A cut that was not synced may be undone as a whole.
final class CrashedFile {
  private static final int PAGE_BYTES = 4096;
  private static final int SECTOR_BYTES = 512;

  private final Extent durable;
  private final Extent cached;
  private final int dirtyFrom;
  private final CrashMode mode;
  private final RandomSource random;
  private boolean torn;

  CrashedFile(Extent durable, Extent cached, int dirtyFrom, CrashMode mode, RandomSource random) {
    this.durable = durable;
    this.cached = cached;
    this.dirtyFrom = dirtyFrom;
    this.mode = mode;
    this.random = random;
  }

  boolean isTorn() {
    return torn;
  }

  /// Whether room is kept that was reserved, and that no sync has made durable.
  boolean keepsRoom() {
    return switch (mode) {
      case DROP -> false;
      case KEEP -> true;
      case PAGES, MIXED -> random.chance(0.5);
    };
  }

  Extent content() {
    return switch (mode) {
      case DROP -> durable;
      case KEEP -> cached;
      case PAGES, MIXED -> mixed();
    };
  }

  private Extent mixed() {
    boolean wasCut = dirtyFrom < durable.length();
    if ((wasCut && random.chance(0.5)) || (cached.length() == dirtyFrom && !wasCut)) {
      return durable;
    }
    Extent result = new Extent();
    result.resize(cached.length());
    result.copy(cached, 0, 0, dirtyFrom);
    double keptProbability = random.chance(0.5) ? 0.5 : random.nextDouble();
    int length = dirtyFrom;
    for (int from = dirtyFrom; from < cached.length(); ) {
      int to = Math.min(cached.length(), (from / PAGE_BYTES + 1) * PAGE_BYTES);
      length = Math.max(length, page(result, from, to, keptProbability));
      from = to;
    }
    boolean longerThanItsData = mode == CrashMode.MIXED && random.chance(0.25);
    torn |= longerThanItsData && length < cached.length();
    result.resize(longerThanItsData ? cached.length() : length);
    return result;
  }

  /// Decides about one page and returns up to where the file reaches because of it.
  private int page(Extent result, int from, int to, double keptProbability) {
    if (random.chance(keptProbability)) {
      result.copy(cached, from, from, to - from);
      return to;
    }
    if (mode == CrashMode.PAGES || random.chance(0.4)) {
      return 0;
    }
    torn = true;
    int tear = tear(from, to);
    result.copy(cached, from, from, tear - from);
    double rest = random.nextDouble();
    if (rest < 0.4) {
      return tear;
    }
    if (rest < 0.7) {
      for (int i = tear; i < to; i++) {
        result.set(i, (byte) random.nextLong());
      }
    }
    return to;
  }

  /// Where the page is torn: at a sector, or anywhere, or at its very beginning.
  private int tear(int from, int to) {
    int anywhere = from + random.nextInt(to - from);
    if (random.chance(0.25)) {
      return from;
    }
    return random.chance(0.5) ? anywhere : Math.max(from, anywhere / SECTOR_BYTES * SECTOR_BYTES);
  }
}
