package dev.nucleusdb.cli.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nucleusdb.cli.shell.UsageException;
import dev.nucleusdb.linearizability.Limits;
import dev.nucleusdb.linearizability.LinearizabilityChecker;
import dev.nucleusdb.linearizability.history.History;
import dev.nucleusdb.linearizability.history.Value;
import dev.nucleusdb.linearizability.model.Model;
import dev.nucleusdb.linearizability.model.Models;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReportFileTest {
  @TempDir Path folder = Path.of("");

  @Test
  void the_name_of_the_file_says_what_is_written() throws Exception {
    Model<?> model = Models.named("register");
    History history = History.builder().invoke(1, "read", Value.UNRECORDED, List.of(), 0).build();
    for (String name : List.of("page.html", "drawing.SVG")) {
      Path path = folder.resolve(name);
      new ReportFile(path)
          .write(
              "history",
              history,
              model,
              LinearizabilityChecker.check(history, model, Limits.defaults()));
      assertThat(Files.readString(path))
          .startsWith(name.equals("page.html") ? "<!doctype html>" : "<svg");
    }
  }

  @Test
  void a_path_that_cannot_be_written_is_refused_before_anything_is_judged() throws Exception {
    assertThatThrownBy(() -> new ReportFile(folder.resolve("page.pdf")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("ends in .html or .svg");
    assertThatThrownBy(() -> new ReportFile(folder.resolve("nowhere/page.html")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("there is no folder");
    Path taken = Files.createDirectory(folder.resolve("taken.html"));
    assertThatThrownBy(() -> new ReportFile(taken))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("it is a folder");
  }
}
