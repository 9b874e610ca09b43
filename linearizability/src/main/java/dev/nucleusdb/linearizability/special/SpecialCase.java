package dev.nucleusdb.linearizability.special;

import dev.nucleusdb.linearizability.history.Operation;
import dev.nucleusdb.linearizability.model.CasRegister;
import dev.nucleusdb.linearizability.model.FifoQueue;
import dev.nucleusdb.linearizability.model.KeyValue;
import dev.nucleusdb.linearizability.model.Model;
import dev.nucleusdb.linearizability.model.Register;
import dev.nucleusdb.linearizability.model.VersionedKeyValue;
import java.util.List;
import java.util.Optional;

/// A kind of history that is judged in about the time that it takes to sort it.
public interface SpecialCase {
  /// An order, a conflict, or nothing.
  ///
  /// @param operations all operations of one object, ordered by invocation
  Proposal propose(List<Operation> operations);

  /// The special case of a model, if there is one.
  static Optional<SpecialCase> of(Model<?> model) {
    return switch (model) {
      case Register register -> Optional.of(new UniqueWrites(register.initial()));
      case CasRegister register -> Optional.of(new UniqueWrites(register.initial()));
      case KeyValue keys -> Optional.of(new UniqueWrites(keys.initial()));
      case VersionedKeyValue _ -> Optional.of(new KnownRevisions());
      case FifoQueue _ -> Optional.of(new UniqueElements());
      case Model<?> _ -> Optional.empty();
    };
  }
}
