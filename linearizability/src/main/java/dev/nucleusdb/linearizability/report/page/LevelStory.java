package dev.nucleusdb.linearizability.report.page;

import dev.nucleusdb.linearizability.Counterexample;
import dev.nucleusdb.linearizability.ObjectVerdict;
import dev.nucleusdb.linearizability.Verdict;
import dev.nucleusdb.linearizability.history.History;
import dev.nucleusdb.linearizability.history.Operation;
import dev.nucleusdb.linearizability.history.Outcome;
import dev.nucleusdb.linearizability.history.Value;
import dev.nucleusdb.linearizability.level.Conflict;
import dev.nucleusdb.linearizability.level.Level;
import dev.nucleusdb.linearizability.level.LevelReport;
import dev.nucleusdb.linearizability.level.LevelVerdict;
import dev.nucleusdb.linearizability.level.View;
import dev.nucleusdb.linearizability.model.Model;
import dev.nucleusdb.linearizability.report.part.LevelWords;
import dev.nucleusdb.linearizability.report.part.Words;
import dev.nucleusdb.linearizability.view.JointModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/// One reason that a page of levels shows, with the whole history behind it: why a level is
/// violated, or a view that proves that one holds.
///
/// ```
///   weakest violated level ─► Conflict ─┐
///   …                                   ├─► stories, in this order
///   strongest violated ─────► Conflict ─┤
///   strongest that hold ────► View ─────┘   one for each client
/// ```
///
/// @param level the level that is violated, or that holds
/// @param heading what the reason shows
/// @param story the same in the shape in which an object is drawn
record LevelStory(Level level, String heading, ObjectStory story) {
  /// How many views are shown at most.
  private static final int MAX_VIEWS = 50;

  private static final String NUMBERS =
      "The numbers on the operations, along which n and p go, say in which order they took effect";

  /// The index of no operation.
  private static final int NOBODY = -1;

  /// The reasons of a report. As many are told as fit on a page, each with the whole history.
  static <S> List<LevelStory> of(History history, Model<S> model, LevelReport report) {
    if (report.linearizability() instanceof Verdict.Valid valid) {
      return ObjectStory.of(history, model, valid).stream()
          .limit(PageData.MAX_OBJECTS)
          .map(LevelStory::linearizable)
          .toList();
    }
    List<Operation> all = new ArrayList<>(history.operations());
    all.sort(ObjectStory.BY_INVOCATION);
    Model<S> fitted = model.fittedTo(all);
    List<LevelStory> stories = new ArrayList<>();
    conflicts(report)
        .forEach((conflict, level) -> stories.add(violated(level, conflict, report, fitted, all)));
    for (Level level : report.strongest()) {
      if (report.of(level) instanceof LevelVerdict.Holds(Level _, List<View> views)) {
        views.stream().limit(MAX_VIEWS).forEach(view -> stories.add(holds(level, view, all)));
      }
    }
    if (stories.isEmpty()) {
      stories.add(undecided(report, all));
    }
    int room = Math.max(1, PageData.MAX_OPERATIONS / Math.max(1, all.size()));
    return stories.subList(0, Math.min(room, stories.size()));
  }

  /// Of a linearizable history, the order of each object.
  private static LevelStory linearizable(ObjectStory story) {
    String whose = story.name().isEmpty() ? "" : ", " + story.name();
    return new LevelStory(
        Level.LINEARIZABLE,
        "An order that explains the history" + Words.ofObject(story.verdict().key()),
        new ObjectStory(
            Level.LINEARIZABLE.word() + whose,
            NUMBERS + ". Asked for: " + LevelWords.asks(Level.LINEARIZABLE) + ".",
            story.verdict(),
            story.operations(),
            story.total(),
            null));
  }

  /// What breaks some level, that of the weakest one first, with the level that it breaks.
  private static Map<Conflict, Level> conflicts(LevelReport report) {
    List<Level> weakestFirst = new ArrayList<>(report.levels().keySet()).reversed();
    Map<Conflict, Level> conflicts = new LinkedHashMap<>();
    for (Level level : weakestFirst) {
      if (report.of(level) instanceof LevelVerdict.Violated(Level shownBy, Conflict conflict)) {
        conflicts.putIfAbsent(conflict, shownBy);
      }
    }
    return conflicts;
  }

