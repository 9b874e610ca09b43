package dev.nucleusdb.cli.inspect;

import dev.nucleusdb.bitcask.cipher.StoreKey;
import dev.nucleusdb.cli.shell.UsageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The key of an encrypted store: in a file, so that it stands in no list of processes.
final class KeyOption {
  private static final int FILE_BYTES_MAX = 4096;

  @Option(
      names = "--key-file",
      paramLabel = "FILE",
      description = {
        "The key of an encrypted store: a file of 16 or 32 bytes, or of as many in hex."
      })
  @Nullable Path file;

  /// The key; null if none is named.
  @Nullable StoreKey key() {
    Path named = file;
    if (named == null) {
      return null;
    }
    try {
      if (!Files.isRegularFile(named) || Files.size(named) > FILE_BYTES_MAX) {
        throw new UsageException(named + " is no file of a key");
      }
      byte[] bytes = Files.readAllBytes(named);
      return StoreKey.of(bytes.length == 16 || bytes.length == 32 ? bytes : hex(bytes));
    } catch (IOException e) {
      throw new UsageException("cannot read " + named + ": " + e);
    } catch (IllegalArgumentException e) {
      throw new UsageException(named + " does not hold 16 or 32 bytes, nor as many in hex");
    }
  }

  private static byte[] hex(byte[] bytes) {
    return HexFormat.of().parseHex(new String(bytes, StandardCharsets.ISO_8859_1).strip());
  }
}
