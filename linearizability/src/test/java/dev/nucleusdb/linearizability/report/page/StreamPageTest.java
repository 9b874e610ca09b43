package dev.nucleusdb.linearizability.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.linearizability.Verdict;
import dev.nucleusdb.linearizability.history.Value;
import dev.nucleusdb.linearizability.model.Model;
import dev.nucleusdb.linearizability.model.Models;
import dev.nucleusdb.linearizability.stream.StreamVerdict;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StreamPageTest {
  private static final Model<?> MODEL = Models.named("kv");

  @Test
  void a_violation_shows_the_window_and_the_state_before_it() {
    String page = StreamPage.html("standard input", MODEL, Pictures.streamed(190, true));
    assertThat(page)
        .contains("<h1>Not linearizable</h1>")
        .contains("No order of operations explains what was seen of key x.")
        .contains("<dt>returns judged</dt><dd>569</dd>")
        .containsSubsequence(
            "What contradicts itself of key x",
            "class=\"drawing\"",
            "could only be 189",
            "stuck",
            "379 returns had an order before. Before the last 50 operations, to which these belong,"
                + " the object was certainly 164;")
        .contains("\"total\":380");
    assertThat(page).containsSubsequence("\"name\":\"x\"", "\"name\":\"y\"");
  }

  @Test
  void what_holds_says_how_much_was_judged_and_forgotten() {
    assertThat(StreamPage.html("h", MODEL, Pictures.streamed(200, false)))
        .contains("<h1>Linearizable</h1>", "All 600 returns on 2 objects have an order")
        .contains("What was judged of key y", "What is settled is forgotten.")
        .contains("\"total\":200");
    assertThat(StreamPage.html("h", MODEL, List.of()))
        .contains("All 0 returns on 0 objects", "The history is empty.");
  }

  @Test
  void a_limit_is_told() {
    List<StreamVerdict> verdicts =
        List.of(
            new StreamVerdict.Holding(Value.of("x"), 1),
            new StreamVerdict.Undecided(Value.of("y"), 7, Verdict.Cause.MEMORY));
    assertThat(StreamPage.html("h", MODEL, verdicts))
        .contains("<h1>Undecided</h1>")
        .contains("The bound on memory was reached of key y after 7 returns.")
        .contains("What came later was not judged.")
        .contains("1 return has an order");
    assertThat(StreamPage.svg(MODEL, verdicts)).contains("? Undecided: the bound on memory");
  }

  @Test
  void a_drawing_stands_alone() {
    String drawing = StreamPage.svg(MODEL, Pictures.streamed(190, true));
    List<String> texts = Xml.elements(drawing).stream().map(Xml.Element::text).toList();
    assertThat(texts)
        .contains("✕ Not linearizable: no order of operations explains what was seen of key x")
        .anyMatch(text -> text.startsWith("379 returns had an order before."));
    assertThat(StreamPage.svg(MODEL, Pictures.streamed(3, false)))
        .contains("✓ Linearizable: all 9 returns on 2 objects have an order");
  }
}
