package dev.nucleusdb.linearizability.isolation.verify;

import dev.nucleusdb.linearizability.isolation.level.Finding;
import dev.nucleusdb.linearizability.isolation.transaction.TransactionHistory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Looks again at the reads of registers that are said to be wrong without any cycle.
final class RegisterVerifier {
  private final TransactionHistory history;
  private final List<Integer> transactions;
  private final RawRegisters registers;

  private RegisterVerifier(TransactionHistory history, List<Integer> transactions) {
    this.history = history;
    this.transactions = transactions;
    this.registers = new RawRegisters(history);
  }

  /// What is wrong with a finding that is no cycle, or empty if it is right.
  ///
  /// @throws IllegalArgumentException if it is about something else than single reads
  static Optional<String> objection(TransactionHistory history, Finding finding) {
    RegisterVerifier verifier = new RegisterVerifier(history, finding.transactions());
    boolean right =
        switch (finding.anomaly()) {
          case GARBAGE_READ ->
              verifier.anyRead((_, read) -> verifier.writer(read) == RawRegisters.UNKNOWN);
          case G1A ->
              verifier.anyRead(
                  (_, read) -> verifier.isOther(read) && history.isAborted(verifier.writer(read)));
          case G1B -> verifier.anyRead((_, read) -> verifier.isReplaced(read));
          case FUTURE_READ -> verifier.anyRead(verifier::isOwnLater);
          case INTERNAL -> verifier.anyRead(verifier::contradicts);
          case LOST_UPDATE -> verifier.replacedTheSame();
          default -> throw new IllegalArgumentException(finding.anomaly() + " is no wrong read");
        };
    return right ? Optional.empty() : Optional.of("there is no " + finding.anomaly());
  }

  private interface ReadTest {
    boolean passes(int transaction, int read);
  }

  private boolean anyRead(ReadTest test) {
    return transactions.stream()
        .anyMatch(transaction ->
            registers.steps(transaction).stream()
                .anyMatch(
                    step -> registers.isRead(transaction, step) && test.passes(transaction, step)));
  }

  private int writer(int read) {
    return registers.writerOf(read);
  }

  private boolean isOther(int read) {
    return writer(read) >= 0 && transactions.contains(writer(read));
  }

  /// Whether a read shows what its writer wrote over itself.
  private boolean isReplaced(int read) {
    return isOther(read) && lastWritten(writer(read), history.key(read)) != history.value(read);
  }

  private int lastWritten(int writer, int key) {
    int last = TransactionHistory.ABSENT;
    for (int step : registers.steps(writer)) {
      last = registers.isWrite(step) && history.key(step) == key ? history.value(step) : last;
    }
    return last;
  }

  private boolean isOwnLater(int reader, int read) {
    return writer(read) == reader
        && !registers.writtenBefore(reader, read).contains(history.value(read));
  }

  /// Whether a read shows neither what its transaction wrote before, nor, if it wrote nothing, what
  /// it had read before.
  private boolean contradicts(int reader, int read) {
    List<Integer> own = registers.writtenBefore(reader, read);
    if (!own.isEmpty()) {
      return own.getLast() != history.value(read);
    }
    return registers.steps(reader).stream()
        .anyMatch(earlier ->
            earlier < read
                && registers.isRead(reader, earlier)
                && history.key(earlier) == history.key(read)
                && history.value(earlier) != history.value(read));
  }

  private boolean replacedTheSame() {
    List<List<Integer>> first = replaced(transactions.getFirst());
    return transactions.size() == 2
        && replaced(transactions.getLast()).stream().anyMatch(first::contains);
  }

  /// The keys with the values that a transaction read first and then wrote over.
  private List<List<Integer>> replaced(int transaction) {
    List<List<Integer>> replaced = new ArrayList<>();
    for (int read : registers.steps(transaction)) {
      boolean overwrites =
          registers.steps(transaction).stream()
              .anyMatch(step ->
                  step > read && registers.isWrite(step) && history.key(step) == history.key(read));
      if (registers.isRead(transaction, read)
          && registers.writtenBefore(transaction, read).isEmpty()
          && overwrites) {
        replaced.add(List.of(history.key(read), history.value(read)));
      }
    }
    return replaced;
  }
}
