package dev.nucleusdb.sim.disk;

import org.jspecify.annotations.Nullable;

/// A sync between its call and its completion. It covers what the file held at the call, even if
/// the file is cut meanwhile: then the cut bytes are saved here, from `savedFrom` on.
final class PendingSync {
  final int length;

  /// Up to where room was reserved.
  final int reservedTo;

  private int savedFrom;
  private @Nullable Extent saved;

  private int durableBefore;

  /// @param length what the file held at the call
  /// @param reservedTo up to where room was reserved; 0 if none was
  /// @param durableBefore what was durable when the last of it was written
  PendingSync(int length, int reservedTo, int durableBefore) {
    this.length = length;
    this.reservedTo = reservedTo;
    this.durableBefore = durableBefore;
    this.savedFrom = length;
  }

  /// What was durable when the last bytes that it covers were written.
  int durableBefore() {
    return durableBefore;
  }

  /// The lowest offset from which on the file is no longer what it was at the call.
  int unchangedTo() {
    return savedFrom;
  }

  /// The file is about to be cut to `cut` bytes.
  void beforeCut(Extent cached, int cut) {
    if (cut >= savedFrom) {
      return;
    }
    durableBefore = 0;
    Extent more = new Extent();
    more.resize(length - cut);
    more.copy(cached, cut, 0, savedFrom - cut);
    if (saved != null) {
      more.copy(saved, 0, savedFrom - cut, length - savedFrom);
    }
    saved = more;
    savedFrom = cut;
  }

  /// Writes the bytes from `from` to the end of what this sync covers.
  void writeTo(Extent durable, Extent cached, int from) {
    durable.resize(length);
    int middle = Math.max(from, savedFrom);
    durable.copy(cached, from, from, middle - from);
    if (saved != null) {
      durable.copy(saved, middle - savedFrom, middle, length - middle);
    }
  }
}
