package dev.nucleusdb.bench.trial;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// The adapters of the other systems, under `peers/` of the source tree. They and what they stand
/// on are no part of the product: they are built and fetched when they are asked for, and each
/// system sees its own versions of its libraries and none of ours.
public final class PeerLibraries implements Trials.ClassPaths {
  private static final String VERSION = "0.1.0-SNAPSHOT";

  private final Path root;
  private final String ownClassPath;
  private final Consumer<String> news;

  /// @param root the source tree
  /// @param ownClassPath the class path of the product
  /// @param news is told of a build before it begins, in a line
  public PeerLibraries(Path root, String ownClassPath, Consumer<String> news) {
    this.root = root;
    this.ownClassPath = ownClassPath;
    this.news = news;
  }

  /// Of the tree that the script `nucleus` lies in: above `cli/target/cli-….jar`, the first on the
  /// class path of this process.
  public static PeerLibraries ofThisProcess(Consumer<String> news) {
    String classPath = System.getProperty("java.class.path");
    Path tree = Path.of(classPath.split(File.pathSeparator, -1)[0]).toAbsolutePath();
    for (int i = 0; i < 3 && tree.getParent() != null; i++) {
      tree = tree.getParent();
    }
    return new PeerLibraries(tree, classPath, news);
  }

  @Override
  public String of(Peer contestant) {
    if (contestant.isOurs()) {
      return ownClassPath;
    }
    Path jar = jar(contestant);
    return jar + File.pathSeparator + jar.resolveSibling("lib") + File.separator + "*";
  }

  /// Builds what is missing or out of date; the systems that cannot be built are left out.
  ///
  /// @return those that were asked for and are not there now
  /// @throws IOException if the source tree cannot be read
  public <P extends Peer> List<P> prepare(List<P> wanted) throws IOException, InterruptedException {
    List<P> toBuild = new ArrayList<>();
    for (P contestant : wanted) {
      if (!contestant.isOurs() && !isBuilt(contestant)) {
        toBuild.add(contestant);
      }
    }
    if (!toBuild.isEmpty()) {
      build(toBuild);
    }
    List<P> missing = new ArrayList<>();
    for (P contestant : toBuild) {
      if (!isBuilt(contestant)) {
        missing.add(contestant);
        news.accept(contestant.title() + " is left out: it could not be built, see " + log());
      }
    }
    return missing;
  }

  private Path log() {
    return root.resolve("peers/build.log");
  }

  private Path jar(Peer contestant) {
    return root.resolve(
        "peers/%s/target/%s-%s.jar".formatted(contestant.module(), contestant.module(), VERSION));
  }

  private boolean isBuilt(Peer contestant) throws IOException {
    Path jar = jar(contestant);
    if (!Files.exists(jar)) {
      return false;
    }
    FileTime built = Files.getLastModifiedTime(jar);
    for (String sources :
        List.of(
            "peers/" + contestant.module() + "/src/main", "bench/src/main", "net-netty/src/main")) {
      if (newest(root.resolve(sources)).compareTo(built) > 0) {
        return false;
      }
    }
    return true;
  }

  private static FileTime newest(Path folder) throws IOException {
    try (Stream<Path> below = Files.walk(folder)) {
      List<FileTime> times = new ArrayList<>();
      for (Path file : below.filter(Files::isRegularFile).toList()) {
        times.add(Files.getLastModifiedTime(file));
      }
      return times.stream().max(Comparator.naturalOrder()).orElse(FileTime.fromMillis(0));
    }
  }

  private void build(List<? extends Peer> contestants) throws IOException, InterruptedException {
    List<String> modules =
        contestants.stream().map(peer -> "peers/" + peer.module()).distinct().toList();
    news.accept(
        "building " + String.join(", ", modules) + " and fetching what they need (minutes) ...");
    long begun = System.currentTimeMillis();
    Process maven =
        new ProcessBuilder(
                root.resolve("mvnw").toString(),
                "-B",
                "-Ppeers",
                "--fail-at-end",
                "-pl",
                String.join(",", modules),
                "-am",
                "-DskipTests",
                "package")
            .directory(root.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log().toFile())
            .start();
    boolean whole = maven.waitFor() == 0;
    for (Peer contestant : contestants) {
      if (whole && Files.exists(jar(contestant))) {
        Files.setLastModifiedTime(jar(contestant), FileTime.fromMillis(begun));
      }
    }
  }
}
