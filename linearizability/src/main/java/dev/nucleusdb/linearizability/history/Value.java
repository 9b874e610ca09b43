package dev.nucleusdb.linearizability.history;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A value as it stands in a history: a key, an argument, or a result.
///
/// Two kinds of nothing are kept apart, because to confuse them is the classic way to a wrong
/// verdict: [#ABSENT] is an observation (the object holds no value), [#UNRECORDED] is the lack of
/// one (nobody wrote down what was seen).
public sealed interface Value {
  /// The object holds no value. As an argument of `cas`: expect that there is none.
  Value ABSENT = Nothing.ABSENT;

  /// Nobody wrote down a value: the result of a crashed operation, or the key where there are no
  /// keys.
  Value UNRECORDED = Nothing.UNRECORDED;

  /// The answer yes, as of a `cas` that swapped.
  Value TRUE = new Truth(true);

  /// The answer no, as of a `cas` that found another value than it expected.
  Value FALSE = new Truth(false);

  /// The same in every run of the JVM for equal values.
  @Override
  int hashCode();

  /// The two kinds of nothing, [#ABSENT] and [#UNRECORDED]. No enum, since an enum's hash differs
  /// from run to run.
  final class Nothing implements Value {
    private static final Nothing ABSENT = new Nothing("absent");
    private static final Nothing UNRECORDED = new Nothing("?");

    private final String word;

    private Nothing(String word) {
      this.word = word;
    }

    @Override
    public boolean equals(@Nullable Object object) {
      return this == object;
    }

    @Override
    public int hashCode() {
      return word.hashCode();
    }

    @Override
    public String toString() {
      return word;
    }
  }

  /// Text, compared by its characters.
  record Text(String text) implements Value {
    @Override
    public String toString() {
      return text.isEmpty() || text.indexOf(' ') >= 0 ? '"' + text + '"' : text;
    }
  }

  /// A whole number. The number 1 and the text "1" are different values.
  record Whole(long number) implements Value {
    @Override
    public String toString() {
      return Long.toString(number);
    }
  }

  /// A yes or no.
  record Truth(boolean truth) implements Value {
    @Override
    public String toString() {
      return Boolean.toString(truth);
    }
  }

  /// Several values in order, for models that need more than the built-in ones do.
  record Tuple(List<Value> elements) implements Value {
    /// Copies the elements.
    public Tuple {
      elements = List.copyOf(elements);
    }

    @Override
    public String toString() {
      return elements.toString();
    }
  }

  /// Text as a value.
  static Value of(String text) {
    return new Text(text);
  }

  /// A whole number as a value.
  static Value of(long number) {
    return new Whole(number);
  }

  /// A yes or no as a value.
  static Value of(boolean truth) {
    return truth ? TRUE : FALSE;
  }
}
