package dev.nucleusdb.linearizability.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.linearizability.history.Outcome;
import dev.nucleusdb.linearizability.history.Value;
import dev.nucleusdb.linearizability.isolation.level.Patience;
import dev.nucleusdb.linearizability.isolation.level.Standing;
import dev.nucleusdb.linearizability.isolation.transaction.Step;
import dev.nucleusdb.linearizability.isolation.transaction.StepKind;
import dev.nucleusdb.linearizability.isolation.transaction.Transaction;
import dev.nucleusdb.linearizability.isolation.transaction.TransactionHistory;
import dev.nucleusdb.linearizability.isolation.transaction.TransactionHistoryBuilder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The tests are tested: judges of lists with classic mistakes must each go wrong on the catalogue.
final class TransactionMutantsTest {
  /// A mistake, made by handing the correct judge the history that the mistaken one would see.
  record Mistake(String name, UnaryOperator<List<Transaction>> view) {
    boolean goesWrong(TransactionCatalogue.Row row) {
      List<Transaction> seen =
          IntStream.range(0, row.history().size()).mapToObj(row.history()::transaction).toList();
      IsolationVerdict verdict =
          TransactionChecker.checkLists(built(view.apply(seen)), Patience.endless());
      return verdict.standings().entrySet().stream()
          .anyMatch(entry ->
              (entry.getValue() instanceof Standing.Holds)
                  != row.expect().getOrDefault(entry.getKey().label(), false));
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static List<Mistake> mistakes() {
    return Stream.of(ofFateAndOrder(), ofSteps(), ofContents()).flatMap(List::stream).toList();
  }

  private static List<Mistake> ofFateAndOrder() {
    return List.of(
        each(
            "takes unknown transactions for aborted ones",
            t -> t.outcome() == Outcome.UNKNOWN ? with(t, Outcome.FAILED) : t),
        each(
            "takes aborted transactions for unknown ones",
            t -> t.outcome() == Outcome.FAILED ? with(t, Outcome.UNKNOWN) : t),
        each(
            "takes aborted transactions for committed ones",
            t -> t.outcome() == Outcome.FAILED ? with(t, Outcome.OK) : t),
        some("forgets aborted transactions", t -> t.outcome() != Outcome.FAILED),
        some("forgets unknown transactions", t -> t.outcome() != Outcome.UNKNOWN),
        each(
            "gives every transaction a session of its own",
            t -> with(t, t.index(), t.invokeTime(), t.returnTime())),
        each("takes all for one session", t -> with(t, 0, t.invokeTime(), t.returnTime())),
        each("ignores real time", t -> with(t, t.session(), 0, 1_000)),
        each(
            "takes touching intervals for ordered",
            t -> with(t, t.session(), 2 * t.invokeTime() + 1, Math.max(2 * t.returnTime(), 1))),
        each(
            "takes the invocation for the return",
            t -> with(t, t.session(), t.invokeTime(), t.invokeTime())),
        each(
            "takes the return for the invocation",
            t -> with(t, t.session(), t.returnTime(), t.returnTime())));
  }

  private static List<Mistake> ofSteps() {
    return List.of(
        each("looks at the first step alone", t -> with(t, t.steps().subList(0, 1))),
        each(
            "overlooks the last step",
            t -> with(t, t.steps().subList(0, Math.max(1, t.steps().size() - 1)))),
        steps(
            "overlooks reads of nothing",
            step -> step.values().isEmpty() ? List.of() : List.of(step)),
        steps(
            "overlooks reads of one element",
            step -> isRead(step) && step.values().size() == 1 ? List.of() : List.of(step)),
        steps(
            "overlooks long reads",
            step -> isRead(step) && step.values().size() > 1 ? List.of() : List.of(step)),
        steps(
            "overlooks predicates",
            step -> step.kind() == StepKind.SEE_LIST ? List.of() : List.of(step)),
        steps(
            "takes a predicate for an item",
            step ->
                step.kind() == StepKind.SEE_LIST
                    ? List.of(read(step, step.values()))
                    : List.of(step)),
        steps(
            "takes an item for a predicate",
            step ->
                step.kind() == StepKind.READ_LIST
                    ? List.of(new Step(StepKind.SEE_LIST, step.key(), step.values(), step.known()))
                    : List.of(step)));
  }

  private static List<Mistake> ofContents() {
    return List.of(
        steps(
            "takes lists for sets",
            step ->
                isRead(step)
                    ? List.of(
                        read(
                            step,
                            step.values().stream()
                                .sorted(Comparator.comparing(Value::toString))
                                .toList()))
                    : List.of(step)),
        steps(
            "overlooks repeated elements",
            step ->
                isRead(step)
                    ? List.of(read(step, step.values().stream().distinct().toList()))
                    : List.of(step)),
        steps(
            "sees all but the newest element",
            step ->
                isRead(step) && !step.values().isEmpty()
                    ? List.of(read(step, step.values().subList(0, step.values().size() - 1)))
                    : List.of(step)),
        steps(
            "sees the newest element alone",
            step ->
                isRead(step) && step.values().size() > 1
                    ? List.of(read(step, List.of(step.values().getLast())))
                    : List.of(step)),
        each(
            "reads before it writes",
            t -> with(t, sorted(t, Comparator.comparing(step -> !isRead(step))))),
        each(
            "writes before it reads",
            t -> with(t, sorted(t, Comparator.comparing(TransactionMutantsTest::isRead)))),
        each("keeps one read of each key", t -> with(t, distinctReads(t))),
        new Mistake("takes each step for a transaction", TransactionMutantsTest::apart));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void the_catalogue_catches_the_mistake(Mistake mistake) {
    assertThat(TransactionCatalogue.rows()).anyMatch(mistake::goesWrong);
  }

  @Test
  void without_a_mistake_nothing_goes_wrong() {
    Mistake none = new Mistake("none", transactions -> transactions);
    assertThat(TransactionCatalogue.rows()).noneMatch(none::goesWrong);
  }

  private static boolean isRead(Step step) {
    return step.kind().isListRead();
  }

  private static Step read(Step step, List<Value> values) {
    return new Step(StepKind.READ_LIST, step.key(), values, step.known());
  }

  private static Mistake each(String name, UnaryOperator<Transaction> change) {
    return new Mistake(name, all -> all.stream().map(change).toList());
  }

  private static Mistake some(String name, Predicate<Transaction> kept) {
    return new Mistake(name, all -> all.stream().filter(kept).toList());
  }

  private static Mistake steps(String name, Function<Step, List<Step>> change) {
    return each(
        name,
        t -> with(t, t.steps().stream().flatMap(step -> change.apply(step).stream()).toList()));
  }

  private static List<Step> sorted(Transaction transaction, Comparator<Step> order) {
    return transaction.steps().stream().sorted(order).toList();
  }

  private static List<Step> distinctReads(Transaction transaction) {
    List<Value> seen = new ArrayList<>();
    return transaction.steps().stream()
        .filter(step ->
            !isRead(step) || (seen.add(step.key()) && seen.indexOf(step.key()) == seen.size() - 1))
        .toList();
  }

  private static List<Transaction> apart(List<Transaction> all) {
    List<Transaction> parts = new ArrayList<>();
    for (Transaction transaction : all) {
      transaction.steps().forEach(step -> parts.add(with(transaction, List.of(step))));
    }
    return parts;
  }

  private static Transaction with(Transaction t, Outcome outcome) {
    return new Transaction(t.index(), 0, t.session(), outcome, t.invokeTime(), 1_000, t.steps());
  }

  private static Transaction with(Transaction t, long session, long invoke, long end) {
    return new Transaction(t.index(), 0, session, t.outcome(), invoke, end, t.steps());
  }

  private static Transaction with(Transaction t, List<Step> steps) {
    return new Transaction(
        t.index(), 0, t.session(), t.outcome(), t.invokeTime(), t.returnTime(), steps);
  }

  private static TransactionHistory built(List<Transaction> transactions) {
    TransactionHistoryBuilder builder = TransactionHistory.builder();
    for (Transaction transaction : transactions) {
      for (Step step : transaction.steps()) {
        if (step.kind() == StepKind.APPEND) {
          builder.append(step.key(), step.values().getFirst());
        } else if (step.known()) {
          builder.readList(step.key(), step.values(), step.kind() == StepKind.SEE_LIST);
        } else {
          builder.readUnknown(step.kind(), step.key());
        }
      }
      builder.end(
          transaction.session(),
          transaction.outcome(),
          transaction.invokeTime(),
          transaction.returnTime());
    }
    return builder.build();
  }
}
