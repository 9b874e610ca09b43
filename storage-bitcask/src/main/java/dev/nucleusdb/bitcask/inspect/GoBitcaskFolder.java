package dev.nucleusdb.bitcask.inspect;

import dev.nucleusdb.core.codec.Bytes;
import dev.nucleusdb.core.disk.Disk;
import dev.nucleusdb.core.disk.Disk.OpenMode;
import dev.nucleusdb.core.disk.DiskFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/// Reads the folder of a Bitcask of the common Go form, to bring its content over:
///
/// ```
///   000000000.data, 000000001.data, …       records, the last file is the active one
///   record ::= crc32 (4, little endian, of all that follows)
///              type (1)                     0 put, 1 deleted, 2 end of a batch
///              key bytes, value bytes       zigzag varints
///              key                          varint sequence number of its batch, 0 for none; then the user's key
///              value
/// ```
///
/// A batch counts once its record of type 2 stands there. Records of a merge that was finished but
/// not installed yet stand in a folder of their own, with the id of the first file that was not
/// merged.
public final class GoBitcaskFolder {
  private static final int PUT = 0;
  private static final int DELETED = 1;
  private static final int BATCH_END = 2;
  private static final int HEADER_BYTES = 5;
  private static final String DATA = ".data";
  private static final String MERGE_FOLDER = "-merge";
  private static final String MERGE_FINISHED = "merge-finished";

  private final TreeMap<byte[], byte[]> content = new TreeMap<>(Bytes.ORDER);
  private final Map<Long, List<Pending>> batches = new TreeMap<>();
  private final List<Finding> findings = new ArrayList<>();
  private long records;

  private record Pending(byte[] key, byte @Nullable [] value) {}

  /// What was read.
  ///
  /// @param content keys and values, in the order of the keys
  /// @param records records of all kinds
  /// @param droppedBatches batches that were never ended
  /// @param findings what could not be read
  public record Result(
      TreeMap<byte[], byte[]> content, long records, int droppedBatches, List<Finding> findings) {}

  private GoBitcaskFolder() {}

  /// Reads a folder.
  ///
  /// @param disk whose own folder it is
  /// @throws IllegalArgumentException if there is no data file in it
  public static Result read(Disk disk) {
    GoBitcaskFolder folder = new GoBitcaskFolder();
    List<String> paths = dataFiles(disk);
    if (paths.isEmpty()) {
      throw new IllegalArgumentException("there is no data file (000000000.data, …) in it");
    }
    for (String path : paths) {
      folder.readFile(disk, path, path.equals(paths.getLast()));
    }
    return new Result(folder.content, folder.records, folder.batches.size(), folder.findings);
  }

  private static List<String> dataFiles(Disk disk) {
    long firstNotMerged = firstNotMerged(disk);
    List<String> paths = new ArrayList<>();
    if (firstNotMerged > 0) {
      names(disk, MERGE_FOLDER).forEach(name -> paths.add(MERGE_FOLDER + "/" + name));
    }
    for (String name : names(disk, "")) {
      if (id(name) >= firstNotMerged) {
        paths.add(name);
      }
    }
    return paths;
  }

  private static List<String> names(Disk disk, String directory) {
    return disk.list(directory).stream().filter(name -> id(name) >= 0).toList();
  }

  /// The id in the name of a data file; -1 if it is none.
  private static long id(String name) {
    String digits = name.endsWith(DATA) ? name.substring(0, name.length() - DATA.length()) : "";
    boolean isId =
        digits.length() >= 9
            && digits.length() <= 18
            && digits.chars().allMatch(digit -> digit >= '0' && digit <= '9');
    return isId ? Long.parseLong(digits) : -1;
  }

  /// The first file that a finished merge has left out; 0 if there is no such merge.
  private static long firstNotMerged(Disk disk) {
    String path = MERGE_FOLDER + "/" + MERGE_FINISHED;
    if (!disk.exists(path)) {
      return 0;
    }
    byte[] bytes = bytes(disk, path);
    Framed marker = Framed.read(bytes, 0);
    if (marker == null) {
      return 0;
    }
    String text = new String(marker.value(bytes), StandardCharsets.US_ASCII);
    return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
  }

