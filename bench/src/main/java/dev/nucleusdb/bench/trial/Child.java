package dev.nucleusdb.bench.trial;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A child JVM, and what it tells.
public final class Child implements AutoCloseable {
  private static final String END = "";

  private final Process process;
  private final LinkedBlockingQueue<String> told = new LinkedBlockingQueue<>();

  private Child(Process process) {
    this.process = process;
    Thread.ofPlatform().daemon().name("child " + process.pid()).start(this::read);
  }

  /// @param program tells by [Told]
  /// @param errors takes what the child writes to its error output
  /// @throws IOException if it cannot be started
  public static Child start(
      List<String> jvmFlags,
      String classPath,
      Class<?> program,
      List<String> arguments,
      Path errors)
      throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(jvmFlags);
    line.addAll(List.of("-cp", classPath, program.getName()));
    line.addAll(arguments);
    return new Child(
        new ProcessBuilder(line)
            .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
            .start());
  }

  private void read() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(Told.MARK)) {
          told.add(line.substring(Told.MARK.length()));
        }
      }
    } catch (IOException _) {
      // It was killed: what it had told is there.
    }
    told.add(END);
  }

  /// The next thing the child tells; null once it has ended, or if it tells nothing in time.
  public @Nullable String next(long timeoutMillis) throws InterruptedException {
    String line = told.poll(timeoutMillis, TimeUnit.MILLISECONDS);
    return line == null || line.equals(END) ? null : line;
  }

  /// As `kill -9`.
  ///
  /// @return when, on the clock that all JVMs of a machine share
  public long kill() {
    long nanos = System.nanoTime();
    process.destroyForcibly();
    return nanos;
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
