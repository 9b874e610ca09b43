package dev.nucleusdb.bitcask.store;

import dev.nucleusdb.bitcask.large.Upload;
import dev.nucleusdb.core.storage.WriteBatch;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Writes what a stream holds as the value of a key: a part at a time, each in its own turn among
/// the writers; the stream is read out of turn.
final class StreamedPut {
  private final BitcaskStore store;
  private final byte[] key;
  private final InputStream value;
  private final long sizeBytes;
  private final long expiry;
  private long readBytes;
  private @Nullable Upload upload;

  /// @param sizeBytes how many bytes are read; negative for all there are
  StreamedPut(BitcaskStore store, byte[] key, InputStream value, long sizeBytes, long expiry) {
    this.store = store;
    this.key = key;
    this.value = value;
    this.sizeBytes = sizeBytes;
    this.expiry = expiry;
  }

  void run() throws IOException {
    byte[] first = next();
    byte[] second = first.length < store.large().partBytes() ? new byte[0] : next();
    if (second.length == 0) {
      inTurn(() -> store.large().write(new WriteBatch().put(key, first, expiry)));
      return;
    }
    store.uploads().acquireUninterruptibly();
    try {
      inParts(first, second);
    } finally {
      store.uploads().release();
    }
  }

  private void inParts(byte[] first, byte[] second) throws IOException {
    boolean done = false;
    try {
      Upload begun =
          store.locked(() -> {
            store.requireOpen();
            return store.large().begin(key, expiry);
          });
      upload = begun;
      inTurn(() -> begun.append(first));
      byte[] part = second;
      while (part.length > 0) {
        byte[] current = part;
        inTurn(() -> begun.append(current));
        part = next();
      }
      inTurn(begun::finish);
      done = true;
    } finally {
      Upload begun = upload;
      if (!done && begun != null) {
        store.locked(() -> {
          begun.abandon();
          return true;
        });
      }
    }
  }

  private void inTurn(Runnable work) {
    store.locked(() -> {
      store.requireOpen();
      work.run();
      return true;
    });
  }

  /// The next part; empty at the end.
  private byte[] next() throws IOException {
    int wanted = store.large().partBytes();
    if (sizeBytes >= 0) {
      wanted = (int) Math.min(wanted, sizeBytes - readBytes);
    }
    byte[] part = new byte[wanted];
    int read = value.readNBytes(part, 0, wanted);
    readBytes += read;
    if (sizeBytes >= 0 && read < wanted) {
      throw new EOFException("the stream ended after " + readBytes + " of " + sizeBytes + " bytes");
    }
    return read == wanted ? part : Arrays.copyOf(part, read);
  }
}
