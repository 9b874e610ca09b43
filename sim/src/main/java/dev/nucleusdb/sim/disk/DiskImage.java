package dev.nucleusdb.sim.disk;

import dev.nucleusdb.core.disk.DiskException;
import dev.nucleusdb.core.disk.DiskException.Kind;
import dev.nucleusdb.core.random.RandomSource;
import dev.nucleusdb.sim.disk.legal.Choices;
import dev.nucleusdb.sim.disk.legal.FileSystem;
import dev.nucleusdb.sim.fault.CrashMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The disk of one machine, which outlives the node's incarnations: names and files as programs see
/// them and as they are on the platter. Also the ground truth of what must survive a crash.
///
/// Invariant: the names on the platter, with all waiting changes applied in order, are the names
/// that programs see.
public final class DiskImage {
  private static final int FORMER_MAX = 4;

  private Map<String, FileImage> files = new TreeMap<>();
  private Set<String> directories = new TreeSet<>(List.of(Paths.ROOT));
  private Map<String, FileImage> durableFiles = new TreeMap<>();
  private Set<String> durableDirectories = new TreeSet<>(List.of(Paths.ROOT));
  private final List<NameChange> changes = new ArrayList<>();
  private int pageBytes = 4096;
  private boolean remembers;

  /// Files that lost their name, oldest first: their blocks are given to others. Empty unless
  /// somebody asked for it.
  private final List<Former> former = new ArrayList<>();

  private record Former(String path, FileImage file) {}

  /// How many bytes from the start of a file completed syncs have made durable; 0 if there is no
  /// such file. Bytes that survived a crash count as durable.
  public long durableBytes(String path) {
    FileImage file = files.get(path);
    return file == null ? 0 : file.durableBytes();
  }

  /// Whether a range of a file is durable: no crash can take it.
  public boolean isDurable(String path, long offset, long length) {
    return offset + length <= durableBytes(path);
  }

  /// Whether a file's name is durable.
  public boolean isNameDurable(String path) {
    FileImage file = files.get(path);
    return file != null && file == durableFiles.get(path);
  }

  /// The paths of all files, sorted.
  public List<String> paths() {
    return List.copyOf(files.keySet());
  }

  /// What programs see of a file.
  ///
  /// @throws DiskException of kind `NOT_FOUND`
  public byte[] content(String path) {
    return find(path).content();
  }

  /// The machine loses power.
  ///
  /// @param random the stream of this crash
  /// @return whether a page was zeroed, garbled or torn
  public boolean crash(CrashMode mode, RandomSource random) {
    RandomSource names = random.fork("names");
    for (NameChange change : changes) {
      boolean kept =
          switch (mode) {
            case DROP -> false;
            case KEEP -> true;
            case PAGES, MIXED -> names.chance(0.5);
          };
      if (kept) {
        change.applyTo(durableFiles, durableDirectories);
      }
    }
    changes.clear();
    removeOrphans();
    boolean torn = false;
    for (Map.Entry<String, FileImage> entry : durableFiles.entrySet()) {
      // A file with two names crashes twice; the second time nothing of it is unsynced.
      torn |= entry.getValue().crash(mode, random.fork("file").fork(entry.getKey()));
    }
    files = new TreeMap<>(durableFiles);
    directories = new TreeSet<>(durableDirectories);
    return torn;
  }

  /// The machine loses power, on a file system whose choices somebody makes.
  ///
  /// @return whether a page was zeroed, garbled or torn
  public boolean crash(FileSystem fileSystem, Choices choices) {
    keepNames(fileSystem, choices);
    changes.clear();
    removeOrphans();
    boolean torn = false;
    for (Map.Entry<String, FileImage> entry : durableFiles.entrySet()) {
      List<Extent> strangers = new ArrayList<>();
      for (Former one : former) {
        if (fileSystem.showsNamesakes() || !one.path().equals(entry.getKey())) {
          strangers.add(one.file().extent());
        }
      }
      torn |= entry.getValue().crash(fileSystem, choices, pageBytes, strangers);
    }
    files = new TreeMap<>(durableFiles);
    directories = new TreeSet<>(durableDirectories);
    return torn;
  }

  private void keepNames(FileSystem fileSystem, Choices choices) {
    int inOrder = fileSystem.namesInOrder() ? choices.of(changes.size() + 1) : 0;
    for (int i = 0; i < changes.size(); i++) {
      boolean kept = fileSystem.namesInOrder() ? i < inOrder : choices.of(2) == 1;
      if (kept) {
        changes.get(i).applyTo(durableFiles, durableDirectories);
      }
    }
  }

