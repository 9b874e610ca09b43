package dev.nucleusdb.linearizability;

import dev.nucleusdb.linearizability.history.Operation;
import dev.nucleusdb.linearizability.history.Value;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the judge says of a history.
///
/// A history is valid if every object is, invalid if one is not, and unknown if no object is wrong
/// as far as the judge came.
public sealed interface Verdict {
  /// What is said of each object, in order of first appearance.
  List<ObjectVerdict> objects();

  /// What it cost.
  Effort effort();

  /// How many configurations the search visited over all objects: the same for the same history, on
  /// every machine.
  default long configurations() {
    return effort().configurations();
  }

  /// Linearizable, with proof.
  record Valid(List<ObjectVerdict> objects, Effort effort) implements Verdict {
    /// Copies the objects.
    public Valid {
      objects = List.copyOf(objects);
    }

    /// One order for each object.
    public List<Witness> witnesses() {
      return objects.stream()
          .map(object -> (ObjectVerdict.Explained) object)
          .map(object -> new Witness(object.key(), object.order()))
          .toList();
    }
  }

  /// Not linearizable, with proof. Other objects may be undecided.
  record Invalid(List<ObjectVerdict> objects, Effort effort) implements Verdict {
    /// Copies the objects.
    public Invalid {
      objects = List.copyOf(objects);
    }

    /// The objects whose operations have no order; at least one.
    public List<Value> keys() {
      return contradicted().map(ObjectVerdict.Contradicted::key).toList();
    }

    /// Why that is so of each of them.
    public List<Counterexample> counterexamples() {
      return contradicted().map(ObjectVerdict.Contradicted::counterexample).toList();
    }

    /// Why that is so of the first of them.
    public Counterexample counterexample() {
      return contradicted().findFirst().orElseThrow().counterexample();
    }

    /// The object of the counterexample, [Value#UNRECORDED] where there is only one.
    public Value key() {
      return contradicted().findFirst().orElseThrow().key();
    }

    private Stream<ObjectVerdict.Contradicted> contradicted() {
      return objects.stream()
          .filter(ObjectVerdict.Contradicted.class::isInstance)
          .map(ObjectVerdict.Contradicted.class::cast);
    }
  }

  /// Not decided.
  record Unknown(List<ObjectVerdict> objects, Effort effort) implements Verdict {
    /// Copies the objects.
    public Unknown {
      objects = List.copyOf(objects);
    }

    /// The first object that was not decided.
    public ObjectVerdict.Undecided first() {
      return objects.stream()
          .filter(ObjectVerdict.Undecided.class::isInstance)
          .map(ObjectVerdict.Undecided.class::cast)
          .findFirst()
          .orElseThrow();
    }

    /// The limit that came first.
    public Cause cause() {
      return first().cause();
    }

    /// How many objects were decided, all of them linearizable.
    public int decidedCount() {
      return (int) objects.stream().filter(ObjectVerdict.Explained.class::isInstance).count();
    }

    /// The operation whose return no order had explained yet, or null if there is none.
    public @Nullable Operation deepest() {
      return first().deepest();
    }
  }

  /// The limits that can stop a search.
  enum Cause {
    /// [Limits#maxConfigurations] was reached.
    CONFIGURATIONS,
    /// [Limits#maxBytes] was reached.
    MEMORY,
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
