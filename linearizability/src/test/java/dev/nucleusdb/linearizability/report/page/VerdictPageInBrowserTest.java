package dev.nucleusdb.linearizability.report.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.nucleusdb.linearizability.Limits;
import dev.nucleusdb.linearizability.history.History;
import dev.nucleusdb.linearizability.history.Value;
import dev.nucleusdb.linearizability.level.Level;
import dev.nucleusdb.linearizability.level.LevelChecker;
import dev.nucleusdb.linearizability.level.LevelReport;
import dev.nucleusdb.linearizability.model.Model;
import dev.nucleusdb.linearizability.model.Models;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The page as a real browser shows it. Skipped where there is none.
final class VerdictPageInBrowserTest {
  /// Presses keys and writes what the page then says, line by line, into an element of its own.
  private static final String PROBE =
      """
      const lines = [];
      const frame = () => new Promise((then) => setTimeout(then, 20));
      const byId = (id) => document.getElementById(id);
      const press = async (key, target = document.body) => {
        target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
        await frame();
      };
      const say = (name, value) => lines.push(`${name}=${value}`);
      const coloursOf = (canvas) => {
        const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
        const seen = new Set();
        for (let at = 0; at < pixels.length; at += 4) {
          seen.add((pixels[at] << 16) | (pixels[at + 1] << 8) | pixels[at + 2]);
        }
        return seen.size;
      };
      await frame();
      """;

  private static final String END =
      """
      const made = document.createElement("pre");
      made.id = "probe";
      made.textContent = lines.join("\\n");
      document.body.append(made);
      """;

  private static final String KEYS =
      """
      say("colours", coloursOf(byId("lanes")) > 20 && coloursOf(byId("overview")) > 5);
      const all = byId("range").textContent;
      await press("+");
      const zoomed = byId("range").textContent;
      say("zoomed", zoomed !== all);
      await press("ArrowRight");
      say("panned", byId("range").textContent !== zoomed);
      await press("Home");
      say("all again", byId("range").textContent === all);
      for (const key of ["n", "n", "n", "n", "p"]) {
        await press(key);
        say(key, byId("details").querySelector("h2").textContent);
      }
      say("chosen in the drawing", document.querySelectorAll(".op.chosen").length);
      await press("Escape");
      say("forgotten", byId("details").childElementCount);
      await press("o");
      say("order", byId("scale").textContent);
      await press("t");
      say("theme", document.documentElement.dataset.theme);
      await press("]");
      say("other", byId("history-title").textContent);
      say("story", [...document.querySelectorAll(".story")].map((story) => story.hidden));
      await press("?");
      say("help", byId("help").open);
      await press("?");
      say("help", byId("help").open);
      """;

  @TempDir Path folder = Path.of("");
  private Optional<Browser> browser = Optional.empty();

  @BeforeEach
  void findBrowser() {
    browser = Browser.find(folder);
    assumeTrue(browser.isPresent(), "needs chromium or google-chrome on the path");
  }

  private String probed(String page, String actions) throws Exception {
    Browser.Opened opened = browser.orElseThrow().open(page, PROBE + actions + END);
    assertThat(opened.complaints()).isEmpty();
    Matcher probe =
        Pattern.compile("<pre id=\"probe\">(.*?)</pre>", Pattern.DOTALL).matcher(opened.document());
    assertThat(probe.find()).as("the script ran to its end").isTrue();
    return probe.group(1);
  }

  @Test
  void it_draws_and_follows_the_keys() throws Exception {
    String said = probed(Pictures.page(Pictures.STALE_READ, "kv"), KEYS);
    assertThat(said)
        .isEqualTo(
            """
            colours=true
            zoomed=true
            panned=true
            all again=true
            n=put x 0
            n=put x 1
            n=get x → 1
            n=get x → 0
            p=get x → 1
            chosen in the drawing=1
            forgotten=0
            order=Order of events
            theme=dark
            other=The whole history of y: 1 operation
            story=true,false
            help=true
            help=false\
            """);
  }

  @Test
  void a_choice_in_the_drawing_and_a_click_in_the_lanes_say_what_it_is() throws Exception {
    String said =
        probed(
            Pictures.page(Pictures.STALE_READ, "kv"),
            """
            const drawn = document.querySelectorAll(".drawing .op[tabindex='0']");
            say("focusable", drawn.length);
            drawn[0].focus();
            await press("Enter", drawn[0]);
            say("entered", byId("details").querySelector("h2").textContent);
            document.querySelector(".chain .stuck button").click();
            await frame();
            say("clicked", byId("details").textContent.includes("could not be placed"));
            const box = byId("lanes").getBoundingClientRect();
            const at = { clientX: box.left + 200, clientY: box.top + 45, bubbles: true };
            byId("lanes-box").dispatchEvent(new WheelEvent("wheel", { ...at, deltaY: -300 }));
            await frame();
            say("wheel", byId("range").textContent);
            byId("lanes-box").dispatchEvent(new PointerEvent("pointermove", at));
            say("tip", byId("tip").textContent.split("\\n")[0]);
            """);
    assertThat(said)
        .contains("focusable=4", "entered=put x 0", "clicked=true", "tip=put x 0")
        .doesNotContain("wheel=0 – 2");
  }

