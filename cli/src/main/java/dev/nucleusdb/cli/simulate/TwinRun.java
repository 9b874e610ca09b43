package dev.nucleusdb.cli.simulate;

import dev.nucleusdb.cli.shell.ExitCode;
import dev.nucleusdb.cli.shell.UsageException;
import dev.nucleusdb.sim.time.Journal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One world in this JVM and in another one, which may have other flags: another collector, heap,
/// no compiler. If they are not the same world, says at which step they part, and from where each
/// came there.
final class TwinRun {
  private static final int STACK_SHOWN = 12;

  /// By its name: this package stands below that of the command.
  private static final String MAIN = "dev.nucleusdb.cli.Main";

  private final List<String> command;
  private final Consumer<Journal> here;

  /// @param command `replay` and all that fixes the world
  /// @param here runs the world in this JVM
  TwinRun(List<String> command, Consumer<Journal> here) {
    this.command = command;
    this.here = here;
  }

  /// What the other JVM was told to leave behind.
  static void write(Path file, Journal journal) {
    long[] digests = journal.digests();
    ByteBuffer bytes = ByteBuffer.allocate(digests.length * Long.BYTES);
    bytes.asLongBuffer().put(digests);
    try {
      Files.write(file, bytes.array());
      Journal.Step step = journal.step();
      if (step != null) {
        List<String> lines = new ArrayList<>(List.of(step.words()));
        lines.addAll(step.stack());
        Files.write(stepFile(file), lines);
      }
    } catch (IOException e) {
      throw new UsageException("cannot write " + file + ": " + e.getMessage());
    }
  }

  private static Path stepFile(Path file) {
    return Path.of(file + ".step");
  }

  /// @param jvmFlags flags of the other JVM, separated by blanks; may be empty
  /// @return 0 if both are the same world, else 1
  int run(String jvmFlags) throws InterruptedException {
    try {
      Path folder = Files.createTempDirectory("nucleus-twin");
      Path file = folder.resolve("journal");
      Journal mine = new Journal();
      here.accept(mine);
      launch(jvmFlags, file, -1);
      long[] theirs = read(file);
      long step = Journal.firstDifference(mine.digests(), theirs);
      if (step < 0) {
        System.out.printf("twin          the same in all %,d steps%n", theirs.length);
        return ExitCode.OK;
      }
      Journal watching = new Journal(step);
      here.accept(watching);
      launch(jvmFlags, file, step);
      System.out.printf("NOT THE SAME WORLD: the runs part at step %,d%n", step);
      show("here", lines(watching.step()));
      show("there", Files.exists(stepFile(file)) ? Files.readAllLines(stepFile(file)) : List.of());
      return ExitCode.VIOLATION;
    } catch (IOException e) {
      throw new UsageException("the other JVM could not be compared: " + e.getMessage());
    }
  }

  private static List<String> lines(Journal.@Nullable Step step) {
    if (step == null) {
      return List.of();
    }
    List<String> lines = new ArrayList<>(List.of(step.words()));
    lines.addAll(step.stack());
    return lines;
  }

  private static void show(String where, List<String> lines) {
    System.out.println(where + ": " + (lines.isEmpty() ? "the world has ended" : lines.getFirst()));
    lines.stream().skip(1).limit(STACK_SHOWN).forEach(line -> System.out.println("    at " + line));
  }

  private void launch(String jvmFlags, Path file, long watched)
      throws IOException, InterruptedException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (!jvmFlags.isBlank()) {
      line.addAll(List.of(jvmFlags.strip().split(" +")));
    }
    line.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN));
    line.addAll(command);
    line.addAll(List.of("--journal", file.toString(), "--watch", Long.toString(watched)));
    Process process =
        new ProcessBuilder(line)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    int exit = process.waitFor();
    if (!Files.exists(file)) {
      throw new UsageException("the other JVM ended with " + exit + "; are its flags right?");
    }
  }

  private static long[] read(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
    long[] digests = new long[bytes.remaining() / Long.BYTES];
    bytes.asLongBuffer().get(digests);
    return digests;
  }
}
