package dev.nucleusdb.raft.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.core.node.NodeId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// `docs/formats/write-ahead-log.md` says what the code does. `-Dconversations.rewrite=true`
/// rewrites the example.
class WalFormatDocumentTest {
  private static final Path DOCUMENT = Path.of("../docs/formats/write-ahead-log.md");
  private static final String BEGIN = "<!-- example -->\n```\n";
  private static final String END = "```\n<!-- end -->";

  private static byte[] exampleBytes() {
    WalBench bench = new WalBench();
    WriteAheadLog log = bench.open(64);
    log.append(1, new HardState(2, new NodeId(3)), 1, List.of(Entry.noOp(2)));
    bench.sync(log);
    log.append(1, null, 2, List.of(new Entry(2, "set x".getBytes(UTF_8))));
    bench.sync(log);
    log.release(1, 1, 2, null);
    return Objects.requireNonNull(bench.files().get("raft/wal-0000000002.log"));
  }

  private static String example() {
    StringBuilder text = new StringBuilder();
    byte[] bytes = exampleBytes();
    int[] at = {0};
    line(text, bytes, at, 8, "magic, \"NDBWAL01\"");
    line(text, bytes, at, 8, "segment 2");
    line(text, bytes, at, 4, "crc32c of the 16 bytes before");
    frame(
        text,
        bytes,
        at,
        "identifiers: what segment 1 held",
        "of segment 1",
        "from offset 20",
        "to offset 119",
        "store, once; hard state of group 1, vote 3, term 2, once; entry 1 of term 2, once");
    frame(text, bytes, at, "store: the id of the disk", "drawn when the log was new");
    frame(text, bytes, at, "hard state: what segment 1 said last", "term 2", "vote for n3");
    frame(text, bytes, at, "entry", "index 2", "term 2", "command, \"set x\"");
    frame(text, bytes, at, "store, again", "as before");
    frame(text, bytes, at, "hard state, again", "term 2", "vote for n3");
    frame(text, bytes, at, "base: segment 1 may be deleted", "index 1", "term 2");
    assertThat(at[0]).isEqualTo(bytes.length);
    return text.toString();
  }

  private static void frame(
      StringBuilder text, byte[] bytes, int[] at, String kind, String... payload) {
    int length = bytes[at[0]];
    int end = at[0] + 8 + length;
    line(text, bytes, at, 4, "length " + length);
    line(text, bytes, at, 4, "crc32c of segment, offset " + (at[0] - 4) + ", length and body");
    line(text, bytes, at, 1, kind);
    line(text, bytes, at, 4, "group " + (bytes[at[0]] & 0xff));
    line(text, bytes, at, 8, "watermark " + (bytes[at[0]] & 0xff));
    line(text, bytes, at, 8, payload[0]);
    for (int i = 1; i < payload.length; i++) {
      boolean isLast = i == payload.length - 1;
      line(text, bytes, at, isLast ? end - at[0] : 8, payload[i]);
    }
  }

  private static void line(StringBuilder text, byte[] bytes, int[] at, int count, String meaning) {
    String hex = HexFormat.ofDelimiter(" ").formatHex(bytes, at[0], at[0] + count);
    text.append("%4d  %-23s  %s%n".formatted(at[0], hex, meaning));
    at[0] += count;
  }

  @Test
  void the_example_is_what_the_code_writes() throws IOException {
    String written = Files.readString(DOCUMENT);
    int begin = written.indexOf(BEGIN) + BEGIN.length();
    int end = written.indexOf(END);
    String seen = written.substring(0, begin) + example() + written.substring(end);
    if (Boolean.getBoolean("conversations.rewrite")) {
      Files.writeString(DOCUMENT, seen);
      return;
    }
    assertThat(written).isEqualTo(seen);
  }

  @Test
  void the_grammar_is_that_of_the_code() throws IOException {
    String source =
        Files.readString(Path.of("src/main/java/dev/nucleusdb/raft/log/WalFormat.java"));
    List<String> grammar =
        source
            .lines()
            .filter(line -> line.startsWith("///   "))
            .map(line -> line.substring(6))
            .toList();
    assertThat(grammar).hasSize(15);
    assertThat(Files.readString(DOCUMENT)).contains(String.join("\n", grammar));
  }
}
