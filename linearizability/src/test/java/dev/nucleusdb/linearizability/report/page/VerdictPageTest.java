package dev.nucleusdb.linearizability.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.linearizability.Limits;
import dev.nucleusdb.linearizability.LinearizabilityChecker;
import dev.nucleusdb.linearizability.Sketch;
import dev.nucleusdb.linearizability.Verdict;
import dev.nucleusdb.linearizability.history.History;
import dev.nucleusdb.linearizability.history.Value;
import dev.nucleusdb.linearizability.model.Models;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class VerdictPageTest {
  @Test
  void a_violation_shows_its_few_operations_and_where_the_longest_order_got_stuck() {
    String page = Pictures.page(Pictures.STALE_READ, "kv");
    assertThat(page)
        .contains("<h1>Not linearizable</h1>")
        .contains("No order of operations explains what was seen of key x.")
        .contains("x could only be 1 or 2.")
        .containsSubsequence(
            "class=\"chain\"", "absent", "put x 0", ">0<", "put x 1", ">1<", "stuck", "get x → 0")
        .contains("it is not possible in the state 1.");
  }

  @Test
  void a_valid_history_carries_its_order() {
    String page =
        Pictures.page(
            Sketch.of("A: write 1 [0,9]", "B: write 2 [0,9]", "C: read > 1 [10,12]"), "register");
    assertThat(page)
        .contains("<h1>Linearizable</h1>")
        .contains("One order explains all 3 operations on 1 object.")
        .contains("\"order\":[2,1,3]");
  }

  @Test
  void an_undecided_one_says_which_limit_came_first_and_how_far_it_came() {
    History history = Sketch.of("A: put(x) 1 [0,9]", "B: put(x) 2 [0,9]", "C: get(x) > 1 [10,11]");
    Verdict verdict =
        LinearizabilityChecker.check(history, Models.named("kv"), Limits.configurations(1));
    assertThat(VerdictPage.html("h", history, Models.named("kv"), verdict))
        .contains("<h1>Undecided</h1>")
        .contains("The bound on configurations was reached of key x after 0 of 3 returns");
  }

  @Test
  void an_empty_history_has_a_page() {
    assertThat(Pictures.page(History.builder().build(), "register"))
        .contains("The history is empty.");
  }

  @Test
  void no_value_ends_the_element_it_stands_in() {
    String page = Pictures.page(Pictures.hostile(), "kv");
    assertThat(count(page, "<script")).isEqualTo(2);
    assertThat(count(page, "</script>")).isEqualTo(2);
    assertThat(page.substring(0, page.indexOf("id=\"data\"")))
        .contains("&quot; onmouseover=&quot;alert(1)")
        .doesNotContain("\" onmouseover");
    assertThat(page)
        .doesNotContain("<img")
        .doesNotContain("\u202E")
        .doesNotContain("\u2028")
        .doesNotContain("\0")
        .contains("多字节 😀");
  }

  @Test
  void what_names_a_part_of_the_template_is_not_filled_in() {
    assertThat(count(Pictures.page(Pictures.hostile(), "kv"), "const world = JSON.parse"))
        .isEqualTo(1);
  }

  @Test
  void values_that_would_make_the_page_large_are_cut() {
    History.Builder builder = History.builder();
    for (int number = 0; number < 2_000; number++) {
      Value text = Value.of(number + "x".repeat(10_000));
      builder.invoke(1, "write", Value.UNRECORDED, List.of(text), number).ok(1, number);
    }
    assertThat(Pictures.page(builder.build(), "register")).hasSizeLessThan(3_700_000);
  }

  @Test
  void a_page_loads_nothing() {
    String page = Pictures.page(Pictures.STALE_READ, "kv");
    assertThat(page).contains("default-src 'none'");
    assertThat(page).doesNotContainPattern("(src|href)=\"(?!#)").doesNotContain("url(");
  }

  private static int count(String text, String part) {
    return (int) Pattern.compile(Pattern.quote(part)).matcher(text).results().count();
  }
}
