package dev.nucleusdb.cli.architecture;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which module may name which, and which libraries each may name: the picture of the house.
///
/// ```
///   cli ─────────────► everything
///   scenarios ───────► everything below except net-netty
///   bench ───────────► raft, bitcask, netty
///
///   memory ──► database   raft   bitcask   lsm   netty   sim      linearizability ──► JDK
///                   └───────┴───────┴───────┴──────┴──────┴──► core ──► JDK
/// ```
///
/// It reads what the classes name, so an arrow that a careless `requires` allows is seen too.
final class ModuleArrows {
  private static final String ROOT = "dev.nucleusdb.";
  private static final Pattern MODULE = Pattern.compile("dev\\.nucleusdb\\.(\\w+)\\..*");

  /// Annotations that leave nothing at run time.
  private static final Pattern EVERYWHERE = Pattern.compile("(java|javax|jdk|org\\.jspecify)\\..*");

  /// Module folders whose name is not that of their package.
  private static final Map<String, String> PACKAGES =
      Map.of(
          "raft-impl", "raft",
          "storage-bitcask", "bitcask",
          "storage-lsm", "lsm",
          "net-netty", "netty",
          "agent-memory", "memory");

  private static final String PROTOBUF = "com.google.protobuf.";
  private static final String LOGGING = "org.slf4j.";
  private static final Set<String> TEST_FRAMEWORKS = Set.of("org.junit.", "net.jqwik.");
  private static final Set<String> FOR_TESTS =
      Set.of("dev.nucleusdb.sim.junit", "dev.nucleusdb.sim.jqwik");
  private static final Map<String, Arrows> ALLOWED = allowed();

  /// What one module may name besides itself and the JDK.
  ///
  /// @param modules packages of other modules, without the root
  /// @param libraries first parts of the names of foreign classes; the empty one allows all
  record Arrows(Set<String> modules, Set<String> libraries) {}

  private ModuleArrows() {}

  private static Map<String, Arrows> allowed() {
    Map<String, Arrows> allowed = new LinkedHashMap<>();
    allowed.put("core", new Arrows(Set.of(), Set.of()));
    allowed.put("linearizability", new Arrows(Set.of(), Set.of()));
    allowed.put("raft", new Arrows(Set.of("core"), Set.of(PROTOBUF)));
    // Optional: for stores that are asked to compress.
    allowed.put("bitcask", new Arrows(Set.of("core"), Set.of("com.github.luben.zstd.")));
    allowed.put("lsm", new Arrows(Set.of("core"), Set.of()));
    allowed.put("netty", new Arrows(Set.of("core"), Set.of("io.netty.", PROTOBUF, LOGGING)));
    // The test frameworks are for sim.junit and sim.jqwik; who does not test needs the JDK alone.
    allowed.put("sim", new Arrows(Set.of("core"), TEST_FRAMEWORKS));
    allowed.put("database", new Arrows(Set.of("core"), Set.of(PROTOBUF)));
    allowed.put("memory", new Arrows(Set.of("core", "database"), Set.of()));
    allowed.put(
        "scenarios",
        new Arrows(
            Set.of(
                "core", "linearizability", "raft", "bitcask", "lsm", "sim", "database", "memory"),
            Set.of("org.HdrHistogram.")));
    allowed.put(
        "bench",
        new Arrows(
            Set.of("core", "raft", "bitcask", "netty", "linearizability"),
            Set.of("org.HdrHistogram.", "com.sun.management.")));
    Set<String> all = Set.copyOf(allowed.keySet());
    allowed.put("cli", new Arrows(all, Set.of("")));
    return allowed;
  }

  /// The sub-package that a module folder owns.
  static String packageOf(String folder) {
    return PACKAGES.getOrDefault(folder, folder);
  }

  /// One line for each class of the module and each name that it must not name.
  static List<String> breaches(String folder, List<ClassFacts> classes) {
    String module = packageOf(folder);
    Arrows arrows = ALLOWED.get(module);
    if (arrows == null) {
      return List.of("module " + folder + " is not in the picture: add it to ModuleArrows");
    }
    List<String> breaches = new ArrayList<>();
    for (ClassFacts facts : classes) {
      if (!facts.name().startsWith(ROOT + module + ".")) {
        breaches.add(
            facts.name() + " lies outside " + ROOT + module + ", the package of " + folder);
      }
      for (String reference : facts.references()) {
        boolean isTestFramework = TEST_FRAMEWORKS.stream().anyMatch(reference::startsWith);
        if (!mayName(module, arrows, reference)
            || (module.equals("sim")
                && isTestFramework
                && !FOR_TESTS.contains(facts.packageName()))) {
          breaches.add(facts.name() + " names " + reference);
        }
      }
    }
    return breaches;
  }

  private static boolean mayName(String module, Arrows arrows, String reference) {
    Matcher ours = MODULE.matcher(reference);
    if (ours.matches()) {
      return ours.group(1).equals(module) || arrows.modules().contains(ours.group(1));
    }
    return EVERYWHERE.matcher(reference).matches()
        || arrows.libraries().stream().anyMatch(reference::startsWith);
  }
}
