package dev.nucleusdb.cli.architecture;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The working tree that the rules judge, found by walking up to the folder that holds `mvnw`.
record Repository(Path root) {
  private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");

  /// Folders that git does not track, wherever they are: see `.gitignore`.
  private static final Set<String> UNTRACKED = Set.of(".git", "target", ".idea", ".vscode");

  /// Folders at the root that git does not track.
  private static final Set<String> UNTRACKED_AT_ROOT = Set.of("data", "nucleus-data");

  /// The repository that the tests run in.
  static Repository here() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("mvnw"))) {
      Path above = folder.getParent();
      if (above == null) {
        throw new IllegalStateException(
            "no folder above " + Path.of("").toAbsolutePath() + " has mvnw");
      }
      folder = above;
    }
    return new Repository(folder);
  }

  /// The folders of the modules that every build has, in the order of the root pom.
  List<String> modules() {
    String always = read("pom.xml").split("<profiles>", 2)[0];
    return MODULE.matcher(always).results().map(match -> match.group(1)).toList();
  }

  /// The text of a file, by its path from the root.
  String read(String path) {
    try {
      return Files.readString(root.resolve(path));
    } catch (IOException e) {
      throw new IllegalStateException("cannot read " + path, e);
    }
  }

  /// Every text file that is or will be tracked: path from the root, with `/`, to text. Files that
  /// are not UTF-8 are no text.
  Map<String, String> texts() {
    Map<String, String> texts = new TreeMap<>();
    try {
      Files.walkFileTree(root, new TextVisitor(texts));
    } catch (IOException e) {
      throw new IllegalStateException("cannot walk " + root, e);
    }
    return texts;
  }

  /// The Java files among [#texts()], main and test alike.
  Map<String, String> sources() {
    Map<String, String> sources = new TreeMap<>(texts());
    sources.keySet().removeIf(path -> !path.matches("(peers/)?[^/]+/src/[^/]+/java/.*\\.java"));
    return sources;
  }

  /// The compiled main classes: module folder to its classes.
  Map<String, List<ClassFacts>> classes() {
    Map<String, List<ClassFacts>> classes = new LinkedHashMap<>();
    for (String module : modules()) {
      Path folder = root.resolve(module).resolve("target/classes");
      if (Files.isDirectory(root.resolve(module).resolve("src/main/java"))) {
        classes.put(module, classesBelow(folder));
      }
    }
    return classes;
  }

  private static List<ClassFacts> classesBelow(Path folder) {
    List<ClassFacts> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Repository::isClass).sorted().toList()) {
        found.add(ClassFacts.of(Files.readAllBytes(file)));
      }
    } catch (IOException e) {
      throw new IllegalStateException("compile first: cannot read " + folder, e);
    }
    return found;
  }

  private static boolean isClass(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(".class") && !name.equals("module-info.class");
  }

  private final class TextVisitor extends SimpleFileVisitor<Path> {
    private final Map<String, String> texts;

    TextVisitor(Map<String, String> texts) {
      this.texts = texts;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      String name = folder.getFileName().toString();
      boolean skipped =
          !folder.equals(root)
              && (UNTRACKED.contains(name)
                  || (folder.getParent().equals(root) && UNTRACKED_AT_ROOT.contains(name)));
      return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      String path = root.relativize(file).toString().replace('\\', '/');
      if (attributes.isRegularFile() && !path.equals(".git") && !path.endsWith(".log")) {
        try {
          texts.put(path, Files.readString(file));
        } catch (MalformedInputException binary) {
          return FileVisitResult.CONTINUE;
        }
      }
      return FileVisitResult.CONTINUE;
    }
  }
}