  private static <S> LevelStory violated(
      Level level, Conflict conflict, LevelReport report, Model<S> model, List<Operation> all) {
    Counterexample shown =
        level == Level.LINEARIZABLE && report.linearizability() instanceof Verdict.Invalid invalid
            ? invalid.counterexample()
            : new Counterexample(
                conflict.operations(),
                conflict.context(),
                conflict.omitted(),
                nobody(conflict.operations().getLast()),
                List.of(),
                conflict.minimal());
    return new LevelStory(
        level,
        "Why it is not " + level.word(),
        new ObjectStory(
            level.word(),
            capital(LevelWords.whose(conflict)) + ". Asked for: " + LevelWords.asks(level) + ".",
            new ObjectVerdict.Contradicted(Value.UNRECORDED, shown),
            all,
            all.size(),
            attempt(level, conflict, model)));
  }

  private static String capital(String words) {
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }

  /// The longest order of a conflict where a client's order alone counts. What causality and the
  /// session guarantees ask for depends on who was seen.
  private static <S> @Nullable LongestOrder attempt(
      Level level, Conflict conflict, Model<S> model) {
    List<Operation> operations = conflict.operations();
    return switch (level) {
      case LINEARIZABLE -> LongestOrder.attempt(model, operations).orElse(null);
      case SEQUENTIAL -> attempt(model, operations);
      case PRAM -> attempt(model, ofOneView(conflict, model));
      case CAUSAL, READ_YOUR_WRITES, MONOTONIC_READS, MONOTONIC_WRITES, WRITES_FOLLOW_READS -> null;
    };
  }

  private static <S> @Nullable LongestOrder attempt(Model<S> model, List<Operation> operations) {
    JointModel<S> joint = JointModel.of(model, operations);
    BiPredicate<Operation, Operation> inClientsOrder =
        (one, other) -> one.process() == other.process() && one.returnTime() < other.invokeTime();
    return LongestOrder.attempt(joint, operations, inClientsOrder, joint::words).orElse(null);
  }

  /// What the client's view holds: what it did, and everybody's updates.
  private static List<Operation> ofOneView(Conflict conflict, Model<?> model) {
    OptionalLong client = conflict.process();
    return conflict.operations().stream()
        .filter(operation ->
            client.isEmpty()
                || operation.process() == client.getAsLong()
                || !model.observesOnly(operation.action()))
        .toList();
  }

  private static LevelStory holds(Level level, View view, List<Operation> all) {
    String whose = view.process().isPresent() ? "client " + view.process().getAsLong() : "";
    String whom = whose.isEmpty() ? "what all clients saw" : "what " + whose + " saw";
    return new LevelStory(
        level,
        "An order that explains " + whom,
        new ObjectStory(
            whose.isEmpty() ? level.word() : level.word() + ", " + whose,
            NUMBERS
                + (whose.isEmpty() ? "" : " for " + whose)
                + ". Asked for: "
                + LevelWords.asks(level)
                + ".",
            new ObjectVerdict.Explained(Value.UNRECORDED, view.order()),
            all,
            all.size(),
            null));
  }

  private static LevelStory undecided(LevelReport report, List<Operation> all) {
    int returns = (int) all.stream().filter(one -> one.outcome() == Outcome.OK).count();
    ObjectVerdict verdict =
        report.linearizability() instanceof Verdict.Unknown unknown
            ? unknown.first()
            : new ObjectVerdict.Undecided(
                Value.UNRECORDED, Verdict.Cause.DEADLINE, 0, returns, null);
    return new LevelStory(Level.LINEARIZABLE, "No verdict", new ObjectStory(verdict, all, null));
  }

  /// Where a conflict stands, for a drawing that shows a part: none of its operations is to blame
  /// more than the others, so what is stuck is none of them.
  private static Operation nobody(Operation last) {
    return new Operation(
        NOBODY,
        last.line(),
        last.process(),
        last.action(),
        last.invokeTime(),
        last.returnTime(),
        last.outcome());
  }
}
