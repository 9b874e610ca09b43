package dev.nucleusdb.linearizability.reader;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A JSON object in a test's file.
public final class JsonFile {
  private final Path file;
  private final Datum.Mapping map;

  private JsonFile(Path file, Datum.Mapping map) {
    this.file = file;
    this.map = map;
  }

  public static JsonFile read(Path file) {
    try {
      TextScanner in = TextScanner.decode(file.toString(), Files.readAllBytes(file));
      return new JsonFile(file, (Datum.Mapping) new JsonParser(in, true).value(1));
    } catch (IOException | MalformedHistoryException e) {
      throw new IllegalStateException(file + ": " + e.getMessage(), e);
    }
  }

  public String text(String name) {
    Datum datum = map.get(name);
    String text = datum == null ? null : Datum.nameOf(datum);
    if (text == null) {
      throw new IllegalStateException(file + " has no " + name);
    }
    return text;
  }

  public List<String> texts(String name) {
    return map.get(name) instanceof Datum.Sequence(_, List<Datum> elements)
        ? elements.stream().map(Datum::nameOf).toList()
        : List.of();
  }

  public Optional<Long> number(String name) {
    return map.get(name) instanceof Datum.Whole(_, long number)
        ? Optional.of(number)
        : Optional.empty();
  }

  public Map<String, Boolean> truths(String name) {
    Map<String, Boolean> truths = new LinkedHashMap<>();
    if (map.get(name) instanceof Datum.Mapping inner) {
      for (Datum.Entry entry : inner.entries()) {
        truths.put(Datum.nameOf(entry.key()), ((Datum.Truth) entry.value()).truth());
      }
    }
    return truths;
  }
}
