package dev.nucleusdb.sim.disk;

import dev.nucleusdb.core.random.SplitMix;
import dev.nucleusdb.sim.disk.legal.Choices;
import dev.nucleusdb.sim.disk.legal.FileSystem;
import dev.nucleusdb.sim.disk.legal.FileSystem.Growth;
import java.util.List;

/// What a loss of power leaves of one file on a file system, by choices: [CrashedFile] with a say
/// in it. The first possibility of each choice is the loss.
final class ChosenCrash {
  private static final int SECTORS_PER_PAGE = 8;

  private final Extent durable;
  private final Extent cached;
  private final int dirtyFrom;
  private final boolean overZeros;
  private final FileSystem fileSystem;
  private final Choices choices;
  private final int pageBytes;
  private final List<Extent> strangers;
  private boolean torn;

  /// @param overZeros whether what is not durable was put over zeros that are: then no length tells
  ///   how much of it is there
  /// @param strangers what stood elsewhere on the disk, for blocks that show it
  ChosenCrash(
      Extent durable,
      Extent cached,
      int dirtyFrom,
      boolean overZeros,
      FileSystem fileSystem,
      Choices choices,
      int pageBytes,
      List<Extent> strangers) {
    this.durable = durable;
    this.cached = cached;
    this.dirtyFrom = dirtyFrom;
    this.overZeros = overZeros;
    this.fileSystem = fileSystem;
    this.choices = choices;
    this.pageBytes = pageBytes;
    this.strangers = strangers;
  }

  boolean isTorn() {
    return torn;
  }

  Extent content() {
    boolean wasCut = dirtyFrom < durable.length();
    if (wasCut && choices.of(2) == 0) {
      return durable;
    }
    Extent result = new Extent();
    result.resize(cached.length());
    result.copy(cached, 0, 0, dirtyFrom);
    if (cached.length() > dirtyFrom) {
      boolean inOrder = fileSystem.growth() == Growth.DATA_FIRST && !overZeros;
      result.resize(inOrder ? prefix(result) : pages(result));
    }
    return result;
  }

  /// Data goes before the length: some first bytes are there, and no more.
  private int prefix(Extent result) {
    int end =
        switch (choices.of(3)) {
          case 0 -> dirtyFrom;
          case 1 -> cached.length();
          default -> tear(dirtyFrom, cached.length());
        };
    torn |= end > dirtyFrom && end < cached.length();
    result.copy(cached, dirtyFrom, dirtyFrom, end - dirtyFrom);
    return end;
  }

  private int pages(Extent result) {
    int length = dirtyFrom;
    for (int from = dirtyFrom; from < cached.length(); ) {
      int to = Math.min(cached.length(), (from / pageBytes + 1) * pageBytes);
      length = Math.max(length, page(result, from, to));
      from = to;
    }
    if (length < cached.length() && choices.of(2) == 1) {
      torn = true;
      fill(result, length, cached.length());
      return cached.length();
    }
    return length;
  }

  /// Decides about one page and returns up to where the file reaches because of it.
  private int page(Extent result, int from, int to) {
    int fate = choices.of(fileSystem.growth() == Growth.STALE ? 6 : 5);
    torn |= fate > 1;
    switch (fate) {
      case 0 -> {
        return dirtyFrom;
      }
      case 1 -> result.copy(cached, from, from, to - from);
      case 2 -> {
        int tear = tear(from, to);
        result.copy(cached, from, from, tear - from);
        return tear;
      }
      case 3 -> {
        int tear = tear(from, to);
        fill(result, from, tear);
        result.copy(cached, tear, tear, to - tear);
      }
      case 4 -> sectors(result, from, to);
      default -> fill(result, from, to);
    }
    return to;
  }

  /// Each sector for itself.
  private void sectors(Extent result, int from, int to) {
    int sectorBytes = pageBytes / SECTORS_PER_PAGE;
    for (int begin = from; begin < to; ) {
      int end = Math.min(to, (begin / sectorBytes + 1) * sectorBytes);
      if (choices.of(2) == 1) {
        result.copy(cached, begin, begin, end - begin);
      }
      begin = end;
    }
  }

  private int tear(int from, int to) {
    int anywhere = from + choices.place(to - from);
    int sectorBytes = pageBytes / SECTORS_PER_PAGE;
    return fileSystem.tearsSectors()
        ? anywhere
        : Math.max(from, anywhere / sectorBytes * sectorBytes);
  }

  /// Puts what is not of this file: zeros, garbage, or what stood at that place in another one.
  private void fill(Extent result, int from, int to) {
    if (fileSystem.growth() != Growth.STALE) {
      return;
    }
    int source = choices.of(2 + strangers.size());
    for (int i = from; i < to && source > 0; i++) {
      byte stale =
          source == 1
              ? (byte) SplitMix.mix(i)
              : strangers.get(source - 2).length() > i ? strangers.get(source - 2).at(i) : 0;
      result.set(i, stale);
    }
  }
}
