package dev.nucleusdb.linearizability;

import dev.nucleusdb.linearizability.history.History;
import dev.nucleusdb.linearizability.model.Model;
import dev.nucleusdb.linearizability.model.Models;
import dev.nucleusdb.linearizability.reader.JsonFile;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// Small histories with known verdicts, each there for one mistake that a checker can make: one
/// file each under `catalogue/objects`, with operations in the notation of [Sketch].
public final class Catalogue {
  /// One row of the catalogue.
  ///
  /// @param expect by level, whether it holds
  /// @param broken the smallest sets of session guarantees that do not hold together, as MR or
  ///   MR+MW
  /// @param wrongKeys the objects that are to blame, if that is said
  /// @param atomicity how many versions a read may be behind, if that is said
  /// @param stale by how much time reads are behind, if that is said
  public record Row(
      String id,
      String name,
      String modelName,
      History history,
      Map<String, Boolean> expect,
      List<String> broken,
      List<String> wrongKeys,
      Optional<Long> atomicity,
      Optional<Long> stale) {
    public Model<?> model() {
      return Models.named(modelName);
    }

    public boolean linearizable() {
      return expect.getOrDefault("linearizable", false);
    }

    @Override
    public String toString() {
      return id + " " + name;
    }
  }

  private static final List<Row> ROWS = rows("catalogue/objects", Catalogue::row);

  private Catalogue() {}

  public static List<Row> rows() {
    return ROWS;
  }

  public static Row row(String id) {
    return ROWS.stream().filter(row -> row.id().equals(id)).findFirst().orElseThrow();
  }

  /// The rows of all files in a folder beside this class, in order of their names.
  public static <R> List<R> rows(String folder, Function<JsonFile, R> row) {
    try (Stream<Path> files =
        Files.list(Path.of(Objects.requireNonNull(Catalogue.class.getResource(folder)).toURI()))) {
      return files.sorted().map(JsonFile::read).map(row).toList();
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Row row(JsonFile file) {
    return new Row(
        file.text("id"),
        file.text("name"),
        file.text("model"),
        Sketch.of(file.texts("history").toArray(String[]::new)),
        file.truths("expect"),
        file.texts("broken"),
        file.texts("wrongKeys"),
        file.number("atomicity"),
        file.number("stale"));
  }
}
