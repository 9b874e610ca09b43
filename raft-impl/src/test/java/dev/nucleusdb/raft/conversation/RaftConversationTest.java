package dev.nucleusdb.raft.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Plays the conversations in `src/test/resources/conversations`.
class RaftConversationTest {
  private static final Path FOLDER = Path.of("src/test/resources/conversations");
  private static final boolean REWRITE = Boolean.getBoolean("conversations.rewrite");

  @TestFactory
  List<DynamicTest> every_conversation_goes_as_it_is_written() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      List<DynamicTest> tests =
          files
              .filter(file -> file.toString().endsWith(".txt"))
              .sorted()
              .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> play(file)))
              .toList();
      assertThat(tests).as("conversations").isNotEmpty();
      return tests;
    }
  }

  private static void play(Path file) throws IOException {
    Cluster cluster = new Cluster();
    String written = Files.readString(file);
    String seen =
        ConversationFile.play(
            written,
            command -> {
              try {
                return cluster.run(command.text());
              } catch (RuntimeException | AssertionError e) {
                throw new AssertionError(
                    file + ":" + command.lineNumber() + ": " + command.text() + ": " + e, e);
              }
            });
    if (REWRITE) {
      Files.writeString(file, seen);
      return;
    }
    assertThat(seen)
        .as("%s; rewrite with -Dconversations.rewrite=true and review the diff", file)
        .isEqualTo(written);
  }
}
