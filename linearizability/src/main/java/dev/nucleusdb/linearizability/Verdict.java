package dev.nucleusdb.linearizability;

import dev.nucleusdb.linearizability.history.Operation;
import dev.nucleusdb.linearizability.history.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the judge says of a history.
public sealed interface Verdict {
  /// How many configurations the search visited over all objects: the same for the same history, on
  /// every machine.
  long configurations();

  /// Linearizable, with proof.
  ///
  /// @param witnesses one order for each object, in order of first appearance
  /// @param configurations how many the search visited
  record Valid(List<Witness> witnesses, long configurations) implements Verdict {
    /// Copies the witnesses.
    public Valid {
      witnesses = List.copyOf(witnesses);
    }
  }

  /// Not linearizable, with proof.
  ///
  /// @param keys the objects whose operations have no order, in order of first appearance; at least
  ///   one
  /// @param counterexample why that is so of the first of them
  /// @param configurations how many the search visited
  record Invalid(List<Value> keys, Counterexample counterexample, long configurations)
      implements Verdict {
    /// Copies the keys.
    public Invalid {
      keys = List.copyOf(keys);
    }

    /// The object of the counterexample, [Value#UNRECORDED] where there is only one.
    public Value key() {
      return keys.getFirst();
    }
  }

  /// Not decided.
  ///
  /// @param cause the limit that came first
  /// @param key the first object that was not decided
  /// @param decidedCount how many objects were decided, all of them linearizable
  /// @param objectCount how many objects there are
  /// @param passedCount how many returns of the undecided object some order had explained
  /// @param returnCount how many returns that object has
  /// @param deepest the operation whose return no order had explained yet, or null if there is none
  /// @param configurations how many the search visited
  record Unknown(
      Cause cause,
      Value key,
      int decidedCount,
      int objectCount,
      int passedCount,
      int returnCount,
      @Nullable Operation deepest,
      long configurations)
      implements Verdict {}

  /// The limits that can stop a search.
  enum Cause {
    /// [Limits#maxConfigurations] was reached.
    CONFIGURATIONS,
    /// The deadline passed.
    DEADLINE
  }

  /// An order that explains all operations of one object.
  ///
  /// @param key the object
  /// @param order its operations as they took effect; operations of unknown outcome that never did
  ///   are missing
  record Witness(Value key, List<Operation> order) {
    /// Copies the order.
    public Witness {
      order = List.copyOf(order);
    }
  }
}