  /// Every name is durable: some file systems see to that at every sync.
  void keepAllNames() {
    changes.clear();
    durableFiles = new TreeMap<>(files);
    durableDirectories = new TreeSet<>(directories);
  }

  /// From now on pages are of another size, for worlds whose files are tiny, and what stood in
  /// files that are gone may show in blocks of new ones.
  ///
  /// @param newPageBytes a multiple of 8
  public void shrinkTo(int newPageBytes) {
    pageBytes = newPageBytes;
    remembers = true;
  }

  /// The disk once more, with all that is not durable yet, but for syncs that are under way: for
  /// looking at what would become of it.
  public DiskImage twin() {
    DiskImage twin = new DiskImage();
    List<FileImage> originals = new ArrayList<>();
    List<FileImage> copies = new ArrayList<>();
    UnaryOperator<FileImage> copy =
        original -> {
          for (int i = 0; i < originals.size(); i++) {
            if (originals.get(i).isSame(original)) {
              return copies.get(i);
            }
          }
          originals.add(original);
          copies.add(original.twin());
          return copies.getLast();
        };
    files.forEach((path, file) -> twin.files.put(path, copy.apply(file)));
    durableFiles.forEach((path, file) -> twin.durableFiles.put(path, copy.apply(file)));
    changes.forEach(change -> twin.changes.add(change.of(copy)));
    twin.directories.addAll(directories);
    twin.durableDirectories.addAll(durableDirectories);
    twin.pageBytes = pageBytes;
    twin.remembers = remembers;
    former.forEach(one -> twin.former.add(new Former(one.path(), copy.apply(one.file()))));
    return twin;
  }

  /// The last file that had a name before the one that has it now, if it is remembered.
  @Nullable FileImage formerly(String path) {
    for (Former one : former.reversed()) {
      if (one.path().equals(path)) {
        return one.file();
      }
    }
    return null;
  }

  private void remember(String path) {
    FileImage file = files.get(path);
    if (remembers && file != null) {
      former.add(new Former(path, file));
      if (former.size() > FORMER_MAX) {
        former.removeFirst();
      }
    }
  }

  /// A file is gone, and nobody was told.
  ///
  /// @return whether it was there
  public boolean lose(String path) {
    durableFiles.remove(path);
    return files.remove(path) != null;
  }

  /// Two files have each other's name, and nobody was told.
  boolean swap(String one, String other) {
    FileImage first = find(one);
    FileImage second = find(other);
    files.put(one, second);
    files.put(other, first);
    durableFiles.put(one, second);
    durableFiles.put(other, first);
    return true;
  }

  /// The process ends and the machine stays up: names and bytes in the cache reach the platter, but
  /// for what a failed sync lost.
  public void exit() {
    files.values().forEach(FileImage::exit);
    changes.clear();
    durableFiles = new TreeMap<>(files);
    durableDirectories = new TreeSet<>(directories);
  }

  /// Damages settled bytes, if there are any.
  ///
  /// @param place which of all settled bytes of the disk, from 0 to 1
  /// @param damage what becomes of it
  /// @return whether there was anything to damage
  public boolean damage(double place, Damage damage) {
    return damage(place, damage, FileImage::settledBytes);
  }

  /// Damages what was written last and is settled: in files that are still written to.
  ///
  /// @param place which of these bytes, from 0 to 1
  /// @param damage what becomes of it
  /// @return whether there was anything to damage
  public boolean damageYoung(double place, Damage damage) {
    return damage(place, damage, FileImage::youngBytes);
  }

  /// @param damageable how many bytes of a file may be damaged, the last of those that are settled
  private boolean damage(double place, Damage damage, ToIntFunction<FileImage> damageable) {
    long total = sum(damageable);
    if (total == 0) {
      return false;
    }
    long at = Math.min(total - 1, (long) (place * total));
    for (FileImage file : files.values()) {
      int bytes = damageable.applyAsInt(file);
      if (at < bytes) {
        int offset = file.settledBytes() - bytes + (int) at;
        switch (damage) {
          case FLIPPED_BIT -> file.flip(offset, offset & 7);
          case BAD_SECTOR -> file.spoil(offset);
        }
        return true;
      }
      at -= bytes;
    }
    return false;
  }

  /// How many bytes of the disk may be damaged: see [FileImage].
  public long settledBytes() {
    return sum(FileImage::settledBytes);
  }

  /// How many of these were written last.
  public long youngBytes() {
    return sum(FileImage::youngBytes);
  }

  private long sum(ToIntFunction<FileImage> bytes) {
    long total = 0;
    for (FileImage file : files.values()) {
      total += bytes.applyAsInt(file);
    }
    return total;
  }

