package dev.nucleusdb.bitcask.cipher;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/// Seals and opens, for one thread. The associated data of all that is sealed:
///
/// ```
///    0  u8   what it is: 'R' a record, 'H' a piece of a hint
///    1  u64  file id
///    9  u64  offset of the record, or number of the piece
///   17       the head of the record, from behind its checksum to before its nonce
/// ```
///
/// So nothing that was sealed can be read as another thing, in another place, or under another
/// sequence number or expiry.
public final class Aead {
  /// Bytes of a nonce.
  public static final int NONCE_BYTES = 12;

  /// Bytes of a tag.
  public static final int TAG_BYTES = 16;

  /// A record of a data file.
  public static final byte RECORD = 'R';

  /// A piece of a hint.
  public static final byte HINT = 'H';

  private static final int PLACE_BYTES = 17;

  private @Nullable Cipher cipher;
  private final byte[] place = new byte[PLACE_BYTES];
  private final ByteBuffer placeBuffer = ByteBuffer.wrap(place).order(ByteOrder.LITTLE_ENDIAN);
  private byte[] copy = new byte[256];

  /// Seals bytes where they stand, and writes the tag behind them.
  ///
  /// @param key of the file
  /// @param what [#RECORD] or [#HINT]
  /// @param offset of the record, or number of the piece
  /// @param bytes holds them all
  /// @param headFrom where the head begins that is bound, but readable
  /// @param nonceAt where the nonce stands; the head ends there, the bytes begin behind it
  /// @param length of the bytes to be sealed
  public void seal(
      FileCipher key, byte what, long offset, byte[] bytes, int headFrom, int nonceAt, int length) {
    try {
      Cipher used = begin(Cipher.ENCRYPT_MODE, key, what, offset, bytes, headFrom, nonceAt);
      int from = nonceAt + NONCE_BYTES;
      used.doFinal(copyOf(bytes, from, length), 0, length, bytes, from);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK cannot encrypt: " + e.getMessage(), e);
    }
  }

  /// Opens bytes where they stand, if the tag behind them is right.
  ///
  /// @return false if they were not sealed with this key, for this place; then they are unchanged
  public boolean open(
      FileCipher key, byte what, long offset, byte[] bytes, int headFrom, int nonceAt, int length) {
    try {
      Cipher used = begin(Cipher.DECRYPT_MODE, key, what, offset, bytes, headFrom, nonceAt);
      int from = nonceAt + NONCE_BYTES;
      int sealed = length + TAG_BYTES;
      used.doFinal(copyOf(bytes, from, sealed), 0, sealed, bytes, from);
      return true;
    } catch (AEADBadTagException _) {
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK cannot decrypt: " + e.getMessage(), e);
    }
  }

  /// Input and output must not overlap: the JDK would copy, and differently by platform.
  private byte[] copyOf(byte[] bytes, int from, int length) {
    if (copy.length < length || copy.length > Math.max(1 << 16, 4 * length)) {
      copy = new byte[length];
    }
    System.arraycopy(bytes, from, copy, 0, length);
    return copy;
  }

  private Cipher begin(
      int mode, FileCipher key, byte what, long offset, byte[] bytes, int headFrom, int nonceAt)
      throws GeneralSecurityException {
    Cipher used = cipher;
    if (used == null) {
      used = Cipher.getInstance("AES/GCM/NoPadding");
      cipher = used;
    }
    used.init(mode, key.key(), new GCMParameterSpec(TAG_BYTES * 8, bytes, nonceAt, NONCE_BYTES));
    placeBuffer.put(0, what).putLong(1, key.fileId()).putLong(9, offset);
    used.updateAAD(place);
    used.updateAAD(bytes, headFrom, nonceAt - headFrom);
    return used;
  }
}
