package dev.nucleusdb.scenarios.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.core.trace.TraceKind;
import dev.nucleusdb.scenarios.ReplicatedKeyValue;
import dev.nucleusdb.scenarios.ScenarioOptions;
import dev.nucleusdb.scenarios.WorldResult;
import dev.nucleusdb.scenarios.explain.Explanation;
import dev.nucleusdb.scenarios.explain.StoryLine;
import dev.nucleusdb.sim.fault.FaultFamily;
import dev.nucleusdb.sim.fault.PlanEntry;
import dev.nucleusdb.sim.trace.Actor;
import dev.nucleusdb.sim.trace.Departure;
import dev.nucleusdb.sim.trace.Happening;
import dev.nucleusdb.sim.trace.MessageFate;
import dev.nucleusdb.sim.trace.Recording;
import dev.nucleusdb.sim.trace.Violation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class TimelinePageTest {
  private static final String HOSTILE = "</script></pre><script>alert('\"{{data}}&amp;')</script>";
  private static final int PAGE_BYTES_MAX = 8 << 20;

  private record Seen(WorldResult result, Recording recording) {
    String page() {
      return TimelinePage.html(
          result, recording, Explanation.NONE, "replicated-kv", "run --seed 7", List.of());
    }
  }

  private static Seen small() {
    Recording recording = new Recording();
    ScenarioOptions options =
        new ScenarioOptions(3, 2, Duration.ofSeconds(20), FaultFamily.parseList("all"), null);
    WorldResult result = new ReplicatedKeyValue().run(options, 7, null, List.of(recording));
    return new Seen(result, recording);
  }

  private static WorldResult with(
      WorldResult given, @Nullable Violation violation, String evidence) {
    return new WorldResult(
        given.seed(),
        violation,
        evidence,
        given.digest(),
        given.eventCount(),
        given.simulated(),
        given.operations(),
        given.faults(),
        given.plan(),
        given.log(),
        given.undecided());
  }

  private static String dataOf(String page) {
    String opening = "<script type=\"application/json\" id=\"data\">";
    int begin = page.indexOf(opening) + opening.length();
    return page.substring(begin, page.indexOf("</script>", begin));
  }

  @Test
  void a_page_tells_what_became_of_the_world() {
    Seen seen = small();
    String page = seen.page();
    assertThat(page)
        .startsWith("<!doctype html>")
        .contains("<title>ok · seed 7 · replicated-kv</title>")
        .contains("every property held")
        .contains("run --seed 7")
        .contains("%016x".formatted(seen.result().digest()))
        .doesNotContain("http://")
        .doesNotContain("https://");
    String data = dataOf(page);
    assertThat(data)
        .contains("\"lanes\":[\"n1\",\"n2\",\"n3\",\"c1\",\"c2\"]")
        .contains("\"nodeCount\":3")
        .contains("raft.role")
        .contains(seen.result().log().records().getFirst().text())
        .doesNotContain("\"violation\"");
    assertThat(JsonScanner.firstError(data)).isEmpty();
  }

  @Test
  void a_violation_is_told_in_the_title_the_head_and_the_data() {
    Seen seen = small();
    Violation violation = new Violation("LogMatching", 1_500_000_000, "n1 and n2 differ");
    Seen broken = new Seen(with(seen.result(), violation, "first\nsecond"), seen.recording());
    assertThat(broken.page())
        .contains("<title>LogMatching broken · seed 7")
        .contains("<strong>LogMatching is broken</strong> at 1.5s: n1 and n2 differ")
        .contains("first\nsecond</pre>")
        .contains("\"violation\":{\"invariant\":\"LogMatching\",\"at\":1500000000");
  }

  @Test
  void no_text_of_the_world_leaves_its_place() {
    Seen seen = small();
    Recording recording = seen.recording();
    recording.onNodeDown(21_000_000_000L, new Actor(0, new Address("n1"), new NodeId(1)), HOSTILE);
    Violation violation = new Violation(HOSTILE, 1, HOSTILE + '\u2028');
    WorldResult result = with(seen.result(), violation, HOSTILE);
    String page =
        TimelinePage.html(
            result, recording, hostileExplanation(), HOSTILE, HOSTILE, List.of(HOSTILE));
    assertThat(page).doesNotContain("<script>");
    assertThat(page.split("</script>", -1)).hasSize(3);
    assertThat(dataOf(page)).doesNotContain("<").doesNotContain("\u2028");
    assertThat(JsonScanner.firstError(dataOf(page))).isEmpty();
  }

  private static Explanation hostileExplanation() {
    Actor node = new Actor(0, new Address("n1"), new NodeId(1));
    Happening.NodeDown down = new Happening.NodeDown(7, node, HOSTILE);
    return new Explanation(
        HOSTILE,
        new Departure(node, 7, List.of(down), List.of()),
        List.of(new StoryLine(7, HOSTILE, HOSTILE, null)));
  }

  @Test
  void the_same_world_gives_the_same_page() {
    assertThat(small().page()).isEqualTo(small().page());
  }

  @Test
  void a_page_of_a_busy_world_stays_small_and_says_what_is_missing() {
    Recording recording = new Recording();
    TraceKind kind = TraceKind.of("raft.append", "index", "term", "hash");
    Actor one = new Actor(0, new Address("n1"), new NodeId(1));
    Actor two = new Actor(1, new Address("n2"), new NodeId(2));
    for (int i = 0; i < 150_000; i++) {
      long at = i * 400_000L;
      recording.onTrace(at, one, kind, i, 3, Long.MIN_VALUE + i);
      recording.onMessage(at, one, two, 28, (byte) 'R', MessageFate.DELIVERED, at + 1_234_567);
    }
    recording.onMessage(1, one, two, 500, (byte) 'C', MessageFate.LOST, 2);
    String page = new Seen(small().result(), recording).page();
    assertThat(page.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(PAGE_BYTES_MAX);
    assertThat(page)
        .contains("150,000 events (delivered Raft messages without entries")
        .contains("\"size\":[500]");
  }

  @Test
  void faults_know_their_lanes_and_their_length() {
    Recording recording = new Recording();
    for (int i = 1; i <= 3; i++) {
      recording.onNodeUp(0, new Actor(i - 1, new Address("n" + i), new NodeId(i)), 1);
    }
    PlanEntry cut = new PlanEntry(FaultFamily.PARTITION, "", 1, 1_000, 5_000, 0, "n1,c1|n2,n3,c2");
    recording.onFaultBegin(1_000, cut);
    recording.onFaultEnd(4_000, cut);
    recording.onFaultBegin(9_000, PlanEntry.message(FaultFamily.DELAY, "c2>n1", 4, 77));
    String data = dataOf(new Seen(small().result(), recording).page());
    assertThat(data)
        .contains("\"groups\":[[[0,3],[1,2,4]],[[4],[0]]]")
        .contains("\"at\":[1000,8000],\"length\":[3000,-1]")
        .contains("\"single\":[0,1]");
  }
}
