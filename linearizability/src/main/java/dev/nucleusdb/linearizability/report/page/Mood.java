package dev.nucleusdb.linearizability.report.page;

import dev.nucleusdb.linearizability.ObjectVerdict;
import dev.nucleusdb.linearizability.Verdict;

/// The three ways in which a verdict can end, as they look.
enum Mood {
  VALID("✓", "Linearizable", "good"),
  INVALID("✕", "Not linearizable", "bad"),
  UNKNOWN("?", "Undecided", "open");

  private final String mark;
  private final String word;
  private final String style;

  Mood(String mark, String word, String style) {
    this.mark = mark;
    this.word = word;
    this.style = style;
  }

  static Mood of(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Valid _ -> VALID;
      case Verdict.Invalid _ -> INVALID;
      case Verdict.Unknown _ -> UNKNOWN;
    };
  }

  static Mood of(ObjectVerdict verdict) {
    return switch (verdict) {
      case ObjectVerdict.Explained _ -> VALID;
      case ObjectVerdict.Contradicted _ -> INVALID;
      case ObjectVerdict.Undecided _ -> UNKNOWN;
    };
  }

  /// A sign that needs no colour.
  String mark() {
    return mark;
  }

  /// The first words of a sentence.
  String word() {
    return word;
  }

  /// The class of an element.
  String style() {
    return style;
  }
}
