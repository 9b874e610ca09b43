package dev.nucleusdb.cli.architecture;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// The limits of size, and the short list of what is over them, which may only shrink.
///
/// ```
///   entry   :=  kind  name  size
///   file    core/src/main/java/…/Big.java           612    lines
///   method  core/src/main/java/…/Big.java#decode     71    lines
///   package dev.nucleusdb.sim.fault                  24    types
/// ```
final class Oversize {
  static final String LIST = "build/oversize.txt";
  private static final Map<String, Integer> LIMITS =
      Map.of("file", 500, "method", 50, "package", 20);

  private Oversize() {}

  /// The sizes of all files, methods and main packages: `kind name` to size.
  static Map<String, Integer> measure(Map<String, String> sources) {
    Map<String, Integer> sizes = new TreeMap<>();
    sources.forEach((path, text) -> sizes.put("file " + path, (int) text.lines().count()));
    SourceSizes.of(sources).methods().forEach((name, lines) -> sizes.put("method " + name, lines));
    for (String path : sources.keySet()) {
      if (path.contains("/src/main/java/") && !path.endsWith("-info.java")) {
        String folder = path.substring(0, path.lastIndexOf('/'));
        String name = folder.substring(folder.indexOf("/java/") + "/java/".length());
        sizes.merge("package " + name.replace('/', '.'), 1, Integer::sum);
      }
    }
    return sizes;
  }

  /// One line for each thing that is over its limit and its entry, and for each entry that is out
  /// of date.
  static List<String> breaches(Map<String, Integer> sizes, String list) {
    Map<String, Integer> tolerated = entries(list);
    TreeSet<String> names = new TreeSet<>(sizes.keySet());
    names.addAll(tolerated.keySet());
    List<String> breaches = new ArrayList<>();
    for (String name : names) {
      int limit = limitOf(name);
      int size = sizes.getOrDefault(name, 0);
      Integer entry = tolerated.get(name);
      if (entry == null && size > limit) {
        breaches.add(name + " has " + size + ", the limit is " + limit);
      } else if (entry != null && size <= limit) {
        breaches.add(name + " has " + size + ": take its entry out of " + LIST);
      } else if (entry != null && size > entry) {
        breaches.add(name + " has " + size + ", and " + LIST + " tolerates " + entry);
      } else if (entry != null && size < entry) {
        breaches.add(name + " has shrunk to " + size + ": say so in " + LIST);
      }
    }
    return breaches;
  }

  private static int limitOf(String name) {
    String kind = name.substring(0, name.indexOf(' '));
    Integer limit = LIMITS.get(kind);
    if (limit == null) {
      throw new IllegalArgumentException(LIST + " has the unknown kind " + kind);
    }
    return limit;
  }

  private static Map<String, Integer> entries(String list) {
    Map<String, Integer> entries = new TreeMap<>();
    list.lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .map(line -> line.split("\\s+"))
        .forEach(words -> entries.put(words[0] + " " + words[1], Integer.valueOf(words[2])));
    return entries;
  }
}
