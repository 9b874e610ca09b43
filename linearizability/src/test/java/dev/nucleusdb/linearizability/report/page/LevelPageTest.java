package dev.nucleusdb.linearizability.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.linearizability.Limits;
import dev.nucleusdb.linearizability.Sketch;
import dev.nucleusdb.linearizability.history.History;
import dev.nucleusdb.linearizability.level.Level;
import dev.nucleusdb.linearizability.level.LevelChecker;
import dev.nucleusdb.linearizability.level.LevelReport;
import dev.nucleusdb.linearizability.model.Model;
import dev.nucleusdb.linearizability.model.Models;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LevelPageTest {
  /// A client goes back in what another one wrote in order.
  private static final History BACKWARDS =
      Sketch.of(
          "A: put(x) 1 [0,1]",
          "A: put(x) 2 [2,3]",
          "B: get(x) > 2 [4,5]",
          "B: get(x) > 1 [6,7]",
          "C: put(y) 7 [0,9]");

  private static LevelReport judged(History history) {
    return LevelChecker.check(history, Models.named("kv"), Limits.defaults());
  }

  private static String page(History history, Level asked) {
    Model<?> model = Models.named("kv");
    return LevelPage.html("test.jsonl", history, model, judged(history), asked);
  }

  @Test
  void what_breaks_the_weakest_level_comes_first_and_the_ladder_behind_it() {
    assertThat(page(Pictures.STORE_BUFFERING, Level.LINEARIZABLE))
        .contains("<h1>Not linearizable</h1>", "Strongest of what holds: causal.")
        .containsSubsequence(
            "Why it is not sequential",
            "Clients cannot have seen this together.",
            "x absent, y absent",
            "stuck",
            "Why it is not linearizable",
            "An order that explains what client 0 saw",
            "<td class=\"bad asked\">✕ violated</td><td>for each object one order",
            "<td class=\"good\">✓ holds, as pram does</td>",
            "How far behind",
            "reads of x")
        .contains("\"listed\":\"Levels\"", "\"name\":\"causal, client 1\"");
  }

  @Test
  void measures_stand_behind_the_ladder() {
    History stale = Sketch.of("A: put(x) 1 [0,1]", "A: put(x) 2 [2,3]", "B: get(x) > 1 [6,7]");
    assertThat(page(stale, Level.LINEARIZABLE))
        .contains("<th scope=\"row\">reads of x</th><td>30</td><td>2</td>");
  }

  @Test
  void the_view_of_one_client_is_tried_with_a_pencil_too() {
    assertThat(page(BACKWARDS, Level.PRAM))
        .contains("<h1>Not pram</h1>", "Process 1 cannot have seen this.")
        .containsSubsequence("Why it is not pram", "class=\"chain\"", "stuck")
        .contains("Not together: monotonic-reads and monotonic-writes.");
  }

  @Test
  void a_linearizable_history_and_an_empty_one_have_pages() {
    History fine = Sketch.of("A: put(x) 1 [0,1]", "B: get(x) > 1 [2,3]");
    assertThat(page(fine, Level.CAUSAL))
        .contains("<h1>Holds: causal</h1>", "An order that explains the history of key x")
        .contains("\"name\":\"linearizable, x\"")
        .contains("\"order\":[1,2]")
        .doesNotContain("How far behind", "✕ violated");
    assertThat(page(History.builder().build(), Level.CAUSAL)).contains("The history is empty.");
  }

  @Test
  void what_is_undecided_says_why() {
    Limits limits = Limits.configurations(1);
    Model<?> model = Models.named("register");
    History crowded =
        Sketch.of(
            "A: write 1 [0,10]",
            "B: write 2 [0,10]",
            "C: write 1 [0,10]",
            "D: write 2 [0,10]",
            "E: read > 1 [5,30]",
            "F: read > 2 [5,30]");
    LevelReport report = LevelChecker.check(crowded, model, limits);
    assertThat(LevelPage.html("h", crowded, model, report, Level.CAUSAL))
        .contains("<h1>Undecided: causal</h1>", "No verdict")
        .contains(
            "<td class=\"open asked\">? unknown: the bound on configurations was reached</td>");
  }

  @Test
  void no_value_ends_the_element_it_stands_in() {
    String page = page(Pictures.hostile(), Level.SEQUENTIAL);
    assertThat(page.split("<script", -1)).hasSize(3);
    assertThat(page).doesNotContain("<img").doesNotContain("\u202E");
  }

  @Test
  void a_drawing_stands_alone() {
    Model<?> model = Models.named("kv");
    LevelReport report = judged(Pictures.STORE_BUFFERING);
    String drawing = LevelPage.svg(Pictures.STORE_BUFFERING, model, report, Level.SEQUENTIAL);
    List<String> texts = Xml.elements(drawing).stream().map(Xml.Element::text).toList();
    assertThat(texts)
        .contains("✕ Not sequential; strongest of what holds: causal")
        .contains("  ✓ causal               holds", "put x 1");
    assertThat(
            LevelPage.svg(
                History.builder().build(), model, judged(History.builder().build()), Level.CAUSAL))
        .contains("Holds: causal");
  }
}