  @Test
  void levels_are_gone_through_one_by_one_with_the_whole_history_behind_each() throws Exception {
    Model<?> model = Models.named("kv");
    History history = Pictures.STORE_BUFFERING;
    LevelReport report = LevelChecker.check(history, model, Limits.defaults());
    String said =
        probed(
            LevelPage.html("h", history, model, report, Level.SEQUENTIAL),
            """
            const shown = () => [...document.querySelectorAll(".story")].find((one) => !one.hidden);
            const listed = [...document.querySelectorAll("#object-list button")];
            say("list", listed.map((one) => one.getAttribute("aria-label")));
            for (const _ of listed) {
              say("story", shown().querySelector("h2").textContent);
              say("title", byId("history-title").textContent);
              await press("n");
              say("n", byId("details").textContent);
              await press("]");
            }
            say("ladder", document.querySelectorAll(".levels tr").length);
            document.querySelector(".chain .stuck button").click();
            await frame();
            say("stuck", byId("details").textContent.includes("could not be placed"));
            """);
    assertThat(said)
        .contains("list=sequential: violated, 5 operations,linearizable: violated, 5 operations,")
        .contains("causal, client 0: holds, 5 operations")
        .containsSubsequence(
            "story=Why it is not sequential",
            "title=The whole history: 5 operations",
            "story=Why it is not linearizable",
            "story=An order that explains what client 0 saw",
            "took effect as number 1")
        .contains("ladder=12", "stuck=true");
  }

  @Test
  void of_a_growing_history_the_window_is_drawn_and_what_is_forgotten_is_not() throws Exception {
    String said =
        probed(
            StreamPage.html("h", Models.named("kv"), Pictures.streamed(200, true)),
            """
            say("title", byId("history-title").textContent);
            say("cut", byId("cut").textContent);
            say("colours", coloursOf(byId("lanes")) > 20);
            await press("n");
            say("n", byId("details").querySelector("h2").textContent);
            await press("]");
            say("other", byId("history-title").textContent);
            say("other cut", byId("cut").textContent);
            say("other picture", byId("picture").offsetHeight);
            for (const key of ["n", "+", "o", "f", "Home", "ArrowRight", "["]) {
              await press(key);
            }
            say("back", byId("picture").offsetHeight > 0);
            """);
    assertThat(said)
        .contains("title=The whole history of x: 400 operations", "colours=true")
        .containsPattern("\ncut=Of 400 operations, \\d+ are on this page.\n")
        .contains("other=The whole history of y: 200 operations")
        .contains("other cut=Of 200 operations, none are on this page.")
        .contains("other picture=0", "back=true");
  }

  @Test
  void hostile_values_stay_text() throws Exception {
    String said =
        probed(
            Pictures.page(Pictures.hostile(), "kv"),
            """
            say("title", document.title);
            say("elements", document.querySelectorAll("img, iframe, [onmouseover]").length);
            say("scripts", document.scripts.length);
            for (let object = 0; object < 7; object++) {
              await press("n");
              say("shown", byId("details").querySelector("h2").textContent.length > 5);
              await press("]");
            }
            """);
    assertThat(said)
        .contains("title=Not linearizable · test.jsonl", "elements=0", "scripts=4")
        .doesNotContain("shown=false");
  }

  @Test
  void a_hundred_thousand_operations_open_and_move() throws Exception {
    History.Builder builder = History.builder();
    for (int round = 0; round < 10_000; round++) {
      for (long client = 0; client < 10; client++) {
        List<Value> arguments = List.of(Value.of(10L * round + client));
        builder.invoke(client, "write", Value.UNRECORDED, arguments, 1_000L * round + 7 * client);
      }
      for (long client = 0; client < 10; client++) {
        builder.ok(client, 1_000L * round + 500 + 31 * client);
      }
    }
    String page = Pictures.page(builder.build(), "register");
    assertThat(page.length()).isLessThan(10_000_000);
    String said =
        probed(
            page,
            """
            say("colours", coloursOf(byId("lanes")) > 5);
            await press("n");
            say("first", byId("details").querySelector("h2").textContent.startsWith("write "));
            await press("n");
            say("role", byId("details").textContent.includes("took effect as number 2"));
            await press("o");
            await press("Home");
            say("range", byId("range").textContent);
            """);
    assertThat(said)
        .isEqualTo("colours=true\nfirst=true\nrole=true\nrange=event 0 – event 204,001");
  }
}
