package dev.nucleusdb.sim.fiber;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.sim.World;
import dev.nucleusdb.sim.trace.TraceWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A world with fibers is its seed, like any other.
class FiberDeterminismTest {
  private static final int SECONDS_MAX = 60;

  private static long digest(long seed) {
    World world = PingPong.withFibers(seed);
    assertThat(world.run()).as("seed %d", seed).isNull();
    assertThat(world.faultCounts().total()).as("seed %d", seed).isPositive();
    return world.digest();
  }

  private static List<Long> digests() {
    return PingPong.SEEDS.stream().map(FiberDeterminismTest::digest).toList();
  }

  @Test
  void the_same_seed_gives_the_same_world_twice() {
    assertThat(digests()).isEqualTo(digests()).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"-Xint", "-XX:+UseParallelGC -XX:+UnlockExperimentalVMOptions -XX:hashCode=2"})
  void the_same_seed_gives_the_same_world_in_another_jvm(String flags) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(flags.split(" ")));
    command.addAll(List.of("--add-opens", "java.base/java.lang=ALL-UNNAMED", "-cp"));
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(PingPong.class.getName());
    PingPong.SEEDS.forEach(seed -> command.add(seed.toString()));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
    assertThat(printed.lines().map(Long::valueOf).toList()).isEqualTo(digests());
  }

  @Test
  void fibers_do_what_callbacks_do_in_the_same_order() {
    for (long seed : PingPong.SEEDS) {
      assertThat(lines(PingPong.withFibers(seed)))
          .as("seed %d", seed)
          .isEqualTo(lines(PingPong.withCallbacks(seed)))
          .hasSizeGreaterThan(500);
    }
  }

  private static List<String> lines(World world) {
    List<String> lines = new ArrayList<>();
    world.observe(new TraceWriter(lines::add));
    assertThat(world.run()).isNull();
    return lines;
  }

  @Test
  void what_another_fiber_does_is_part_of_the_digest() {
    World calm = PingPong.withFibers(1);
    World disturbed = PingPong.withFibers(1);
    disturbed.start("disturbance", fibers -> fibers.start("nothing", () -> {}));
    calm.run();
    disturbed.run();
    assertThat(disturbed.digest()).isNotEqualTo(calm.digest());
  }

  @Test
  void the_missing_flag_is_named() throws Exception {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            PingPong.class.getName(),
            "1");
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
    assertThat(printed)
        .contains("fibers need the JVM flag --add-opens java.base/java.lang=ALL-UNNAMED");
  }
}
