package dev.nucleusdb.bitcask;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.core.random.SplitMix;
import dev.nucleusdb.core.storage.WriteBatch;
import dev.nucleusdb.core.trace.Trace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The worked example in `docs/formats/bitcask.md` is what the code writes.
class FormatTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "formats", "bitcask.md");

  @Test
  void the_document_shows_the_bytes_that_are_written() throws IOException {
    String document = Files.readString(DOCUMENT);
    for (String piece : example()) {
      assertThat(document).contains(piece);
    }
  }

  /// The pieces of the example, in the order in which the document shows them.
  static List<String> example() {
    MemoryDisk disk = new MemoryDisk();
    Bitcask engine =
        Bitcask.open(
            disk,
            "store",
            BitcaskOptions.DEFAULT,
            BitcaskRules.DEFAULT,
            new SplitMix(1),
            Trace.NONE);
    engine.write(new WriteBatch().put(bytes("cat"), bytes("meow")).delete(bytes("dog")), 7);
    engine.sync(failure -> {});
    disk.completeSyncs();
    engine.write(new WriteBatch().put(bytes("owl"), bytes("hoot")), 8);
    engine.write(new WriteBatch(), 9);
    byte[] data = disk.bytes("store/data-0000000001.bitcask");
    byte[] manifest = disk.bytes("store/manifest");
    engine.seal();
    while (engine.maintain()) {
      assertThat(engine.appliedIndex()).isEqualTo(9);
    }
    byte[] sealed = disk.bytes("store/data-0000000001.bitcask");
    byte[] seal = Arrays.copyOfRange(sealed, data.length, sealed.length);
    return List.of(
        hex(data, 0),
        hex(manifest, 0),
        hex(seal, data.length),
        hex(disk.bytes("store/manifest.twin"), 0),
        hex(disk.bytes("store/hint-0000000001.bitcask"), 0));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static String hex(byte[] bytes, int from) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < bytes.length; i++) {
      if (i % 16 == 0) {
        text.append(i == 0 ? "" : "\n").append(String.format("%04x ", from + i));
      }
      text.append(String.format(" %02x", bytes[i]));
    }
    return text.toString();
  }
}
