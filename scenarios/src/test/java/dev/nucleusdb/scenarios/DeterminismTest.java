package dev.nucleusdb.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A seed is a world: in this JVM, in the next, under another collector, another heap, without a
/// compiler, and with other identity hash codes.
final class DeterminismTest {
  private static final int NODES = 5;
  private static final int CLIENTS = 10;
  private static final int SECONDS_MAX = 60;
  private static final List<Long> SMOKE_SEEDS = List.of(1L, 2L, 5L, 8L);

  @Test
  void worlds_run_twice_in_one_jvm_have_equal_digests() {
    assertThat(digests(SMOKE_SEEDS)).isEqualTo(digests(SMOKE_SEEDS)).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-XX:+UseParallelGC -Xmx256m", "-XX:+UseSerialGC -Xmx1g"})
  void worlds_have_equal_digests_under_other_collectors_and_heaps(String flags) throws Exception {
    assertThat(digestsInOtherJvm(flags, NODES, CLIENTS, SMOKE_SEEDS))
        .isEqualTo(digests(SMOKE_SEEDS));
  }

  @Test
  void worlds_have_equal_digests_whatever_the_identity_hash_codes() throws Exception {
    String flags = "-XX:+UnlockExperimentalVMOptions -XX:hashCode=2";

    assertThat(digestsInOtherJvm(flags, NODES, CLIENTS, SMOKE_SEEDS))
        .isEqualTo(digests(SMOKE_SEEDS));
  }

  @Test
  void a_world_has_the_same_digest_without_a_compiler() throws Exception {
    long here = DigestProgram.run(3, 3, 2).digest();

    assertThat(digestsInOtherJvm("-Xint", 3, 3, List.of(2L))).containsExactly(here);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 5, 8})
  void following_the_recorded_plan_of_a_world_gives_its_digest(long seed) {
    WorldResult drawn = DigestProgram.run(NODES, CLIENTS, seed);

    WorldResult followed =
        new ReplicatedKeyValue()
            .run(DigestProgram.options(NODES, CLIENTS), seed, drawn.plan(), List.of());

    assertThat(followed.digest()).isEqualTo(drawn.digest());
    assertThat(followed.plan().entries()).isEqualTo(drawn.plan().entries());
  }

  private static List<Long> digests(List<Long> seeds) {
    return seeds.stream().map(seed -> DigestProgram.run(NODES, CLIENTS, seed).digest()).toList();
  }

  private static List<Long> digestsInOtherJvm(
      String flags, int nodes, int clients, List<Long> seeds)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(flags.split(" ")));
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(DigestProgram.class.getName());
    command.add(Integer.toString(nodes));
    command.add(Integer.toString(clients));
    seeds.forEach(seed -> command.add(seed.toString()));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(printed).isZero();
    return printed.lines().map(Long::valueOf).toList();
  }
}
