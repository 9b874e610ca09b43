package dev.nucleusdb.cli.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/// The seam check finds what it is there to find, and what it leaves out is as little as it says.
class SeamsTest {
  private static final Repository REPOSITORY = Repository.here();
  private static final Path ROOT = REPOSITORY.root();

  @Test
  void each_planted_call_is_reported() {
    Map<String, String> calls = plantedCalls();
    String[] sources = new String[calls.size()];
    int count = 0;
    for (String call : calls.keySet()) {
      sources[count] = breach("Call" + count, call + ";");
      count++;
    }
    Map<String, Set<String>> found = SeamScan.forbidden(ROOT, Planted.bytes(sources));
    SoftAssertions softly = new SoftAssertions();
    count = 0;
    for (Map.Entry<String, String> call : calls.entrySet()) {
      Set<String> uses = found.getOrDefault("planted.Call" + count++, Set.of());
      softly.assertThat(uses).as(call.getKey()).contains(call.getValue());
    }
    softly.assertAll();
  }

  @Test
  void a_method_reference_is_a_call_too() {
    String clock = breach("A", "java.util.function.LongSupplier clock = System::nanoTime;");
    String set = breach("B", "Stream.of(1).collect(Collectors.toCollection(HashSet::new));");
    assertThat(SeamScan.forbidden(ROOT, Planted.bytes(clock, set)))
        .containsOnlyKeys("planted.A", "planted.B");
  }

  @Test
  void ordered_collections_and_named_locales_pass() {
    String calm =
        """
        Map<String, Integer> map = new LinkedHashMap<>(new TreeMap<>());
        Set<Integer> set = Stream.of(1).collect(Collectors.toCollection(LinkedHashSet::new));
        Stream.of(1).collect(Collectors.groupingBy(x -> x, TreeMap::new, Collectors.counting()));
        String.format(Locale.ROOT, "%d", map.size() + set.size() + "x".hashCode());
        """;
    assertThat(SeamScan.forbidden(ROOT, Planted.bytes(breach("Calm", calm)))).isEmpty();
  }

  @Test
  void an_excluded_class_breaks_only_the_rule_that_it_is_excluded_for() {
    assertThat(forbiddenIn("core", "dev/nucleusdb/core/assertion/Sometimes.class"))
        .containsExactly("java.util.concurrent.ConcurrentHashMap#<init>(**)");
    assertThat(
            forbiddenIn(
                "linearizability", "dev/nucleusdb/linearizability/reader/HistoryReader.class"))
        .containsExactly("java.nio.file.Files");
    assertThat(forbiddenIn("sim", "dev/nucleusdb/sim/fiber/FiberThread.class"))
        .containsExactly("java.lang.Thread#yield()");
    assertThat(forbiddenIn("sim", "dev/nucleusdb/sim/fiber/FiberThread$Access.class"))
        .containsExactly("java.lang.Thread#start()");
    assertThat(forbiddenIn("sim", "dev/nucleusdb/sim/fiber/FiberScheduler$Pool.class"))
        .containsExactly("java.util.concurrent.ForkJoinPool");
    assertThat(forbiddenIn("sim", "dev/nucleusdb/sim/junit/PlanFile.class"))
        .containsExactlyInAnyOrder("java.nio.file.Files", "java.nio.file.Path#of(**)");
  }

  @Test
  void only_these_are_excluded_and_only_the_real_world_is_skipped() {
    assertThat(Poms.excludedFromSeams(REPOSITORY.read("pom.xml")))
        .containsExactlyInAnyOrder(
            "dev/nucleusdb/*/wire/**",
            "dev/nucleusdb/core/system/**",
            "dev/nucleusdb/bitcask/store/**",
            "dev/nucleusdb/core/assertion/Sometimes.class",
            "dev/nucleusdb/sim/fiber/FiberThread*.class",
            "dev/nucleusdb/sim/fiber/FiberScheduler*.class",
            "dev/nucleusdb/sim/junit/PlanFile.class",
            "dev/nucleusdb/linearizability/reader/HistoryReader.class");
    List<String> skipping =
        REPOSITORY.modules().stream()
            .filter(module -> REPOSITORY.read(module + "/pom.xml").contains("forbiddenapis"))
            .toList();
    assertThat(skipping).isSubsetOf("net-netty", "bench", "cli");
  }

  /// Calls to signatures, in the order of the file.
  private static Map<String, String> plantedCalls() {
    Map<String, String> calls = new LinkedHashMap<>();
    String path = "cli/src/test/resources/dev/nucleusdb/cli/architecture/forbidden-calls.txt";
    REPOSITORY
        .read(path)
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split("\\|"))
        .forEach(columns -> calls.put(columns[0].strip(), columns[1].strip()));
    return calls;
  }

  private static String breach(String name, String statements) {
    return """
    package planted;
    import java.util.*;
    import java.util.concurrent.*;
    import java.util.stream.*;
    class NAME { void run() throws Exception { STATEMENTS } }
    """
        .replace("NAME", name)
        .replace("STATEMENTS", statements);
  }

  private static Set<String> forbiddenIn(String module, String path) {
    Path file = ROOT.resolve(module).resolve("target/classes").resolve(path);
    try {
      Map<String, byte[]> one = Map.of(path, Files.readAllBytes(file));
      return SeamScan.forbidden(ROOT, one).values().iterator().next();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
