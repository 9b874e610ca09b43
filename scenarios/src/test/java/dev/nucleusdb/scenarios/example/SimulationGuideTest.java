package dev.nucleusdb.scenarios.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The code in `docs/simulation.md` is code that is compiled and run: each piece names its file,
/// and stands there word for word, white space aside.
class SimulationGuideTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern PIECE =
      Pattern.compile("(?s)(?:<!-- from (\\S+) -->\\n)?```java\\n(.*?)\\n```");

  private static String guide() throws IOException {
    return Files.readString(ROOT.resolve("docs/simulation.md"));
  }

  private static String withoutBlanks(String text) {
    return text.replaceAll("\\s", "");
  }

  /// The pieces that their files do not have, or that name no file.
  private static List<String> invented(String guide) throws IOException {
    List<String> invented = new ArrayList<>();
    Matcher piece = PIECE.matcher(guide);
    while (piece.find()) {
      String file = piece.group(1);
      if (file == null
          || !withoutBlanks(Files.readString(ROOT.resolve(file)))
              .contains(withoutBlanks(piece.group(2)))) {
        invented.add(piece.group(2));
      }
    }
    return invented;
  }

  @Test
  void every_piece_of_code_in_the_guide_stands_in_the_file_that_it_names() throws IOException {
    assertThat(PIECE.matcher(guide()).results().count()).isGreaterThanOrEqualTo(4);
    assertThat(invented(guide())).isEmpty();
  }

  @Test
  void a_piece_that_is_not_in_its_file_is_noticed() throws IOException {
    assertThat(invented(guide().replace("a_read_sees_the_latest_write", "something_else")))
        .hasSize(1);
    assertThat(invented(guide().replaceFirst("<!-- from .* -->\\n", ""))).hasSize(1);
  }

  @Test
  void the_last_piece_is_a_test_of_less_than_thirty_lines() throws IOException {
    List<String> pieces = PIECE.matcher(guide()).results().map(piece -> piece.group(2)).toList();
    assertThat(pieces.getLast()).startsWith("class RegisterTest").contains("@Simulate");
    assertThat(pieces.getLast().lines()).hasSizeLessThan(30);
  }
}
