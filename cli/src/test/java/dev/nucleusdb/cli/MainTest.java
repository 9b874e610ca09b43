package dev.nucleusdb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The command line's contract: exit codes, one line for what was wrong, replay lines that replay.
class MainTest {
  @TempDir Path folder = Path.of("");

  private static Run run(String... arguments) {
    return Run.of(arguments);
  }

  private static void assertRefused(Run run, String... words) {
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err().strip().lines()).hasSize(1);
    assertThat(run.err()).contains(words);
  }

  @Test
  void bad_usage_is_one_line_and_exit_code_2() {
    assertRefused(run("simulate", "nosuch"), "nosuch", "replicated-kv");
    assertRefused(run("simulate", "--nonsense"), "--nonsense", "--help");
    assertRefused(run("simulate", "--duration", "5s"), "20 s");
    assertRefused(run("simulate", "--duration", "soon"), "soon", "60s");
    assertRefused(run("simulate", "--faults", "storm"), "storm", "partition");
    assertRefused(run("simulate", "--bug", "nosuch"), "nosuch", "--bugs");
    assertRefused(run("replay", "nosuch.plan"), "nosuch.plan");
    assertRefused(run("serve", "--members", "nonsense"), "nonsense", "1=127.0.0.1:7101");
    assertRefused(run("serve", "--election-timeout", "49ms"), "49ms", "50ms to 1m");
    assertRefused(run("cluster", "--election-timeout", "61s"), "61s", "50ms to 1m");
    assertRefused(run("bench", "raft", "--election-timeout", "soon"), "soon", "60s");
    assertRefused(run("client", "--connect", "nowhere", "get", "a"), "nowhere");
    assertRefused(run("client", "put", "a"), "value");
    assertRefused(run("bench", "raft", "--systems", "nosuch"), "nosuch", "nucleus, jraft");
    assertRefused(run("bench", "raft", "--systems", "nucleus,nucleus"), "twice");
    assertRefused(run("bench", "raft", "--rounds", "0"), "--rounds");
    assertRefused(run("bench", "raft", "--duration", "1ms"), "--duration");
    assertRefused(run("bench", "raft", "--dir", "nosuch"), "nosuch");
    assertRefused(
        run("bench", "storage", "--engines", "nosuch"), "nosuch", "nucleus, nucleus-hash");
    assertRefused(run("bench", "storage", "--keys", "1"), "--keys");
  }

  @Test
  void an_unreadable_history_names_line_and_column() throws IOException {
    Path history = folder.resolve("bad.edn");
    Files.writeString(history, "[{:process 0, :type :invoke, :f :read}\n {:process 0 :type :okk}]");

    assertRefused(run("check", history.toString(), "--model", "register"), ":2:", "okk");
    assertRefused(run("check", folder.resolve("none").toString(), "--model", "kv"), "no such file");
    assertRefused(run("check", history.toString(), "--model", "poem"), "poem", "cas-register");
  }

  @Test
  void scripts_of_quorums_are_run_and_the_exit_code_says_how() throws IOException {
    Path script = folder.resolve("quorum.txt");
    assertRefused(run("inspect", "raft-scripts", folder.toString()), "*.txt");
    assertRefused(run("inspect", "raft-scripts", script.toString()), "no such folder");
    Files.writeString(script, "vote cfg=(1,2) votes=(y,_)\n");
    assertRefused(run("inspect", "raft-scripts", folder.toString()), "quorum.txt:1", "----");

    Files.writeString(script, "vote cfg=(1,2) votes=(y,_)\n----\nVotePending\n");
    Run passed = run("inspect", "raft-scripts", folder.toString());
    assertThat(passed.code()).isEqualTo(0);
    assertThat(passed.out()).isEqualTo("1 passed, 0 failed in 1 files\n");

    Files.writeString(script, "vote cfg=(1,2) votes=(y,_)\n----\nVoteWon\n");
    Run failed = run("inspect", "raft-scripts", folder.toString(), "--json");
    assertThat(failed.code()).isEqualTo(1);
    assertThat(failed.err()).contains("quorum.txt:1:\n  expected VoteWon\n  got      VotePending");
    assertThat(failed.out()).contains("\"failed\":1").contains("\"got\":\"VotePending\"");
  }

  @Test
  void a_history_is_judged_and_the_exit_code_says_how() throws IOException {
    Path good = folder.resolve("good.edn");
    Path bad = folder.resolve("bad.edn");
    String write =
        "{:process 0 :type :invoke :f :write :value 1}{:process 0 :type :ok :f :write :value 1}";
    Files.writeString(good, write + read(1));
    Files.writeString(bad, write + read(2));

    assertThat(run("check", good.toString(), "--model", "register").code()).isEqualTo(0);
    Run judged = run("check", bad.toString(), "--model", "register", "--json");
    assertThat(judged.code()).isEqualTo(1);
    assertThat(judged.out()).contains("\"verdict\":\"invalid\"");
  }

  @Test
  void a_history_is_held_to_the_level_that_is_asked_for() throws IOException {
    Path stale = folder.resolve("stale.jsonl");
    Files.writeString(
        stale,
        event(0, "invoke", "put", "1")
            + event(0, "ok", "put", "1")
            + event(1, "invoke", "get", "")
            + event(1, "ok", "get", "null"));
    String[] check = {"check", stale.toString(), "--model", "kv"};

    Run all =
        run(Stream.concat(Arrays.stream(check), Stream.of("--levels")).toArray(String[]::new));
    assertThat(all.code()).isEqualTo(1);
    assertThat(all.out()).startsWith("STRONGEST LEVEL: sequential\n");
    Path page = folder.resolve("levels.html");
    run("check", stale.toString(), "--model=kv", "--levels", "--report=" + page);
    assertThat(Files.readString(page)).contains("<h1>Not linearizable</h1>", "holds: sequential");
    Run causal =
        run(
            Stream.concat(Arrays.stream(check), Stream.of("--level", "causal", "--json"))
                .toArray(String[]::new));
    assertThat(causal.code()).isEqualTo(0);
    assertThat(causal.out()).contains("\"strongest\":[\"sequential\"]", "\"causal\":\"holds\"");
    assertRefused(
        run(
            Stream.concat(Arrays.stream(check), Stream.of("--level", "eventual"))
                .toArray(String[]::new)),
        "eventual",
        "monotonic-reads");
  }

  private static String event(int process, String type, String function, String value) {
    return "{\"process\":%d,\"type\":\"%s\",\"f\":\"%s\",\"key\":\"x\"%s}\n"
        .formatted(process, type, function, value.isEmpty() ? "" : ",\"value\":" + value);
  }

  private static String read(int value) {
    return "{:process 1 :type :invoke :f :read}{:process 1 :type :ok :f :read :value "
        + value
        + "}";
  }

  @Test
  void a_clean_campaign_ends_with_one_line_of_json() {
    Run run = run("simulate", "--runs", "2", "--duration", "20s", "--jobs", "1", "--json");

    assertThat(run.code()).isEqualTo(0);
    assertThat(run.out().strip().lines()).hasSize(1);
    assertThat(run.out()).contains("\"worlds\":2", "\"violations\":[]", "\"digest\":\"");
    assertThat(run.err()).contains("verdict: no violation");
  }

  @Test
  void a_bug_is_found_and_its_replay_line_replays_it_digest_for_digest() throws IOException {
    Path page = folder.resolve("page.html");
    Run found =
        run(
            "simulate",
            "--runs",
            "50",
            "--duration",
            "20s",
            "--bug",
            "retry-executed-twice",
            "--report",
            page.toString());

    assertThat(found.code()).isEqualTo(1);
    assertThat(found.out()).contains("VIOLATION").contains("ExactlyOnce");
    assertThat(Files.readString(page)).startsWith("<!").contains("ExactlyOnce");
    String replay =
        found.out().lines().filter(line -> line.startsWith("replay: ")).findFirst().orElseThrow();
    String[] words = replay.substring("replay: ./nucleus ".length()).split(" ", -1);
    Run again = run(words);
    assertThat(again.code()).isEqualTo(1);
    assertThat(again.out()).contains("reproduced    digest for digest");
  }

  @Test
  void a_shrunk_plan_is_saved_and_fails_again() {
    String plan = folder.resolve("small.plan").toString();
    Run shrunk =
        run(
            "replay",
            "1",
            "--duration",
            "20s",
            "--bug",
            "retry-executed-twice",
            "--shrink",
            "--shrink-runs",
            "60",
            "--save",
            plan);
    assertThat(shrunk.code()).isEqualTo(1);
    assertThat(shrunk.out()).contains("shrunk");

    assertThat(run("replay", plan).out()).contains("ExactlyOnce");
  }

  @Test
  void branches_share_the_way_up_to_their_moment_and_each_failing_one_replays() {
    String[] world = {"replay", "1", "--duration", "20s", "--bug", "retry-executed-twice"};
    Run compared = run(and(world, "--branch", "2s", "--branches", "2"));
    assertThat(compared.out()).contains("midpoint      digest").contains("of 2 branches broken");
    String replay =
        compared
            .out()
            .lines()
            .map(String::strip)
            .filter(line -> line.startsWith("replay: ") && line.contains("--branch-seed"))
            .findFirst()
            .orElseThrow();
    Run again = run(replay.substring("replay: ./nucleus ".length()).split(" ", -1));
    assertThat(again.code()).isEqualTo(1);
    assertThat(again.out())
        .contains("reproduced    digest for digest")
        .contains("departure     at ")
        .contains("causes        newest first");
    assertRefused(run(and(world, "--branch", "9s")), "before the branch");
    assertRefused(run(and(world, "--branch", "soon")), "--branch");
    assertRefused(run(and(world, "--branches", "2")), "need --branch");
  }

  private static String[] and(String[] words, String... more) {
    return Stream.concat(Arrays.stream(words), Arrays.stream(more)).toArray(String[]::new);
  }
}
