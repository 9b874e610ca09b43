package dev.nucleusdb.scenarios.store.oracle;

import dev.nucleusdb.bitcask.cipher.Aead;
import dev.nucleusdb.bitcask.format.Checksum;
import dev.nucleusdb.bitcask.format.Entry;
import dev.nucleusdb.bitcask.format.FileHeader;
import dev.nucleusdb.bitcask.format.FileNames;
import dev.nucleusdb.bitcask.format.FrameCheck;
import dev.nucleusdb.bitcask.format.FrameHeader;
import dev.nucleusdb.bitcask.format.FrameKind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// **No two records of a file were ever encrypted under one nonce**: what NIST SP 800-38D (section
/// 8) asks of whoever uses GCM. Two that share one give away the difference of their contents, and
/// with it the key of the authentication.
///
/// Looked for in what stands on the disk whenever the power fails, before it takes anything: a
/// record that a crash takes had been seen by whoever had the disk. What is written and taken back
/// between two crashes is not seen.
public final class NoNonceTwice {
  private final Map<String, String> records = new TreeMap<>();

  /// Looks at a file.
  ///
  /// @param path of it
  /// @param content all of it
  /// @return what is wrong, or null
  public @Nullable String broken(String path, byte[] content) {
    long fileId = FileNames.dataFileId(path.substring(path.lastIndexOf('/') + 1));
    if (fileId == 0 || !FileHeader.isEncrypted(content)) {
      return null;
    }
    Checksum checksum = new Checksum();
    int at = FileHeader.BYTES;
    while (at + FrameHeader.BYTES <= content.length) {
      FrameHeader header = FrameHeader.read(content, at, fileId, at, checksum);
      if (header == null || !isWhole(header, content, at, fileId, checksum)) {
        return null;
      }
      int end = at + (int) header.frameBytes();
      String broken =
          header.kind() == FrameKind.SEAL
              ? null
              : ofFrame(path, content, at + header.kind().headBytes(), end);
      if (broken != null) {
        return broken;
      }
      at = end;
    }
    return null;
  }

  private static boolean isWhole(
      FrameHeader header, byte[] content, int at, long fileId, Checksum checksum) {
    return header.payloadBytes() >= 0
        && at + header.frameBytes() <= content.length
        && header.isIntact(content, at, fileId, at, checksum, FrameCheck.EQUAL);
  }

  private @Nullable String ofFrame(String path, byte[] content, int from, int end) {
    ByteBuffer buffer = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    int at = from;
    while (at < end) {
      int keyAndFlags = buffer.getInt(at + Entry.KEY_BYTES_OFFSET);
      int size = Entry.bytes(keyAndFlags, buffer.getInt(at + Entry.VALUE_BYTES_OFFSET));
      int nonce = at + Entry.nonceStart(keyAndFlags);
      HexFormat hex = HexFormat.of();
      String sealed = path + ' ' + hex.formatHex(content, nonce, nonce + Aead.NONCE_BYTES);
      String record = at + ":" + hex.formatHex(content, at, at + size);
      String known = records.putIfAbsent(sealed, record);
      if (known != null && !known.equals(record)) {
        return "two records of " + path + " share a nonce, the second at offset " + at;
      }
      at += size;
    }
    return null;
  }
}
