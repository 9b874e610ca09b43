package dev.nucleusdb.bitcask.segment;

import dev.nucleusdb.bitcask.cipher.Aead;
import dev.nucleusdb.bitcask.cipher.FileCipher;
import dev.nucleusdb.core.disk.DiskFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A hint of an encrypted store: the pieces of a hint, each sealed with the key of the data file.
///
/// ```
///   sealed hint ::= magic "NUCLSEAL" (8) piece*
///   piece       ::= bytes of the piece (4) nonce (12) the piece, encrypted  tag (16)
/// ```
///
/// A piece binds its number, so none can be left out or moved but at the end, which the hint knows.
final class SealedHint {
  private static final byte[] MAGIC = "NUCLSEAL".getBytes(StandardCharsets.US_ASCII);
  private static final int PIECE_HEAD_BYTES = Integer.BYTES + Aead.NONCE_BYTES;

  private SealedHint() {}

  /// A piece as it is written.
  ///
  /// @param number 0 for the first
  static byte[] seal(FileCipher cipher, int number, byte[] piece) {
    int magicBytes = number == 0 ? MAGIC.length : 0;
    byte[] nonce = new byte[Aead.NONCE_BYTES];
    cipher.drawNonce(number, nonce);
    byte[] sealed = new byte[magicBytes + PIECE_HEAD_BYTES + piece.length + Aead.TAG_BYTES];
    ByteBuffer buffer = ByteBuffer.wrap(sealed).order(ByteOrder.LITTLE_ENDIAN);
    buffer.put(MAGIC, 0, magicBytes).putInt(piece.length).put(nonce).put(piece);
    int nonceAt = magicBytes + Integer.BYTES;
    new Aead().seal(cipher, Aead.HINT, number, sealed, magicBytes, nonceAt, piece.length);
    return sealed;
  }

  /// The hint, in memory; null if some of it was not sealed with this key.
  static @Nullable DiskFile open(FileCipher cipher, DiskFile file) {
    byte[] bytes = new byte[Math.toIntExact(file.sizeBytes())];
    int read = file.read(0, ByteBuffer.wrap(bytes));
    if (read < bytes.length
        || read < MAGIC.length
        || !Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      return null;
    }
    Aead aead = new Aead();
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int length = 0;
    int at = MAGIC.length;
    for (int number = 0; at < bytes.length; number++) {
      int rest = bytes.length - at - PIECE_HEAD_BYTES - Aead.TAG_BYTES;
      int pieceBytes = rest < 0 ? -1 : buffer.getInt(at);
      if (pieceBytes < 0
          || pieceBytes > rest
          || !aead.open(cipher, Aead.HINT, number, bytes, at, at + Integer.BYTES, pieceBytes)) {
        return null;
      }
      System.arraycopy(bytes, at + PIECE_HEAD_BYTES, bytes, length, pieceBytes);
      length += pieceBytes;
      at += PIECE_HEAD_BYTES + pieceBytes + Aead.TAG_BYTES;
    }
    return new BytesFile(file.path(), Arrays.copyOf(bytes, length));
  }
}