  private static byte[] bytes(Disk disk, String path) {
    try (DiskFile file = disk.open(path, OpenMode.READ)) {
      ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(file.sizeBytes()));
      file.read(0, bytes);
      return bytes.array();
    }
  }

  private void readFile(Disk disk, String path, boolean isLast) {
    byte[] bytes = bytes(disk, path);
    int at = 0;
    while (at < bytes.length) {
      Framed record = Framed.read(bytes, at);
      if (record == null) {
        findings.add(
            new Finding(
                isLast ? Finding.Severity.HARMLESS : Finding.Severity.DAMAGE,
                path,
                at,
                isLast
                    ? "a torn end, passed over"
                    : "no whole record stands here; the rest of the file was passed over"));
        return;
      }
      records++;
      learn(bytes, record);
      at = record.end;
    }
  }

  private void learn(byte[] bytes, Framed record) {
    long batch = record.sequence;
    if (record.type == BATCH_END) {
      List<Pending> whole = batches.remove(batch);
      if (whole != null) {
        whole.forEach(this::apply);
      }
      return;
    }
    Pending entry =
        new Pending(record.key(bytes), record.type == DELETED ? null : record.value(bytes));
    if (batch == 0) {
      apply(entry);
    } else {
      batches.computeIfAbsent(batch, unknown -> new ArrayList<>()).add(entry);
    }
  }

  private void apply(Pending entry) {
    if (entry.value == null) {
      content.remove(entry.key);
    } else {
      content.put(entry.key, entry.value);
    }
  }

  /// One record: where its parts stand.
  private record Framed(int type, long sequence, int keyStart, int valueStart, int end) {

    /// The record at an offset; null if none stands there that is whole.
    static @Nullable Framed read(byte[] bytes, int at) {
      if (bytes.length - at < HEADER_BYTES + 2) {
        return null;
      }
      Varints lengths = new Varints(bytes, at + HEADER_BYTES);
      long keyBytes = lengths.signed();
      long valueBytes = lengths.signed();
      int keyAt = lengths.position();
      long end = keyAt + keyBytes + valueBytes;
      int type = bytes[at + 4];
      boolean possible =
          keyAt > 0
              && keyBytes >= 1
              && valueBytes >= 0
              && keyBytes <= bytes.length
              && valueBytes <= bytes.length
              && end <= bytes.length
              && type >= PUT
              && type <= BATCH_END;
      if (!possible) {
        return null;
      }
      CRC32 crc = new CRC32();
      crc.update(bytes, at + 4, (int) end - at - 4);
      int stored = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(at);
      Varints key = new Varints(bytes, keyAt);
      long sequence = key.unsigned();
      int valueAt = (int) (keyAt + keyBytes);
      boolean whole =
          stored == (int) crc.getValue() && key.position() > 0 && key.position() <= valueAt;
      return whole ? new Framed(type, sequence, key.position(), valueAt, (int) end) : null;
    }

    byte[] key(byte[] bytes) {
      return Arrays.copyOfRange(bytes, keyStart, valueStart);
    }

    byte[] value(byte[] bytes) {
      return Arrays.copyOfRange(bytes, valueStart, end);
    }
  }

  /// Numbers in seven-bit groups, the lowest first.
  private static final class Varints {
    private final byte[] bytes;
    private int at;

    Varints(byte[] bytes, int at) {
      this.bytes = bytes;
      this.at = at;
    }

    /// Behind the last number; -1 if one of them had no end.
    int position() {
      return at;
    }

    long unsigned() {
      long value = 0;
      for (int shift = 0; shift < 64 && at >= 0 && at < bytes.length; shift += 7) {
        byte next = bytes[at++];
        value |= (long) (next & 0x7f) << shift;
        if (next >= 0) {
          return value;
        }
      }
      at = -1;
      return 0;
    }

    long signed() {
      long zigzag = unsigned();
      return (zigzag >>> 1) ^ -(zigzag & 1);
    }
  }
}
