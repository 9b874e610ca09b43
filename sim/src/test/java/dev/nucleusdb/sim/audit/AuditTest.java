package dev.nucleusdb.sim.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nucleusdb.sim.stranger.planted.Careless;
import dev.nucleusdb.sim.stranger.planted.Clean;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Planted breaches are found, with their line and the way there.
class AuditTest {
  private static Audit audit() {
    return new Audit(
        AuditTest.class.getClassLoader(), List.of("dev.nucleusdb.sim.stranger.planted"));
  }

  @ParameterizedTest
  @CsvSource({
    "clock, java.lang.System.nanoTime, Careless.clock > Careless.helper",
    "lambda, java.lang.System.currentTimeMillis, Careless.lambda > Careless.lambda$lambda$0",
    "reference, java.lang.System.nanoTime, Careless.reference",
    "random, java.util.Random.<init>, Careless.random > Careless.<clinit>",
    "parallel, java.util.ArrayList.parallelStream, Careless.parallel",
    "thread, java.lang.Thread.<init>, Careless.thread > Careless$Background.run",
    "environment, java.lang.System.getenv, Careless.environment > Careless$1.act",
    "unordered, java.util.HashMap.<init>, Careless.unordered",
    "file, java.io.File.<init>, Careless.file",
  })
  void a_planted_breach_is_reported_with_its_path(String method, String call, String path) {
    List<Breach> breaches = audit().of(Careless.class, method);
    assertThat(breaches).extracting(Breach::call).contains(call);
    Breach breach =
        breaches.stream().filter(one -> one.call().equals(call)).findFirst().orElseThrow();
    assertThat(breach.path()).containsExactly(path.split(" > "));
    assertThat(breach.place()).containsPattern("Careless\\.java:\\d+\\)").doesNotContain(":0)");
    assertThat(breach.advice()).isNotBlank();
    assertThat(breach.toString()).contains(call, path);
  }

  @Test
  void a_class_is_entered_by_all_its_methods() {
    assertThat(audit().of(Careless.class)).hasSizeGreaterThanOrEqualTo(10);
    assertThat(audit().of(Clean.class)).isEmpty();
  }

  @Test
  void only_what_is_reached_is_reported() {
    assertThat(audit().of(Careless.class, "unordered")).hasSize(2);
    assertThat(audit().of(Careless.class, "unordered"))
        .extracting(Breach::call)
        .doesNotContain("java.io.File.<init>");
  }

  @Test
  void the_framework_is_not_the_readers_own() {
    Audit wide = new Audit(AuditTest.class.getClassLoader(), List.of("dev.nucleusdb"));
    assertThatThrownBy(() -> wide.of(Careless.class)).hasMessageContaining("none of the packages");
  }

  @Test
  void the_list_is_that_of_the_build() {
    assertThat(new ForbiddenCalls(AuditTest.class.getClassLoader()).size()).isGreaterThan(100);
  }
}
