package dev.nucleusdb.bitcask;

import dev.nucleusdb.core.disk.Disk;
import dev.nucleusdb.core.disk.DiskException;
import dev.nucleusdb.core.disk.DiskFile;
import dev.nucleusdb.core.random.RandomSource;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A disk in memory that loses on [#crash] what the contract of [Disk] allows it to lose: pages of
/// bytes, and creates, renames and deletes each for itself.
final class MemoryDisk implements Disk {
  /// Thrown where a crash strikes; nothing catches it but the test.
  static final class PowerLoss extends Error {
    private static final long serialVersionUID = 1;

    PowerLoss(String where) {
      super(where, null, false, false);
    }
  }

  /// Decides what happens to an operation.
  interface Fault {
    /// Returns null for no fault. May throw [PowerLoss].
    DiskException.@Nullable Kind before(String operation, String path);
  }

  private static final int PAGE_BYTES = 32;

  private final TreeMap<String, MemoryFile.Content> names = new TreeMap<>();
  private final TreeMap<String, MemoryFile.Content> durableNames = new TreeMap<>();
  private final List<NameChange> changes = new ArrayList<>();
  private final TreeSet<String> folders = new TreeSet<>(List.of(""));
  private final Queue<Runnable> completions = new ArrayDeque<>();
  private int openHandles;
  private int incarnation;

  /// What was said to be read soon: path, offset and length.
  final List<String> hints = new ArrayList<>();

  Fault fault = (operation, path) -> null;

  /// On a failed append, how many bytes of it are written all the same.
  int partialBytes;

  private record NameChange(
      String path, MemoryFile.@Nullable Content now, @Nullable String renamedFrom) {}

  // --- what a test does --------------------------------------------------------------------------

  /// Lets all syncs complete.
  void completeSyncs() {
    while (!completions.isEmpty()) {
      completions.remove().run();
    }
  }

  int pendingSyncs() {
    return completions.size();
  }

  /// Lets the oldest sync complete.
  void completeOneSync() {
    Runnable next = completions.poll();
    if (next != null) {
      next.run();
    }
  }

  int openHandles() {
    return openHandles;
  }

  /// The power fails. With `random` null all is lost that may be, otherwise what the draw says.
  void crash(@Nullable RandomSource random) {
    incarnation++;
    openHandles = 0;
    completions.clear();
    for (NameChange change : changes) {
      if (random != null && random.chance(0.5)) {
        apply(durableNames, change);
      }
    }
    changes.clear();
    names.clear();
    names.putAll(durableNames);
    names.values().stream().distinct().forEach(content -> content.crash(random, PAGE_BYTES));
  }

  /// The bytes of a file, for the test to look at.
  byte[] bytes(String path) {
    return content(path).bytes();
  }

  /// Replaces the bytes of a file behind the engine's back, durable.
  void overwrite(String path, byte[] bytes) {
    content(path).overwrite(bytes);
  }

  void remove(String path) {
    names.remove(path);
    durableNames.remove(path);
  }

  MemoryDisk copy() {
    MemoryDisk copy = new MemoryDisk();
    copy.folders.addAll(folders);
    durableNames.forEach((path, content) -> copy.durableNames.put(path, content.durableCopy()));
    copy.names.putAll(copy.durableNames);
    return copy;
  }

  List<String> paths() {
    return List.copyOf(names.keySet());
  }

  // --- Disk --------------------------------------------------------------------------------------

  @Override
  public DiskFile open(String path, OpenMode mode) {
    boolean there = names.containsKey(path);
    if (mode == OpenMode.CREATE) {
      check("create", path);
      if (there) {
        throw new DiskException(DiskException.Kind.EXISTS, path, "is there already");
      }
      MemoryFile.Content content = new MemoryFile.Content();
      change(new NameChange(path, content, null));
    } else if (!there) {
      throw new DiskException(DiskException.Kind.NOT_FOUND, path, "is not there");
    }
    openHandles++;
    return new MemoryFile(this, path, content(path), mode == OpenMode.READ, incarnation);
  }

  @Override
  public boolean exists(String path) {
    return names.containsKey(path) || folders.contains(path);
  }

  @Override
  public List<String> list(String directory) {
    String prefix = directory.isEmpty() ? "" : directory + "/";
    TreeSet<String> found = new TreeSet<>();
    for (String name : names.keySet()) {
      if (name.startsWith(prefix)) {
        String rest = name.substring(prefix.length());
        int slash = rest.indexOf('/');
        found.add(slash < 0 ? rest : rest.substring(0, slash));
      }
    }
    return List.copyOf(found);
  }

  @Override
  public void createDirectory(String directory) {
    folders.add(directory);
  }

  @Override
  public void rename(String from, String to) {
    check("rename", from);
    change(new NameChange(to, content(from), from));
  }

  @Override
  public void delete(String path) {
    check("delete", path);
    content(path);
    change(new NameChange(path, null, null));
  }

  @Override
  public void syncDirectory(String directory) {
    check("syncDirectory", directory);
    List<NameChange> later = new ArrayList<>();
    for (NameChange change : changes) {
      if (folder(change.path()).equals(directory)) {
        apply(durableNames, change);
      } else {
        later.add(change);
      }
    }
    changes.clear();
    changes.addAll(later);
  }

  // --- for MemoryFile ----------------------------------------------------------------------------

  void check(String operation, String path) {
    DiskException.Kind kind = fault.before(operation, path);
    if (kind != null) {
      throw new DiskException(kind, path, operation + " was made to fail");
    }
  }

  void whenSynced(Runnable completion) {
    completions.add(completion);
  }

  boolean isCurrent(int handleIncarnation) {
    return handleIncarnation == incarnation;
  }

  void handleClosed() {
    openHandles--;
  }

  private void change(NameChange change) {
    changes.add(change);
    apply(names, change);
  }

  private static void apply(Map<String, MemoryFile.Content> names, NameChange change) {
    if (change.now() == null) {
      names.remove(change.path());
      return;
    }
    names.put(change.path(), change.now());
    String from = change.renamedFrom();
    if (from != null && names.get(from) == change.now()) {
      names.remove(from);
    }
  }

  private MemoryFile.Content content(String path) {
    MemoryFile.Content content = names.get(path);
    if (content == null) {
      throw new DiskException(DiskException.Kind.NOT_FOUND, path, "is not there");
    }
    return content;
  }

  private static String folder(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }

  static ByteBuffer slice(ByteBuffer bytes, int count) {
    return bytes.slice(bytes.position(), Math.min(count, bytes.remaining()));
  }
}
