package dev.nucleusdb.linearizability.stream;

import dev.nucleusdb.linearizability.Counterexample;
import dev.nucleusdb.linearizability.Verdict;
import dev.nucleusdb.linearizability.history.Value;
import dev.nucleusdb.linearizability.model.Model;

/// What a judge says of one object of a growing history.
public sealed interface StreamVerdict {
  /// The object, [Value#UNRECORDED] where there is only one.
  Value key();

  /// How many returns of this object had an order.
  long passedCount();

  /// Every return so far has an order. No order is given: it is forgotten.
  record Holding(Value key, long passedCount) implements StreamVerdict {}

  /// One has none, and nothing that may come later will change that.
  ///
  /// @param passedCount how many returns had an order
  /// @param model the model as it stands in the state that the object was in for certain, the last
  ///   time that there was one way alone in which all could have happened
  /// @param counterexample which operations contradict each other since then: they are illegal for
  ///   that model
  record Violated(Value key, long passedCount, Model<?> model, Counterexample counterexample)
      implements StreamVerdict {}

  /// A limit came first; what came later of this object was not judged.
  record Undecided(Value key, long passedCount, Verdict.Cause cause) implements StreamVerdict {}
}