  /// Puts bytes that belong elsewhere over settled ones, if there are any.
  void misplace(long at, byte[] bytes) {
    long rest = at;
    for (FileImage file : files.values()) {
      if (rest < file.settledBytes()) {
        file.overwrite((int) rest, bytes);
        return;
      }
      rest -= file.settledBytes();
    }
  }

  /// What is on the platter, for [#restore].
  public Snapshot snapshot() {
    Map<String, FileImage> copies = new TreeMap<>();
    durableFiles.forEach((path, file) -> copies.put(path, file.durableTwin()));
    return new Snapshot(copies, new TreeSet<>(durableDirectories));
  }

  /// The disk is as it was once. Only while the machine is down.
  public void restore(Snapshot snapshot) {
    changes.clear();
    durableFiles = new TreeMap<>();
    snapshot.files().forEach((path, file) -> durableFiles.put(path, file.durableTwin()));
    durableDirectories = new TreeSet<>(snapshot.directories());
    files = new TreeMap<>(durableFiles);
    directories = new TreeSet<>(durableDirectories);
  }

  /// The disk is a new one. Only while the machine is down.
  public void wipe() {
    restore(new Snapshot(new TreeMap<>(), new TreeSet<>(List.of(Paths.ROOT))));
  }

  /// What may happen to a byte on the platter.
  public enum Damage {
    /// One of its bits is another.
    FLIPPED_BIT,
    /// Its sector can no longer be read.
    BAD_SECTOR
  }

  /// A disk at a moment.
  public static final class Snapshot {
    private final Map<String, FileImage> files;
    private final Set<String> directories;

    private Snapshot(Map<String, FileImage> files, Set<String> directories) {
      this.files = files;
      this.directories = directories;
    }

    private Map<String, FileImage> files() {
      return files;
    }

    private Set<String> directories() {
      return directories;
    }
  }

  private void removeOrphans() {
    durableDirectories.removeIf(directory -> !isReachable(directory));
    durableFiles.keySet().removeIf(path -> !isReachable(Paths.parent(path)));
  }

  private boolean isReachable(String directory) {
    for (String above = directory; !above.isEmpty(); above = Paths.parent(above)) {
      if (!durableDirectories.contains(above)) {
        return false;
      }
    }
    return true;
  }

  @Nullable FileImage get(String path) {
    return files.get(path);
  }

  FileImage find(String path) {
    FileImage file = files.get(path);
    if (file == null) {
      throw new DiskException(Kind.NOT_FOUND, path, "no such file");
    }
    return file;
  }

  FileImage create(String path) {
    if (files.containsKey(path) || directories.contains(path)) {
      throw new DiskException(Kind.EXISTS, path, "the file is there already");
    }
    requireFolder(path);
    FileImage file = new FileImage();
    files.put(path, file);
    changes.add(new NameChange.Create(path, file));
    return file;
  }

  List<String> list(String directory) {
    Set<String> names = new TreeSet<>();
    for (String path : files.keySet()) {
      if (Paths.parent(path).equals(directory)) {
        names.add(Paths.name(path));
      }
    }
    for (String path : directories) {
      if (!path.isEmpty() && Paths.parent(path).equals(directory)) {
        names.add(Paths.name(path));
      }
    }
    return List.copyOf(names);
  }

  void createDirectory(String directory) {
    if (directory.isEmpty() || directories.contains(directory)) {
      return;
    }
    if (files.containsKey(directory)) {
      throw new DiskException(Kind.EXISTS, directory, "a file has that name");
    }
    createDirectory(Paths.parent(directory));
    directories.add(directory);
    changes.add(new NameChange.MakeDirectory(directory));
  }

  void rename(String from, String to) {
    FileImage file = find(from);
    requireFolder(to);
    if (!from.equals(to)) {
      remember(to);
      files.remove(from);
      files.put(to, file);
      changes.add(new NameChange.Rename(from, to, file));
    }
  }

  void delete(String path) {
    find(path);
    remember(path);
    files.remove(path);
    changes.add(new NameChange.Delete(path));
  }

  void syncDirectory(String directory) {
    changes.removeIf(change -> {
      boolean covered = change.isIn(directory);
      if (covered) {
        change.applyTo(durableFiles, durableDirectories);
        if (change instanceof NameChange.Rename(String _, String _, FileImage file)) {
          file.settle();
        }
      }
      return covered;
    });
  }

  private void requireFolder(String path) {
    if (!directories.contains(Paths.parent(path))) {
      throw new DiskException(Kind.NOT_FOUND, path, "there is no such folder");
    }
  }
}
