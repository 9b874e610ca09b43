package dev.nucleusdb.cli.check;

import dev.nucleusdb.cli.shell.UsageException;
import dev.nucleusdb.linearizability.Verdict;
import dev.nucleusdb.linearizability.history.History;
import dev.nucleusdb.linearizability.isolation.IsolationVerdict;
import dev.nucleusdb.linearizability.isolation.level.IsolationLevel;
import dev.nucleusdb.linearizability.level.Level;
import dev.nucleusdb.linearizability.level.LevelReport;
import dev.nucleusdb.linearizability.model.Model;
import dev.nucleusdb.linearizability.report.page.LevelPage;
import dev.nucleusdb.linearizability.report.page.StreamPage;
import dev.nucleusdb.linearizability.report.page.TransactionPage;
import dev.nucleusdb.linearizability.report.page.VerdictDrawing;
import dev.nucleusdb.linearizability.report.page.VerdictPage;
import dev.nucleusdb.linearizability.stream.StreamVerdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// The picture of a verdict that `--report` asks for: a page or a drawing, by the name of the file.
///
/// @param path where it is written
record ReportFile(Path path) {
  /// Checks the name before anything is judged.
  ///
  /// @throws UsageException if the name ends neither in `.html` nor in `.svg`, or the folder is
  ///   missing
  ReportFile {
    String name = path.toString().toLowerCase(Locale.ROOT);
    if (!name.endsWith(".html") && !name.endsWith(".svg")) {
      throw new UsageException(
          "cannot write a report to " + path + ": name a file that ends in .html or .svg");
    }
    Path folder = path.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new UsageException(
          "cannot write a report to " + path + ": there is no folder " + folder);
    }
    if (Files.isDirectory(path)) {
      throw new UsageException("cannot write a report to " + path + ": it is a folder");
    }
  }

  /// Whether it is a drawing, and no page.
  boolean isDrawing() {
    return path.toString().toLowerCase(Locale.ROOT).endsWith(".svg");
  }

  /// Writes the picture of a verdict on objects.
  ///
  /// @param source what the history is called
  /// @throws UsageException if the file cannot be written
  void write(String source, History history, Model<?> model, Verdict verdict) {
    write(
        isDrawing()
            ? VerdictDrawing.svg(history, model, verdict)
            : VerdictPage.html(source, history, model, verdict));
  }

  /// Writes the picture of a verdict on transactions.
  ///
  /// @param source what the history is called
  /// @param asked the level that it was held to
  /// @throws UsageException if the file cannot be written
  void write(String source, IsolationVerdict verdict, IsolationLevel asked) {
    write(
        isDrawing()
            ? TransactionPage.svg(verdict, asked)
            : TransactionPage.html(source, verdict, asked));
  }

  /// Writes the picture of the levels of a history of objects.
  ///
  /// @param source what the history is called
  /// @param asked the level that it was held to
  /// @throws UsageException if the file cannot be written
  void write(String source, History history, Model<?> model, LevelReport report, Level asked) {
    write(
        isDrawing()
            ? LevelPage.svg(history, model, report, asked)
            : LevelPage.html(source, history, model, report, asked));
  }

  /// Writes the picture of the verdicts on a growing history.
  ///
  /// @param source what the history is called
  /// @throws UsageException if the file cannot be written
  void write(String source, Model<?> model, List<StreamVerdict> verdicts) {
    write(isDrawing() ? StreamPage.svg(model, verdicts) : StreamPage.html(source, model, verdicts));
  }

  private void write(String document) {
    try {
      Files.writeString(path, document);
    } catch (IOException e) {
      throw new UsageException("cannot write a report to " + path + ": " + e.getMessage());
    }
  }
}
