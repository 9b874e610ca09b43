package dev.nucleusdb.cli.check;

import dev.nucleusdb.cli.shell.UsageException;
import dev.nucleusdb.linearizability.history.History;
import dev.nucleusdb.linearizability.model.Model;
import dev.nucleusdb.linearizability.reader.HistoryReader;
import dev.nucleusdb.linearizability.reader.MalformedHistoryException;
import dev.nucleusdb.linearizability.reader.ReadOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// The history that is judged: a file, or the standard input. What cannot be read is one line for a
/// person.
///
/// @param file its path; `-` is the standard input
/// @param options how it is read
record HistoryInput(Path file, ReadOptions options) {
  private static final Path STANDARD_INPUT = Path.of("-");

  /// What reads an open stream.
  interface Reader<T> {
    T read(InputStream bytes, String source) throws IOException, MalformedHistoryException;
  }

  /// What it is called in errors.
  String source() {
    return file.equals(STANDARD_INPUT) ? "standard input" : file.toString();
  }

  /// The history of one model.
  ///
  /// @throws UsageException if it cannot be read, or the model cannot judge it
  History read(Model<?> model) {
    ReadOptions judged = options.judgedBy(model::objectionTo);
    return read((bytes, source) -> HistoryReader.read(bytes, source, judged));
  }

  /// Whatever a reader makes of it.
  ///
  /// @throws UsageException if it cannot be read
  <T> T read(Reader<T> reader) {
    boolean standard = file.equals(STANDARD_INPUT);
    try (InputStream bytes = standard ? System.in : Files.newInputStream(file)) {
      return reader.read(bytes, source());
    } catch (MalformedHistoryException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    } catch (NoSuchFileException e) {
      throw new UsageException("cannot read " + file + ": there is no such file");
    } catch (IOException e) {
      throw new UsageException("cannot read " + file + ": " + e.getMessage());
    }
  }
}
