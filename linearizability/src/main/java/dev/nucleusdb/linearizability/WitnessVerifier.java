package dev.nucleusdb.linearizability;

import dev.nucleusdb.linearizability.history.History;
import dev.nucleusdb.linearizability.history.Operation;
import dev.nucleusdb.linearizability.history.Outcome;
import dev.nucleusdb.linearizability.history.Value;
import dev.nucleusdb.linearizability.model.Model;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Replays the witness of a [Verdict.Valid] in linear time. It shares no code with the search, so
/// that a bug there cannot hide here.
public final class WitnessVerifier {
  private WitnessVerifier() {}

  /// Looks for a flaw: an operation missing, doubled or foreign, an order against real time, or a
  /// step that the model forbids. Empty if the witnesses prove the history linearizable.
  public static Optional<String> findFlaw(
      History history, Model<?> model, List<Verdict.Witness> witnesses) {
    Model<?> fitted = model.fittedTo(history.operations());
    TreeMap<Integer, Operation> missing = new TreeMap<>();
    history.operations().forEach(operation -> missing.put(operation.index(), operation));
    Set<Value> keys = new LinkedHashSet<>();
    for (Verdict.Witness witness : witnesses) {
      if (!keys.add(witness.key())) {
        return Optional.of("two witnesses for " + witness.key());
      }
      for (Operation operation : witness.order()) {
        if (!operation.equals(missing.remove(operation.index()))) {
          return Optional.of("doubled or foreign: " + operation);
        }
      }
      Optional<String> flaw = flawIn(witness, fitted);
      if (flaw.isPresent()) {
        return flaw;
      }
    }
    return missing.values().stream()
        .filter(operation -> operation.outcome() == Outcome.OK)
        .findFirst()
        .map(operation -> "missing: " + operation);
  }

  /// Whether an order holds all completed operations of one object once, none that failed, and is
  /// one that the model and real time allow.
  static boolean explains(Model<?> model, List<Operation> operations, List<Operation> order) {
    BitSet placed = new BitSet();
    for (Operation operation : order) {
      if (placed.get(operation.index())) {
        return false;
      }
      placed.set(operation.index());
    }
    int present = 0;
    for (Operation operation : operations) {
      boolean there = placed.get(operation.index());
      if (!there && operation.outcome() == Outcome.OK) {
        return false;
      }
      present += there ? 1 : 0;
    }
    return present == order.size() && replay(model, order).isEmpty();
  }

  private static <S> Optional<String> flawIn(Verdict.Witness witness, Model<S> model) {
    for (Operation operation : witness.order()) {
      if (!model.partition(operation.action()).equals(witness.key())) {
        return Optional.of("of another object: " + operation);
      }
    }
    return replay(model, witness.order());
  }

  private static <S> Optional<String> replay(Model<S> model, List<Operation> order) {
    S state = model.initial();
    long latestInvocation = 0;
    for (Operation operation : order) {
      if (operation.outcome() == Outcome.FAILED) {
        return Optional.of("failed, and yet placed: " + operation);
      }
      latestInvocation = Math.max(latestInvocation, operation.invokeTime());
      if (operation.returnTime() < latestInvocation) {
        return Optional.of("placed after one that was invoked after its return: " + operation);
      }
      @Nullable S next = model.step(state, operation.action());
      if (next == null) {
        return Optional.of("not legal in state " + state + ": " + operation);
      }
      state = next;
    }
    return Optional.empty();
  }
}
