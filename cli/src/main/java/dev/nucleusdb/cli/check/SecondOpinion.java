package dev.nucleusdb.cli.check;

import dev.nucleusdb.cli.shell.Json;
import dev.nucleusdb.cli.shell.UsageException;
import dev.nucleusdb.linearizability.Verdict;
import dev.nucleusdb.linearizability.history.History;
import dev.nucleusdb.linearizability.model.Model;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that ask another judge as well, and what comes of it.
final class SecondOpinion {
  /// What the other judge's answer means for ours.
  ///
  /// @param line one line for a person
  /// @param verdict what it says: `valid`, `invalid`, `unknown`, or `not asked`
  /// @param agrees whether the two say the same; null if one of them says nothing
  /// @param cause why it says nothing, or null if it does
  record Outcome(String line, String verdict, @Nullable Boolean agrees, @Nullable String cause) {
    /// Whether the two contradict each other, so that one of them is wrong.
    boolean disagrees() {
      return Boolean.FALSE.equals(agrees);
    }

    /// The same as an object of JSON.
    String json() {
      return "{\"judge\":\"knossos\",\"verdict\":\"%s\",\"agrees\":%s,\"cause\":%s}"
          .formatted(verdict, agrees, cause == null ? "null" : Json.quoted(cause));
    }
  }

  /// The judges that can be asked.
  enum Judge {
    KNOSSOS
  }

  @Option(
      names = "--second-opinion",
      paramLabel = "JUDGE",
      description = "Asks another judge too: knossos. Exit code 1 if the two disagree.")
  @Nullable Judge judge;

  @Option(
      names = "--knossos-classpath",
      paramLabel = "DIR",
      description = "The folder with the jars of Knossos and of all it needs, Clojure among them.")
  @Nullable Path folder;

  /// How much longer than the limit the other judge may take.
  Duration grace = KnossosProcess.DEFAULT_GRACE;

  boolean isAsked() {
    return judge != null;
  }

  /// Asks, if the options say so.
  ///
  /// @param limit the most time that the other judge may search
  /// @throws UsageException if it cannot be asked
  Outcome on(History history, Model<?> model, Verdict verdict, Duration limit) {
    try {
      KnossosProcess.Answer answer = process(limit).ask(KnossosHistory.edn(history, model));
      return compared(verdict, answer);
    } catch (KnossosHistory.NotAskedException e) {
      return new Outcome(
          "Second opinion: Knossos was not asked: " + e.getMessage(),
          "not asked",
          null,
          e.getMessage());
    }
  }

  /// Checks the options, before anything is judged.
  ///
  /// @throws UsageException if a folder is named without a judge, or a judge without a folder
  void check() {
    if (judge != null) {
      process(Duration.ZERO);
    } else if (folder != null) {
      throw new UsageException("--knossos-classpath needs --second-opinion knossos");
    }
  }

  private KnossosProcess process(Duration limit) {
    if (folder == null) {
      throw new UsageException("--second-opinion knossos needs --knossos-classpath DIR");
    }
    return new KnossosProcess(folder, limit, grace);
  }

  private static Outcome compared(Verdict verdict, KnossosProcess.Answer answer) {
    return switch (answer) {
      case KnossosProcess.Answer.NotKnown(String cause) ->
          new Outcome("Second opinion: Knossos does not know: " + cause, "unknown", null, cause);
      case KnossosProcess.Answer.Said(boolean valid) -> compared(verdict, valid);
    };
  }

  private static Outcome compared(Verdict verdict, boolean valid) {
    String word = valid ? "valid" : "invalid";
    if (verdict instanceof Verdict.Unknown) {
      return new Outcome("Second opinion: Knossos says " + words(valid), word, null, null);
    }
    boolean agrees = valid == verdict instanceof Verdict.Valid;
    String line =
        agrees
            ? "Knossos agrees: " + words(valid)
            : "DISAGREEMENT: " + words(!valid) + " here, " + words(valid) + " by Knossos";
    return new Outcome("Second opinion: " + line, word, agrees, null);
  }

  private static String words(boolean valid) {
    return valid ? "linearizable" : "not linearizable";
  }
}
