package dev.nucleusdb.linearizability.model;

import dev.nucleusdb.linearizability.history.Action;
import dev.nucleusdb.linearizability.history.Operation;
import dev.nucleusdb.linearizability.history.Outcome;
import dev.nucleusdb.linearizability.history.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What reads of an appended text show of the appends: a text that contains a piece that was
/// appended once shows what stood before it.
///
/// That holds only if texts can be taken apart in one way. They can if no written piece begins
/// another (a prefix code); otherwise nothing is concluded.
///
/// ```
///   pieces written:  "x1" "x2" "x3"        read:  "x2x1x3"
///   append x2 only in ""     append x1 only in "x2"     append x3 only in "x2x1"
/// ```
final class AppendGuards {
  /// What stands for a piece that was written more than once.
  private static final Action SEVERAL = new Action("", Value.UNRECORDED, List.of(), Value.ABSENT);

  private final Value initial;

  /// By piece, the append that wrote it, if there is one such write alone, else [#SEVERAL].
  private final TreeMap<String, Action> pieces = new TreeMap<>();

  private final List<String> reads = new ArrayList<>();
  private boolean appends;
  private boolean deletes;
  private boolean readable = true;

  private AppendGuards(Value initial) {
    this.initial = initial;
  }

  /// @param initial what the key held at first
  /// @param operations all operations on one key
  static Map<Action, Value> of(Value initial, Collection<Operation> operations) {
    AppendGuards guards = new AppendGuards(initial);
    for (Operation operation : operations) {
      if (operation.outcome() != Outcome.FAILED) {
        guards.note(operation);
      }
    }
    return guards.appends && guards.canBeTakenApart() ? guards.guards() : Collections.emptyMap();
  }

  private void note(Operation operation) {
    Action action = operation.action();
    switch (action.function()) {
      case "append" -> {
        appends = true;
        notePiece(action.argument(0), action);
      }
      case "put" -> notePiece(action.argument(0), SEVERAL);
      case "cas" -> notePiece(action.argument(1), SEVERAL);
      case "delete" -> deletes = true;
      case "get" -> {
        if (operation.outcome() == Outcome.OK
            && action.result() instanceof Value.Text(String text)) {
          reads.add(text);
        }
      }
      case String _ -> readable = false;
    }
  }

  private void notePiece(Value value, Action writer) {
    if (value instanceof Value.Text(String text) && !text.isEmpty()) {
      pieces.merge(text, writer, (_, _) -> SEVERAL);
    } else {
      readable = false;
    }
  }

  private boolean canBeTakenApart() {
    if (initial instanceof Value.Text(String text)) {
      if (!text.isEmpty()) {
        notePiece(initial, SEVERAL);
      }
    } else if (!initial.equals(Value.ABSENT)) {
      return false;
    }
    String before = null;
    for (String piece : pieces.keySet()) {
      if (before != null && piece.startsWith(before)) {
        return false;
      }
      before = piece;
    }
    return readable;
  }

  private Map<Action, Value> guards() {
    Map<Action, Value> guards = new LinkedHashMap<>();
    reads.sort(Comparator.comparingInt(String::length).reversed());
    String shown = null;
    for (String read : reads) {
      if (shown == null || !shown.startsWith(read)) {
        takeApart(read, guards);
        shown = read;
      }
    }
    return guards;
  }

  /// In a prefix code, the one piece that a text begins with is the last that is not after it.
  private void takeApart(String read, Map<Action, Value> guards) {
    Map<Action, Value> shown = new LinkedHashMap<>();
    int start = 0;
    while (start < read.length()) {
      Map.Entry<String, Action> piece = pieces.floorEntry(read.substring(start));
      if (piece == null || !read.startsWith(piece.getKey(), start)) {
        return;
      }
      if (!piece.getValue().equals(SEVERAL) && (start > 0 || startsEmpty())) {
        shown.put(piece.getValue(), start > 0 ? Value.of(read.substring(0, start)) : initial);
      }
      start += piece.getKey().length();
    }
    shown.forEach(guards::putIfAbsent);
  }

  /// A deleted key is absent, and one that was never written may be the empty text: with both
  /// about, what stood before the first piece is not one state.
  private boolean startsEmpty() {
    return !deletes && (initial.equals(Value.ABSENT) || initial.equals(Value.of("")));
  }
}
