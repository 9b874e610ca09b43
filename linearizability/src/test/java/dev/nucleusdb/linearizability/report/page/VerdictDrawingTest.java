package dev.nucleusdb.linearizability.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.linearizability.Sketch;
import dev.nucleusdb.linearizability.history.History;
import dev.nucleusdb.linearizability.history.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

final class VerdictDrawingTest {
  @Test
  void a_violation_is_drawn_with_the_order_that_got_stuck() {
    List<Xml.Element> drawing = Xml.elements(Pictures.drawing(Pictures.STALE_READ, "kv"));
    assertThat(drawing.getFirst().attribute("aria-label"))
        .isEqualTo("Not linearizable: no order of operations explains what was seen of key x");
    assertThat(texts(drawing))
        .contains("put x 0", "client 2", "get x → 1")
        .contains("  3  get x → 1   then 1", "  ✕  get x → 0   cannot come next: it was 1");
  }

  @Test
  void operations_overlap_in_the_drawing_exactly_if_they_are_concurrent() {
    String drawing =
        Pictures.drawing(
            Sketch.of("A: write 1 [0,2]", "B: write 2 [2,5]", "A: read > 2 [6,7]"), "register");
    List<Xml.Element> bars =
        Xml.elements(drawing).stream()
            .filter(element -> element.attribute("class").equals("bar"))
            .toList();
    assertThat(bars).hasSize(3);
    Xml.Element first = bars.get(0);
    Xml.Element after = bars.get(1);
    Xml.Element concurrent = bars.get(2);
    assertThat(after.number("x")).isGreaterThan(end(first));
    assertThat(concurrent.number("x")).isLessThan(end(first));
  }

  @Test
  void hostile_values_leave_it_well_formed() {
    List<Xml.Element> drawing = Xml.elements(Pictures.drawing(Pictures.hostile(), "kv"));
    assertThat(drawing).extracting(Xml.Element::name).doesNotContain("img", "script");
  }

  @Test
  void it_follows_the_viewer_and_needs_no_variables() {
    assertThat(Pictures.drawing(Pictures.STALE_READ, "kv"))
        .contains("@media (prefers-color-scheme: dark)")
        .doesNotContain("var(");
  }

  @Test
  void of_a_long_history_the_beginning_is_drawn() {
    History.Builder builder = History.builder();
    for (int number = 0; number < 1_000; number++) {
      builder.invoke(number % 5, "add", Value.UNRECORDED, List.of(Value.of(1)), 2L * number);
      builder.ok(number % 5, 2L * number + 1);
    }
    assertThat(texts(Xml.elements(Pictures.drawing(builder.build(), "counter"))))
        .contains("The first 60 of 1000.");
  }

  private static double end(Xml.Element bar) {
    return bar.number("x") + bar.number("width");
  }

  private static List<String> texts(List<Xml.Element> drawing) {
    return drawing.stream()
        .filter(element -> element.name().equals("text"))
        .map(Xml.Element::text)
        .toList();
  }
}
