package dev.nucleusdb.bitcask.inspect;

import dev.nucleusdb.bitcask.cipher.Encryption;
import dev.nucleusdb.bitcask.cipher.FileCipher;
import dev.nucleusdb.bitcask.cipher.StoreCipher;
import dev.nucleusdb.bitcask.cipher.StoreKey;
import dev.nucleusdb.bitcask.cipher.WrongKeyException;
import dev.nucleusdb.bitcask.format.FileHeader;
import dev.nucleusdb.bitcask.format.StoreId;
import org.jspecify.annotations.Nullable;

/// The key of a data file that is looked at alone.
final class FileKeys {
  private FileKeys() {}

  /// The key of a file; null if it is not encrypted, or no key is given, or its head is not whole.
  ///
  /// @param head the first bytes of the file
  /// @throws WrongKeyException if the head names another key, or none
  static @Nullable FileCipher of(String path, byte[] head, long fileId, @Nullable StoreKey key) {
    StoreId storeId = FileHeader.storeId(head);
    if (key == null || storeId == null) {
      return null;
    }
    StoreCipher keys = of(storeId, key);
    if (!FileHeader.isEncrypted(head)) {
      throw new WrongKeyException(path, "the file is not encrypted; look at it without a key");
    }
    if (!FileHeader.mayBeOf(head, keys.fingerprint())) {
      throw new WrongKeyException(path, "this is not the key of the store");
    }
    return keys.of(fileId);
  }

  /// The keys of a store, to read with.
  static StoreCipher of(StoreId storeId, StoreKey key) {
    return java.util.Objects.requireNonNull(
        Encryption.with(key).of(storeId.high(), storeId.low(), null));
  }
}
