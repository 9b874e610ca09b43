package dev.nucleusdb.bitcask.store;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.nucleusdb.bitcask.Bitcask;
import dev.nucleusdb.core.disk.DiskException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Copies a store into another folder while it is in use. Sealed files never change, so a hard link
/// is a copy; what takes writes is sealed first, so that all of them are. The new manifest is put
/// in force last but for one thing: the file that took writes in an earlier backup keeps its place
/// until then, because it must not be linked while a manifest says that it may be written to.
public final class Backup {
  private final Path source;
  private final Path target;
  private final List<Path> late = new ArrayList<>();
  private int linked;
  private int copied;
  private int kept;

  /// What a backup did.
  ///
  /// @param linkedFiles files that share their bytes with the store
  /// @param copiedFiles files whose bytes were copied
  /// @param keptFiles files that an earlier backup had brought
  public record Result(int linkedFiles, int copiedFiles, int keptFiles) {}

  private Backup(Path source, Path target) {
    this.source = source;
    this.target = target;
  }

  /// @param source the folder of the data files
  /// @param folder where to; becomes the folder of a store
  static Result take(Bitcask engine, Path source, Path folder) {
    Bitcask.SealedFiles files = engine.seal();
    Backup backup = new Backup(source, folder.resolve(source.getFileName()));
    try {
      backup.run(files);
    } catch (IOException e) {
      throw new DiskException(
          DiskException.Kind.IO, folder.toString(), "could not back up: " + e.getMessage(), e);
    }
    return new Result(backup.linked, backup.copied, backup.kept);
  }

  private void run(Bitcask.SealedFiles files) throws IOException {
    Files.createDirectories(target);
    for (String name : files.sealed()) {
      bring(name);
    }
    copy(files.active());
    sync(target);
    for (String name : files.manifests()) {
      copy(name + ".backup");
      Files.move(target.resolve(name + ".backup"), target.resolve(name), ATOMIC_MOVE);
    }
    sync(target);
    for (Path name : late) {
      Files.move(
          target.resolve(name + ".late"), target.resolve(name), ATOMIC_MOVE, REPLACE_EXISTING);
    }
    removeOthers(files);
    sync(target);
  }

  private void bring(String name) throws IOException {
    Path from = source.resolve(name);
    Path to = target.resolve(name);
    if (Files.exists(to)) {
      if (Files.size(to) == Files.size(from)) {
        kept++;
        return;
      }
      late.add(Path.of(name));
      to = target.resolve(name + ".late");
      Files.deleteIfExists(to);
    }
    try {
      Files.createLink(to, from);
      linked++;
    } catch (IOException | UnsupportedOperationException noLink) {
      copyDurably(from, to);
    }
  }

  /// Copies a file that changes; `.backup` at the end of its name is not in the source's.
  private void copy(String name) throws IOException {
    Path to = target.resolve(name);
    Files.deleteIfExists(to);
    String from = name.endsWith(".backup") ? name.substring(0, name.length() - 7) : name;
    copyDurably(source.resolve(from), to);
  }

  private void copyDurably(Path from, Path to) throws IOException {
    try (FileChannel in = FileChannel.open(from, READ);
        FileChannel out = FileChannel.open(to, CREATE_NEW, WRITE)) {
      ByteBuffer piece = ByteBuffer.allocateDirect(1 << 20);
      while (in.read(piece.clear()) >= 0) {
        piece.flip();
        while (piece.hasRemaining()) {
          out.write(piece);
        }
      }
      out.force(true);
    }
    copied++;
  }

  private void removeOthers(Bitcask.SealedFiles files) throws IOException {
    try (Stream<Path> there = Files.list(target)) {
      for (Path path : there.toList()) {
        String name = String.valueOf(path.getFileName());
        boolean belongs =
            files.sealed().contains(name)
                || files.active().equals(name)
                || files.manifests().contains(name);
        if (!belongs && name.endsWith(".bitcask")) {
          Files.delete(path);
        }
      }
    }
  }

  private static void sync(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, READ)) {
      channel.force(true);
    }
  }
}
