package dev.nucleusdb.sim.disk;

import dev.nucleusdb.core.disk.DiskException;
import org.jspecify.annotations.Nullable;

/// The calls of a disk that can fail.
public enum DiskCall {
  /// A file that is there is opened.
  OPEN,
  /// A file is made.
  CREATE,
  /// A folder is made.
  CREATE_DIRECTORY,
  /// A file gets another name.
  RENAME,
  /// A name is removed.
  DELETE,
  /// Names are made durable.
  SYNC_DIRECTORY,
  /// Bytes are appended.
  APPEND,
  /// Bytes are read.
  READ,
  /// A file is cut.
  TRUNCATE,
  /// Bytes are made durable, and it is told later.
  SYNC,
  /// Bytes are made durable at once.
  SYNC_NOW;

  /// Who is asked before each call whether it fails: for searches that fail the n-th call for every
  /// n. Single calls that fail by chance or plan are [CallFaults].
  @FunctionalInterface
  public interface Script {
    /// Nothing fails.
    Script NONE = (call, path) -> null;

    /// @return how the call fails, or null if it does not
    @Nullable Failure before(DiskCall call, String path);
  }

  /// How a call fails.
  ///
  /// @param kind what it says
  /// @param done whether it has had its effect all the same
  /// @param bytes of syncs: what becomes of the bytes, as [CallFaults] names it
  public record Failure(DiskException.Kind kind, boolean done, String bytes) {
    DiskException at(DiskCall call, String path) {
      return new DiskException(kind, path, "the call failed: " + call);
    }
  }
}
