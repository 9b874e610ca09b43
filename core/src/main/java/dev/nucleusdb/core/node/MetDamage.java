package dev.nucleusdb.core.node;

import dev.nucleusdb.core.disk.Disk;
import dev.nucleusdb.core.disk.DiskException;
import dev.nucleusdb.core.disk.DiskFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// A note on the disk that a node has stopped because it met damage while it ran. A start does not
/// read all that there is; after such a stop it should, or the node would stop at the same place
/// for ever.
public final class MetDamage {
  private static final String FILE = "damage-met.txt";

  private MetDamage() {}

  /// Leaves the note, durably if the disk works.
  ///
  /// @param what in words, for who looks into the folder
  public static void note(Disk disk, String what) {
    if (isNoted(disk)) {
      return;
    }
    try (DiskFile file = disk.open(FILE, Disk.OpenMode.CREATE)) {
      file.append(ByteBuffer.wrap((what + "\n").getBytes(StandardCharsets.UTF_8)));
      file.syncNow();
      disk.syncDirectory("");
    } catch (DiskException e) {
      // The node stops with the damage as its reason; it may be met once more.
    }
  }

  /// Whether there is a note.
  public static boolean isNoted(Disk disk) {
    return disk.exists(FILE);
  }

  /// The node has started, and found everything whole, or has set it aside.
  static void forget(Disk disk) {
    if (isNoted(disk)) {
      disk.delete(FILE);
      disk.syncDirectory("");
    }
  }
}
