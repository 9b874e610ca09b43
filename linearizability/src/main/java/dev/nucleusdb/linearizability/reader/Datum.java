package dev.nucleusdb.linearizability.reader;

import dev.nucleusdb.linearizability.history.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What EDN and JSON have in common, each with its offset in the text.
sealed interface Datum {
  int offset();

  record Nil(int offset) implements Datum {}

  record Truth(int offset, boolean truth) implements Datum {}

  record Whole(int offset, long number) implements Datum {}

  /// A number that is not a long, in its own digits.
  record OtherNumber(int offset, String digits) implements Datum {}

  record Text(int offset, String text) implements Datum {}

  /// A keyword without its colon, or a symbol.
  record Word(int offset, String word) implements Datum {}

  record Sequence(int offset, List<Datum> elements) implements Datum {}

  record Mapping(int offset, List<Entry> entries) implements Datum {
    /// What stands under a name, or null if there is nothing.
    @Nullable Datum get(String name) {
      for (Entry entry : entries) {
        if (name.equals(nameOf(entry.key()))) {
          return entry.value();
        }
      }
      return null;
    }
  }

  record Entry(Datum key, Datum value) {}

  /// The name that a text or word is, or null for anything else.
  static @Nullable String nameOf(Datum datum) {
    return switch (datum) {
      case Text(_, String text) -> text;
      case Word(_, String word) -> word;
      case Nil _, Truth _, Whole _, OtherNumber _, Sequence _, Mapping _ -> null;
    };
  }

  /// The value that this stands for.
  default Value toValue() {
    return switch (this) {
      case Nil _ -> Value.ABSENT;
      case Truth(_, boolean truth) -> Value.of(truth);
      case Whole(_, long number) -> Value.of(number);
      case OtherNumber(_, String digits) -> Value.of(digits);
      case Text(_, String text) -> Value.of(text);
      case Word(_, String word) -> Value.of(word);
      case Sequence(_, List<Datum> elements) ->
          new Value.Tuple(elements.stream().map(Datum::toValue).toList());
      case Mapping(_, List<Entry> entries) -> {
        List<Value> pairs = new ArrayList<>();
        for (Entry entry : entries) {
          pairs.add(new Value.Tuple(List.of(entry.key().toValue(), entry.value().toValue())));
        }
        yield new Value.Tuple(pairs);
      }
    };
  }
}
