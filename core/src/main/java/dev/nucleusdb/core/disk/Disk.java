package dev.nucleusdb.core.disk;

import java.util.List;

/// A folder of files that belongs to one node. Paths are relative, separated by `/`, without `..`.
///
/// **What a crash may lose** (the contract that both the simulated and the real disk keep, and that
/// engines must survive; `DiskContract`):
///
/// 1. Bytes appended before a [DiskFile#sync] was *called* are durable once it has *completed*,
///    with the file's length. Of bytes that no completed sync covers, any 4 KiB page may be kept,
///    lost (the file is shorter, or zeros stand there if a later page was kept), or torn within.
///    Where room was reserved ([DiskFile#reserve]), the file may be longer, by zeros.
/// 2. A file's *name* is durable once [#syncDirectory] on its folder has completed: before that, a
///    create, rename or delete may be undone by a crash, each for itself.
/// 3. [DiskFile#truncate] is durable after the next completed sync of the file; before that the cut
///    bytes may come back.
/// 4. A sync that failed has told nothing: what it covered may be durable or not, and reading it
///    back proves nothing. It is never retried; the node stops. From then on every sync of this
///    disk fails, of whatever file, even before the completion of the first has run: an operating
///    system tells of lost bytes once, and the next sync would succeed and lie.
///
/// All calls are made by the node's thread; only reads of files may come from any. Reads and writes
/// block for as long as the operating system takes; syncs complete later on the node's thread.
public interface Disk {

  /// Opens a file.
  ///
  /// @throws DiskException of kind `EXISTS`, `NOT_FOUND`, `NO_SPACE`, `READ_ONLY` or `IO`
  DiskFile open(String path, OpenMode mode);

  /// Whether a file of that name is there now.
  boolean exists(String path);

  /// The names (not paths) of the files and folders in a folder, sorted; empty if there is no such
  /// folder. The empty path is the disk's own folder.
  List<String> list(String directory);

  /// Makes a folder and those above it; does nothing if it is there. Durable after [#syncDirectory]
  /// on its parent.
  void createDirectory(String directory);

  /// Gives a file another name in one step, replacing what had it.
  ///
  /// @throws DiskException of kind `NOT_FOUND` or `IO`
  void rename(String from, String to);

  /// Gives a file of another disk a name here, too, without copying it; only for files that are
  /// never written again. Durable as any new name.
  ///
  /// @return false if these two disks cannot share a file; then nothing has changed
  /// @throws DiskException of kind `EXISTS`, `NOT_FOUND` or `IO`
  default boolean link(Disk other, String from, String to) {
    return false;
  }

  /// Removes a file's name; open handles go on reading it.
  ///
  /// @throws DiskException of kind `NOT_FOUND` or `IO`
  void delete(String path);

  /// Makes the names in a folder durable; blocks until they are.
  ///
  /// @throws DiskException if it failed: the node must stop
  void syncDirectory(String directory);

  /// How a file is opened.
  enum OpenMode {
    /// It must not be there; it is created, empty.
    CREATE,
    /// It must be there; appends go to its end.
    APPEND,
    /// It must be there; only reads are allowed.
    READ
  }
}
