package dev.nucleusdb.cli.check;

import dev.nucleusdb.cli.shell.UsageException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Knossos in a JVM of its own, which is killed when its time is over. Nothing of ours is on its
/// class path: it runs a script of Clojure, reads one file, and says one line.
///
/// ```
///   question.edn ─► java -cp DIR:DIR/*.jar clojure.main second-opinion.clj ─► "second-opinion …"
/// ```
///
/// @param folder the jars of Knossos and of all it needs, Clojure among them
/// @param limit the most time that Knossos may search
/// @param grace how much longer the process may take, to start, to load Knossos from source, to end
record KnossosProcess(Path folder, Duration limit, Duration grace) {
  /// What Knossos said.
  sealed interface Answer {
    /// A verdict.
    record Said(boolean valid) implements Answer {}

    /// None.
    record NotKnown(String cause) implements Answer {}
  }

  /// Loading takes seven seconds on a machine with nothing else to do.
  static final Duration DEFAULT_GRACE = Duration.ofSeconds(90);

  private static final String PREFIX = "second-opinion ";
  private static final String SCRIPT = "second-opinion.clj";

  /// Of what a line says, so much is kept.
  private static final int MAX_LINE_LENGTH = 400;

  /// Checks the folder.
  ///
  /// @throws UsageException if it is none
  KnossosProcess {
    if (!Files.isDirectory(folder)) {
      throw new UsageException(
          "cannot ask Knossos: there is no folder "
              + folder
              + "; --knossos-classpath names one with the jars of Knossos");
    }
  }

  /// Asks.
  ///
  /// @param question a map of EDN, as [KnossosHistory] writes it
  /// @throws UsageException if there is no Knossos in the folder, or it died
  Answer ask(String question) {
    @Nullable Path work = null;
    try {
      work = Files.createTempDirectory("second-opinion");
      Path file = work.resolve("question.edn");
      Files.writeString(file, question);
      Path script = work.resolve(SCRIPT);
      Files.writeString(script, script());
      return run(script, file);
    } catch (IOException e) {
      throw new UsageException("cannot ask Knossos: " + e.getMessage());
    } finally {
      delete(work);
    }
  }

  private Answer run(Path script, Path file) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath(),
                "clojure.main",
                script.toString(),
                file.toString(),
                Long.toString(limit.toMillis()))
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    LastLines lines = new LastLines();
    Thread reader = Thread.ofVirtual().start(() -> lines.read(process));
    try {
      boolean ended = process.waitFor(limit.plus(grace).toMillis(), TimeUnit.MILLISECONDS);
      if (!ended) {
        return new Answer.NotKnown("it was stopped after " + limit.plus(grace).toSeconds() + " s");
      }
      reader.join();
      return answer(lines, process.exitValue());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer.NotKnown("interrupted");
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private Answer answer(LastLines lines, int exitCode) {
    @Nullable String said = lines.said;
    if (said == null) {
      if (lines.last.contains("clojure.main")) {
        throw new UsageException("cannot ask Knossos: there is no Clojure in " + folder);
      }
      throw new UsageException(
          "Knossos died with exit code " + exitCode + "; its last line: " + lines.last);
    }
    if (said.startsWith("absent ")) {
      throw new UsageException(
          "cannot ask Knossos: it is not in " + folder + " (" + said.substring(7) + ")");
    }
    return switch (said) {
      case "valid" -> new Answer.Said(true);
      case "invalid" -> new Answer.Said(false);
      case String other -> new Answer.NotKnown(other.replaceFirst("^unknown ", ""));
    };
  }

  /// What the process says, of which only the answer and the last line are kept. Written by the
  /// thread that reads, and read once that has ended.
  private static final class LastLines {
    private @Nullable String said;
    private String last = "(it said nothing)";

    private void read(Process process) {
      try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
        StringBuilder line = new StringBuilder();
        for (int next = reader.read(); next >= 0; next = reader.read()) {
          if (next == '\n') {
            take(line.toString());
            line.setLength(0);
          } else if (line.length() < MAX_LINE_LENGTH) {
            line.append((char) next);
          }
        }
        take(line.toString());
      } catch (IOException e) {
        last = "cannot read what it says: " + e.getMessage();
      }
    }

    private void take(String line) {
      if (line.startsWith(PREFIX)) {
        said = line.substring(PREFIX.length()).strip();
      } else if (!line.isBlank()) {
        last = line.strip();
      }
    }
  }

  private String classPath() throws IOException {
    List<String> entries = new ArrayList<>();
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(folder, "*.jar")) {
      jars.forEach(jar -> entries.add(jar.toAbsolutePath().toString()));
    }
    Collections.sort(entries);
    entries.addFirst(folder.toAbsolutePath().toString());
    return String.join(System.getProperty("path.separator"), entries);
  }

  private static String script() {
    try (@Nullable InputStream stream = KnossosProcess.class.getResourceAsStream(SCRIPT)) {
      if (stream == null) {
        throw new IllegalStateException("the resource " + SCRIPT + " is missing");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the resource " + SCRIPT, e);
    }
  }

  private static void delete(@Nullable Path work) {
    if (work == null) {
      return;
    }
    try {
      Files.deleteIfExists(work.resolve("question.edn"));
      Files.deleteIfExists(work.resolve(SCRIPT));
      Files.deleteIfExists(work);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + work, e);
    }
  }
}
