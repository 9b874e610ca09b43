package dev.nucleusdb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `nucleus check` of what grows and of what comes through a pipe.
final class StreamCheckTest {
  private static final String GOOD =
      """
      {"process":1,"type":"invoke","f":"put","key":"x","value":"1","time":100}
      {"process":1,"type":"ok","f":"put","time":250}
      {"process":2,"type":"invoke","f":"get","key":"x","time":260}
      {"process":2,"type":"ok","f":"get","value":"1","time":300}
      """;
  private static final String STALE = GOOD.replace("\"value\":\"1\",\"time\":300", "\"time\":300");
  private static final String LATER =
      "{\"process\":2,\"type\":\"invoke\",\"f\":\"get\",\"key\":\"x\",\"time\":400}\n";

  @TempDir Path folder = Path.of("");

  private static String judge(int expectedCode, String input, String... options) {
    String[] arguments = new String[options.length + 3];
    System.arraycopy(options, 0, arguments, 3, options.length);
    arguments[0] = "check";
    arguments[1] = "-";
    arguments[2] = "--model=kv";
    Run run = Run.withInput(input, arguments);
    assertThat(run.code()).as(run.err()).isEqualTo(expectedCode);
    return run.out() + run.err();
  }

  @Test
  void what_holds_holds() {
    assertThat(judge(0, GOOD)).startsWith("VALID: one order explains all 2 operations");
    assertThat(judge(0, GOOD, "--stream")).startsWith("VALID: all 2 returns on 1 object(s)");
    assertThat(judge(0, GOOD, "--stream", "--json")).contains("\"verdict\":\"valid\",\"events\":4");
  }

  @Test
  void a_violation_ends_the_reading_before_the_lines_behind_it() {
    String broken = STALE + LATER + "no history\n";
    assertThat(judge(1, broken, "--stream"))
        .contains("x could only be 1")
        .contains("Before these operations, key x was certainly absent");
    assertThat(judge(2, broken)).contains("standard input:6:1: expected");
  }

  @Test
  void a_report_is_written_while_the_history_is_judged_line_by_line() throws IOException {
    Path page = folder.resolve("page.html");
    judge(1, STALE + LATER + "no history\n", "--stream", "--report=" + page);
    assertThat(Files.readString(page))
        .contains("<h1>Not linearizable</h1>", "certainly absent", "<dd>standard input</dd>");
    Path drawing = folder.resolve("drawing.svg");
    judge(0, GOOD, "--stream", "--report=" + drawing);
    assertThat(Files.readString(drawing)).contains("Linearizable: all 2 returns on 1 object");
    assertThat(judge(2, GOOD, "--stream", "--level=causal"))
        .contains("--stream goes neither with levels")
        .hasLineCount(1);
  }

  @Test
  void a_violation_at_the_end_is_found_too() {
    assertThat(judge(1, STALE, "--stream", "--json"))
        .contains("\"verdict\":\"invalid\",\"events\":4");
  }

  @Test
  void what_cannot_be_read_is_one_line() {
    assertThat(judge(2, GOOD.replace("get", "pop"), "--stream"))
        .contains("standard input:3:1: expected a function of the model kv")
        .hasLineCount(1);
    assertThat(judge(2, GOOD, "--memory=3x")).contains("'3x' is no amount of memory");
    assertThat(judge(2, GOOD, "--memory=3k")).contains("65536").hasLineCount(1);
    assertThat(Run.of("check", "nowhere.jsonl", "--model=kv", "--stream").code()).isEqualTo(2);
  }

  @Test
  void a_file_is_streamed_too() throws IOException {
    Path file = folder.resolve("history.jsonl");
    Files.writeString(file, STALE);
    assertThat(Run.of("check", file.toString(), "--model=kv", "--stream").code()).isEqualTo(1);
  }
}
