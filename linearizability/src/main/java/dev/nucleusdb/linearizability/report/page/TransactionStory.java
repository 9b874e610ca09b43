package dev.nucleusdb.linearizability.report.page;

import dev.nucleusdb.linearizability.Counterexample;
import dev.nucleusdb.linearizability.ObjectVerdict;
import dev.nucleusdb.linearizability.Verdict;
import dev.nucleusdb.linearizability.history.Action;
import dev.nucleusdb.linearizability.history.History;
import dev.nucleusdb.linearizability.history.Operation;
import dev.nucleusdb.linearizability.history.Outcome;
import dev.nucleusdb.linearizability.history.Value;
import dev.nucleusdb.linearizability.isolation.IsolationVerdict;
import dev.nucleusdb.linearizability.isolation.level.Finding;
import dev.nucleusdb.linearizability.isolation.level.IsolationLevel;
import dev.nucleusdb.linearizability.isolation.level.Standing;
import dev.nucleusdb.linearizability.isolation.transaction.Transaction;
import dev.nucleusdb.linearizability.isolation.transaction.TransactionHistory;
import dev.nucleusdb.linearizability.model.Model;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What was said of transactions, in the shape in which operations are drawn: a transaction is an
/// operation of its session that spans it, and its steps are its label.
///
/// @param history all of them
/// @param story what was said, of the one object that they are for a drawing
/// @param finding what breaks the level that was asked for, if anything does
/// @param mood how the verdict looks
record TransactionStory(History history, ObjectStory story, Optional<Finding> finding, Mood mood) {
  /// Transactions that only read, and those that change something.
  private static final String READS = "read";

  private static final String CHANGES = "txn";

  /// The index of no operation.
  private static final int NOBODY = -1;

  /// @param asked the level that was asked for
  static TransactionStory of(IsolationVerdict verdict, IsolationLevel asked) {
    TransactionHistory transactions = verdict.history();
    List<Operation> operations = new ArrayList<>(transactions.size());
    for (int number = 0; number < transactions.size(); number++) {
      operations.add(operation(transactions.transaction(number)));
    }
    ObjectVerdict said = said(verdict, asked, operations);
    Optional<Finding> finding =
        verdict.standing(asked) instanceof Standing.Violated(Finding found)
            ? Optional.of(found)
            : Optional.empty();
    return new TransactionStory(
        new History(operations), new ObjectStory(said, operations, null), finding, Mood.of(said));
  }

  private static ObjectVerdict said(
      IsolationVerdict verdict, IsolationLevel asked, List<Operation> operations) {
    return switch (verdict.standing(asked)) {
      case Standing.Violated(Finding finding) -> {
        List<Operation> shown =
            finding.transactions().stream().distinct().map(operations::get).toList();
        yield new ObjectVerdict.Contradicted(
            Value.UNRECORDED,
            new Counterexample(
                shown, List.of(), List.of(), nobody(shown.getFirst()), List.of(), true));
      }
      case Standing.Holds _ -> {
        List<Operation> order = new ArrayList<>();
        verdict
            .serialOrder()
            .ifPresent(numbers -> {
              for (int number : numbers) {
                order.add(operations.get(number));
              }
            });
        yield new ObjectVerdict.Explained(Value.UNRECORDED, order);
      }
      case Standing.Unknown _ ->
          new ObjectVerdict.Undecided(Value.UNRECORDED, Verdict.Cause.DEADLINE, 0, 0, null);
    };
  }

  /// Where the transactions stand, for a drawing that shows a part: none of a cycle is to blame
  /// more than the others, so what is stuck is none of them.
  private static Operation nobody(Operation first) {
    return new Operation(
        NOBODY,
        first.line(),
        first.process(),
        first.action(),
        first.invokeTime(),
        first.returnTime(),
        first.outcome());
  }

  /// Where no times are known, transactions stand in the order of the file.
  private static Operation operation(Transaction transaction) {
    String steps = transaction.toString();
    boolean changes = transaction.steps().stream().anyMatch(step -> step.kind().isWrite());
    boolean timed = transaction.returnTime() != TransactionHistory.UNTIMED;
    boolean crashed = transaction.outcome() == Outcome.UNKNOWN;
    long invoke = timed ? transaction.invokeTime() : transaction.index();
    long end = timed ? transaction.returnTime() : transaction.index();
    String words = changes ? steps : steps.replaceFirst("^read ", "");
    return new Operation(
        transaction.index(),
        transaction.line(),
        transaction.session(),
        new Action(
            changes ? CHANGES : READS,
            Value.UNRECORDED,
            Arrays.stream(words.split(" ")).map(Value::of).toList(),
            Value.UNRECORDED),
        Math.max(0, invoke),
        crashed ? Operation.NEVER : Math.max(Math.max(0, invoke), end),
        transaction.outcome());
  }

  /// Which of them only read.
  static Kinds kinds(History history) {
    return new Kinds(history.operations(), new ReadOrNot());
  }

  /// Knows of an action whether it changes something, and nothing else.
  private static final class ReadOrNot implements Model<Boolean> {
    @Override
    public String name() {
      return "transactions";
    }

    @Override
    public Boolean initial() {
      return true;
    }

    @Override
    public @Nullable Boolean step(Boolean state, Action action) {
      return state;
    }

    @Override
    public boolean observesOnly(Action action) {
      return action.function().equals(READS);
    }
  }
}
