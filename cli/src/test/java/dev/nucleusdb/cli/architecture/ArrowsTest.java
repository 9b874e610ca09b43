package dev.nucleusdb.cli.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Arrows between modules and between packages point as the design draws them.
class ArrowsTest {
  private static final Map<String, List<ClassFacts>> MODULES = Repository.here().classes();
  private static final List<ClassFacts> HOUSE =
      MODULES.values().stream().flatMap(List::stream).toList();

  @Test
  void modules_name_only_what_the_picture_allows() {
    List<String> breaches = new ArrayList<>();
    MODULES.forEach((folder, classes) -> breaches.addAll(ModuleArrows.breaches(folder, classes)));
    assertThat(breaches).isEmpty();
  }

  @Test
  void every_module_with_sources_was_read() {
    for (String folder : Repository.here().modules()) {
      if (!folder.equals("cli")) {
        assertThat(MODULES.getOrDefault(folder, List.of()).size()).as(folder).isPositive();
      }
    }
  }

  @Test
  void no_two_packages_import_each_other() {
    assertThat(PackageArrows.twoWay(HOUSE)).isEmpty();
  }

  @Test
  void generated_wire_classes_stay_with_their_codec() {
    assertThat(PackageArrows.foreignWire(HOUSE)).isEmpty();
  }

  @Test
  void no_simulated_code_asks_for_a_hash_code_by_identity() {
    List<ClassFacts> simulated = new ArrayList<>();
    MODULES.forEach((folder, classes) -> {
      if (!Set.of("net-netty", "bench", "cli").contains(folder)) {
        classes.stream()
            .filter(facts -> !facts.packageName().endsWith(".wire"))
            .forEach(simulated::add);
      }
    });
    assertThat(IdentityHashes.breaches(simulated)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "core, core.time, sim, sim.World",
    "linearizability, linearizability.model, core, core.time.Clock",
    "sim, sim.time, raft, raft.Raft",
    "database, database.node, raft, raft.Raft",
    "database, database.node, bitcask, bitcask.Bitcask",
    "database, database.node, netty, netty.Server",
    "raft-impl, raft.log, bitcask, bitcask.Bitcask",
    "scenarios, scenarios.lab, netty, netty.Server",
    "scenarios, scenarios.lab, cli, cli.Main",
  })
  void a_planted_arrow_is_reported(String folder, String from, String module, String target) {
    String to = "dev.nucleusdb." + target;
    String user = "package dev.nucleusdb." + from + "; class User { " + to + " field; }";
    List<ClassFacts> classes = Planted.classes(user, publicClass(to));
    List<ClassFacts> users = classes.stream().filter(facts -> !facts.name().equals(to)).toList();
    assertThat(ModuleArrows.breaches(folder, users))
        .as("%s names %s", folder, module)
        .containsExactly("dev.nucleusdb." + from + ".User names " + to);
  }

  @Test
  void a_planted_library_and_a_planted_stranger_are_reported() {
    List<ClassFacts> classes =
        Planted.classes(
            "package dev.nucleusdb.sim; class User { com.google.protobuf.Thing field; }",
            publicClass("com.google.protobuf.Thing"));
    assertThat(ModuleArrows.breaches("sim", classes))
        .contains("dev.nucleusdb.sim.User names com.google.protobuf.Thing")
        .contains("com.google.protobuf.Thing lies outside dev.nucleusdb.sim, the package of sim");
    assertThat(ModuleArrows.breaches("new-module", classes)).hasSize(1);
  }

  @Test
  void only_two_packages_of_the_simulator_may_name_test_frameworks() {
    String annotation = "org.junit.jupiter.api.Marked";
    List<ClassFacts> classes =
        Planted.classes(
            publicClass(annotation),
            "package dev.nucleusdb.sim.junit; class User { " + annotation + " field; }",
            "package dev.nucleusdb.sim.trial; class User { " + annotation + " field; }");
    List<ClassFacts> users =
        classes.stream().filter(facts -> !facts.name().equals(annotation)).toList();
    assertThat(ModuleArrows.breaches("sim", users))
        .containsExactly("dev.nucleusdb.sim.trial.User names " + annotation);
  }

  @Test
  void planted_packages_that_import_each_other_are_reported() {
    List<ClassFacts> classes =
        Planted.classes(
            "package dev.nucleusdb.a; public class A { java.util.List<dev.nucleusdb.b.B> field; }",
            "package dev.nucleusdb.b; public class B { void call() { new dev.nucleusdb.a.A(); } }",
            "package dev.nucleusdb.c; public class C { dev.nucleusdb.a.A field; }");
    assertThat(PackageArrows.twoWay(classes))
        .containsExactly(
            "dev.nucleusdb.a <-> dev.nucleusdb.b: dev.nucleusdb.a.A names dev.nucleusdb.b.B;"
                + " dev.nucleusdb.b.B names dev.nucleusdb.a.A");
  }

  @Test
  void a_planted_use_of_a_wire_class_is_reported() {
    String wire = "dev.nucleusdb.raft.wire.Vote";
    List<ClassFacts> classes =
        Planted.classes(
            publicClass(wire),
            "package dev.nucleusdb.raft.message; class Codec { " + wire + " field; }",
            "package dev.nucleusdb.raft.log; class Log { " + wire + " field; }");
    assertThat(PackageArrows.foreignWire(classes))
        .containsExactly("dev.nucleusdb.raft.log.Log names " + wire);
  }

  @Test
  void planted_hash_codes_by_identity_are_reported() {
    List<ClassFacts> classes =
        Planted.classes(
            "package planted; enum Colour { RED }",
            "package planted; class Plain {}",
            "package planted; record Value(int x) {}",
            "package planted; class A { int hash(Object it) { return it.hashCode(); } }",
            "package planted; class B { int hash(Colour it) { return it.hashCode(); } }",
            "package planted; class C { int hash(Plain it) { return it.hashCode(); } }",
            "package planted; class D { int hash(Value it) { return it.hashCode(); } }",
            "package planted; class E { int hash(String it) { return it.hashCode(); } }",
            "package planted; class F { Object hash() { java.util.function.ToIntFunction<Object> f"
                + " = Object::hashCode; return f; } }");
    assertThat(IdentityHashes.breaches(classes))
        .extracting(line -> line.substring(0, "planted.A".length()))
        .containsExactly("planted.A", "planted.B", "planted.C", "planted.F");
  }

  private static String publicClass(String name) {
    String type = name.substring(name.lastIndexOf('.') + 1);
    return "package " + ClassFacts.packageOf(name) + "; public class " + type + " {}";
  }
}
