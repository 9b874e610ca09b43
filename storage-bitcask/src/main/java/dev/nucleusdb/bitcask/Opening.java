package dev.nucleusdb.bitcask;

import static java.util.Objects.requireNonNull;

import dev.nucleusdb.bitcask.index.Keydir;
import dev.nucleusdb.bitcask.recovery.Checkpoint;
import dev.nucleusdb.bitcask.recovery.Recovered;
import dev.nucleusdb.bitcask.recovery.Recovery;
import dev.nucleusdb.bitcask.recovery.RecoveryRoom;
import dev.nucleusdb.bitcask.segment.SegmentFolder;
import dev.nucleusdb.core.trace.Trace;
import org.jspecify.annotations.Nullable;

/// Finds the index of a store that is being opened: the one that was saved, if it can be believed,
/// and what was written since; or all of it anew from hints and data.
final class Opening {
  private final SegmentFolder folder;
  private final IndexKind kind;
  private final BitcaskRules rules;
  private final boolean mayCut;
  private final Trace trace;
  private @Nullable Recovered recovered;

  Opening(SegmentFolder folder, IndexKind kind, BitcaskRules rules, boolean mayCut, Trace trace) {
    this.folder = folder;
    this.kind = kind;
    this.rules = rules;
    this.mayCut = mayCut;
    this.trace = trace;
  }

  void run(@Nullable Checkpoint saved) {
    if (saved != null && saved.fits(folder)) {
      Keydir loaded = kind.load(saved, folder.storeId());
      recovered = loaded == null ? null : recovery().runFrom(saved, loaded);
    }
    if (recovered == null) {
      recovered = recovery().run(() -> kind.make(folder.storeId()), RecoveryRoom.DEFAULT);
    }
  }

  private Recovery recovery() {
    return new Recovery(folder, rules.frameCheck(), rules.supersede(), rules.tail(), mayCut, trace);
  }

  Recovered recovered() {
    return requireNonNull(recovered);
  }
}
