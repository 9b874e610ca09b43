package dev.nucleusdb.cli.inspect;

import dev.nucleusdb.cli.shell.ExitCode;
import dev.nucleusdb.cli.shell.Json;
import dev.nucleusdb.cli.shell.UsageException;
import dev.nucleusdb.raft.script.MalformedScriptException;
import dev.nucleusdb.raft.script.ScriptRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `nucleus inspect raft-scripts`: other people's scripts, run against our quorums and changes.
@Command(
    name = "raft-scripts",
    mixinStandardHelpOptions = true,
    description = {
      "Runs scripts in the form of etcd's data-driven tests 'quorum' and 'confchange'",
      "against this implementation and compares the verdicts."
    },
    footer = {"", "Example:", "  nucleus inspect raft-scripts etcd/raft/quorum/testdata"})
public final class RaftScriptsCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "DIR",
      description = "A folder; its *.txt files are run, also those of folders in it.")
  Path folder = Path.of("");

  @Option(names = "--json", description = "Ends with one line of JSON.")
  boolean json;

  @Override
  public Integer call() {
    int passed = 0;
    List<Path> files = files();
    List<ScriptRun.Failure> failures = new ArrayList<>();
    for (Path file : files) {
      ScriptRun run = run(file);
      passed += run.passedCount();
      failures.addAll(run.failures());
    }
    StringBuilder text = new StringBuilder();
    for (ScriptRun.Failure failure : failures) {
      text.append(failure.place()).append(":\n");
      append(text, "  expected ", failure.expected());
      append(text, "  got      ", failure.got());
    }
    text.append(passed + " passed, " + failures.size() + " failed in " + files.size() + " files\n");
    (json ? System.err : System.out).print(text);
    if (json) {
      System.out.println(line(passed, failures, files.size()));
    }
    return failures.isEmpty() ? ExitCode.OK : ExitCode.VIOLATION;
  }

  private List<Path> files() {
    if (!Files.isDirectory(folder)) {
      throw new UsageException("cannot read " + folder + ": there is no such folder");
    }
    try (Stream<Path> all = Files.walk(folder)) {
      List<Path> files =
          all.filter(file -> file.toString().endsWith(".txt") && Files.isRegularFile(file))
              .sorted()
              .toList();
      if (files.isEmpty()) {
        throw new UsageException("there is no script (*.txt) in " + folder);
      }
      return files;
    } catch (IOException | UncheckedIOException e) {
      throw new UsageException("cannot read " + folder + ": " + e);
    }
  }

  private static ScriptRun run(Path file) {
    try {
      return ScriptRun.of(file.toString(), Files.readString(file));
    } catch (MalformedScriptException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new UsageException("cannot read " + file + ": " + e);
    }
  }

  private static void append(StringBuilder text, String head, String lines) {
    text.append(head).append(lines.replace("\n", "\n           ")).append('\n');
  }

  private static String line(int passed, List<ScriptRun.Failure> failures, int fileCount) {
    List<String> each =
        failures.stream()
            .map(failure ->
                "{\"place\":%s,\"expected\":%s,\"got\":%s}"
                    .formatted(
                        Json.quoted(failure.place()),
                        Json.quoted(failure.expected()),
                        Json.quoted(failure.got())))
            .toList();
    return "{\"files\":%d,\"passed\":%d,\"failed\":%d,\"failures\":[%s]}"
        .formatted(fileCount, passed, failures.size(), String.join(",", each));
  }
}
