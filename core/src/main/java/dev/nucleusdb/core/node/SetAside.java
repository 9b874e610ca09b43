package dev.nucleusdb.core.node;

import static dev.nucleusdb.core.assertion.Assertions.invariant;

import dev.nucleusdb.core.disk.Disk;
import dev.nucleusdb.core.disk.DiskFile;
import dev.nucleusdb.core.trace.Trace;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The files of a node that cannot be trusted any more, moved out of the way and never deleted.
///
/// ```
///   raft/…  store/…          damaged-1.moving   from here on they go, whatever happens
///   damaged-1/raft/…         damaged-1.moved    all are gone; what begins now is a replacement
///   raft/…  store/…          -                  the replacement has a name of its own, durably
/// ```
///
/// A marker is a file beside the folders, which says why in words. It is durable before the first
/// file moves, so that a crash never leaves half of a log for a whole one.
public final class SetAside {
  /// So many folders are kept; then somebody must look at the disk.
  public static final int KEPT_MAX = 4;

  private static final String FOLDER = "damaged-";
  private static final String MOVING = ".moving";
  private static final String MOVED = ".moved";

  private final Disk disk;
  private final Trace trace;
  private final List<String> directories;

  /// @param trace is told of the steps
  /// @param directories what is moved: folders of the disk that hold files alone
  public SetAside(Disk disk, Trace trace, List<String> directories) {
    this.disk = disk;
    this.trace = trace;
    this.directories = List.copyOf(directories);
  }

  /// Whether what begins on this disk takes the place of what was set aside.
  public static boolean isUnderWay(Disk disk) {
    return disk.list("").stream().anyMatch(SetAside::isMarker);
  }

  /// Whether another folder may be kept.
  public boolean hasRoom() {
    return last() < KEPT_MAX;
  }

  /// Moves the files away.
  ///
  /// @param why in words, for who looks into the folder
  /// @return the folder in which they are
  /// @throws dev.nucleusdb.core.disk.DiskException if the disk does not work; [#resume] goes on
  public String begin(String why) {
    invariant(hasRoom(), "too many folders are kept already");
    String folder = FOLDER + (last() + 1);
    DiskFile marker = disk.open(folder + MOVING, Disk.OpenMode.CREATE);
    marker.append(ByteBuffer.wrap((why + "\n").getBytes(StandardCharsets.UTF_8)));
    marker.syncNow();
    marker.close();
    disk.syncDirectory("");
    trace.point("set-aside.decided");
    move(folder);
    return folder;
  }

  /// Finishes what a crash has interrupted.
  public void resume() {
    for (String name : disk.list("")) {
      if (name.startsWith(FOLDER) && name.endsWith(MOVING)) {
        move(name.substring(0, name.length() - MOVING.length()));
      }
    }
  }

  /// The replacement stands by itself from now on.
  public void end() {
    List<String> markers = disk.list("").stream().filter(SetAside::isMarker).toList();
    for (String marker : markers) {
      trace.point("set-aside.replaced");
      String folder = marker.substring(0, marker.lastIndexOf('.'));
      disk.rename(marker, folder + "/why.txt");
      disk.syncDirectory(folder);
    }
    if (!markers.isEmpty()) {
      disk.syncDirectory("");
    }
  }

  private void move(String folder) {
    disk.createDirectory(folder);
    disk.syncDirectory("");
    for (String directory : directories) {
      disk.createDirectory(folder + "/" + directory);
      disk.syncDirectory(folder);
      for (String name : disk.list(directory)) {
        disk.rename(directory + "/" + name, folder + "/" + directory + "/" + name);
        trace.point("set-aside.file-moved");
      }
      disk.syncDirectory(folder + "/" + directory);
      if (!disk.list("").contains(directory)) {
        continue;
      }
      disk.syncDirectory(directory);
    }
    disk.rename(folder + MOVING, folder + MOVED);
    disk.syncDirectory("");
    trace.point("set-aside.all-moved");
  }

  private int last() {
    int last = 0;
    for (String name : disk.list("")) {
      if (name.matches(FOLDER + "\\d{1,6}")) {
        last = Math.max(last, Integer.parseInt(name.substring(FOLDER.length())));
      }
    }
    return last;
  }

  private static boolean isMarker(String name) {
    return name.startsWith(FOLDER) && (name.endsWith(MOVING) || name.endsWith(MOVED));
  }
}
