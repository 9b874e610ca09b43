package dev.nucleusdb.cli.check;

import dev.nucleusdb.cli.shell.ExitCode;
import dev.nucleusdb.cli.shell.Json;
import dev.nucleusdb.cli.shell.UsageException;
import dev.nucleusdb.linearizability.Limits;
import dev.nucleusdb.linearizability.isolation.IsolationVerdict;
import dev.nucleusdb.linearizability.isolation.TransactionChecker;
import dev.nucleusdb.linearizability.isolation.TransactionReport;
import dev.nucleusdb.linearizability.isolation.level.Finding;
import dev.nucleusdb.linearizability.isolation.level.IsolationLevel;
import dev.nucleusdb.linearizability.isolation.level.Patience;
import dev.nucleusdb.linearizability.isolation.level.Standing;
import dev.nucleusdb.linearizability.isolation.transaction.DataModel;
import dev.nucleusdb.linearizability.isolation.transaction.TransactionHistory;
import dev.nucleusdb.linearizability.isolation.verify.ProofVerifier;
import dev.nucleusdb.linearizability.reader.TransactionReader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The part of `nucleus check` that judges transactions.
final class TransactionCheck {
  /// The models whose histories are of transactions.
  enum Model {
    LIST_APPEND("list-append"),
    RW_REGISTER("rw-register"),
    TIMESTAMPS("timestamps");

    private final String label;

    Model(String label) {
      this.label = label;
    }
  }

  private final HistoryInput input;
  private final Model model;
  private final IsolationLevel level;
  private final boolean json;

  /// @param levelLabel the level that is asked for, or null for strict serializability
  /// @throws UsageException if there is no such level
  TransactionCheck(HistoryInput input, Model model, @Nullable String levelLabel, boolean json) {
    this.input = input;
    this.model = model;
    this.json = json;
    this.level =
        levelLabel == null
            ? IsolationLevel.STRICT_SERIALIZABLE
            : IsolationLevel.named(levelLabel)
                .orElseThrow(() ->
                    new UsageException(
                        "there is no level '"
                            + levelLabel
                            + "'; the levels are "
                            + Arrays.stream(IsolationLevel.values())
                                .map(IsolationLevel::label)
                                .collect(Collectors.joining(", "))));
  }

  /// The model of transactions of a name, or empty for a model of single objects.
  static Optional<Model> modelNamed(String name) {
    return Arrays.stream(Model.values()).filter(model -> model.label.equals(name)).findFirst();
  }

  /// Judges the file, prints what was found, and gives the exit code.
  ///
  /// @param report where a page or a drawing is written, or null
  /// @param limits of which time and memory are kept
  int run(@Nullable Path report, Limits limits) {
    ReportFile picture = report == null ? null : new ReportFile(report);
    Patience patience = new Patience(limits::deadlinePassed, limits.maxBytes());
    IsolationVerdict verdict = judge(read(), patience);
    if (verdict.defect().isPresent()) {
      throw new UsageException(input.source() + ": " + verdict.defect().get());
    }
    ProofVerifier.Report proof = proof(verdict);
    if (proof.flaw().isPresent()) {
      System.err.println(
          "nucleus: the judge said "
              + word(verdict.standing(level))
              + ", but the proof does not hold: "
              + proof.flaw().get()
              + "; this is a defect of the judge, please report it with the history");
      return ExitCode.UNDECIDED;
    }
    if (picture != null) {
      picture.write(input.source(), verdict, level);
    }
    (json ? System.err : System.out)
        .print(
            TransactionReport.text(verdict, level)
                + (proof.checked() ? "An independent verifier has checked the proof.\n" : ""));
    if (json) {
      System.out.println(line(verdict, proof.checked()));
    }
    return switch (verdict.standing(level)) {
      case Standing.Holds _ -> ExitCode.OK;
      case Standing.Violated _ -> ExitCode.VIOLATION;
      case Standing.Unknown _ -> ExitCode.UNDECIDED;
    };
  }

  private TransactionHistory read() {
    return input.read((bytes, source) ->
        switch (model) {
          case LIST_APPEND ->
              TransactionReader.read(bytes, source, input.options(), DataModel.LISTS);
          case RW_REGISTER ->
              TransactionReader.read(bytes, source, input.options(), DataModel.REGISTERS);
          case TIMESTAMPS -> TransactionReader.read(bytes, source, input.options());
        });
  }

  private IsolationVerdict judge(TransactionHistory history, Patience patience) {
    return switch (model) {
      case LIST_APPEND -> TransactionChecker.checkLists(history, patience);
      case RW_REGISTER -> TransactionChecker.checkRegisters(history, patience);
      case TIMESTAMPS -> TransactionChecker.checkTimestamps(history, patience);
    };
  }

  private ProofVerifier.Report proof(IsolationVerdict verdict) {
    return switch (model) {
      case LIST_APPEND -> ProofVerifier.verifyLists(verdict, level);
      case RW_REGISTER -> ProofVerifier.verifyRegisters(verdict, level);
      case TIMESTAMPS -> ProofVerifier.verifyTimestamps(verdict, level);
    };
  }

  private String line(IsolationVerdict verdict, boolean verified) {
    Optional<Finding> finding =
        verdict.standing(level) instanceof Standing.Violated(Finding found)
            ? Optional.of(found)
            : Optional.empty();
    return "{\"file\":%s,\"model\":\"%s\",\"level\":\"%s\",\"verdict\":\"%s\",\"verified\":%b,\"transactions\":%d,"
            .formatted(
                Json.quoted(input.file().toString()),
                model.label,
                level,
                word(verdict.standing(level)),
                verified,
                verdict.history().size())
        + "\"strongest\":%s,\"levels\":{%s}%s}"
            .formatted(
                quoted(verdict.strongest()),
                verdict.standings().entrySet().stream()
                    .map(entry -> "\"%s\":\"%s\"".formatted(entry.getKey(), word(entry.getValue())))
                    .collect(Collectors.joining(",")),
                finding.map(TransactionCheck::counterexample).orElse("") + cause(verdict));
  }

  /// Why the level that was asked for is not decided, where it is not.
  private String cause(IsolationVerdict verdict) {
    return verdict.standing(level) instanceof Standing.Unknown(String cause)
        ? ",\"cause\":" + Json.quoted(cause)
        : "";
  }

  private static String counterexample(Finding finding) {
    return ",\"anomaly\":\"%s\",\"transactions_shown\":%s,\"edges\":%s,\"reasons\":%s"
        .formatted(
            finding.anomaly(),
            finding.transactions(),
            quoted(finding.edges()),
            quoted(finding.reasons()));
  }

  private static String quoted(Collection<?> values) {
    return values.stream()
        .map(value -> Json.quoted(value.toString()))
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static String word(Standing standing) {
    return switch (standing) {
      case Standing.Holds _ -> "holds";
      case Standing.Violated(Finding finding) -> "violated: " + finding.anomaly();
      case Standing.Unknown _ -> "unknown";
    };
  }
}
