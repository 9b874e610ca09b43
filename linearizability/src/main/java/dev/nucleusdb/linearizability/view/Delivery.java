package dev.nucleusdb.linearizability.view;

import dev.nucleusdb.linearizability.history.Operation;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Whether the views of all clients are true to one causal order, where answers do not tell which
/// updates they reflect: whatever stands before an operation in the view of its own client is taken
/// to have been delivered, and so to be a cause.
///
/// ```
///   view of C:  add a, read {a}, add b          a ─► C's read ─► what C does next
///   view of D:  add b, read {b}, add a          b ─► D's read
/// ```
///
/// If this order has a circle, or a view goes against it, other views might still do.
final class Delivery {
  /// With more operations than this, the order takes too much memory.
  private static final int MAX_OPERATIONS = 4_000;

  private final Program<?> program;
  private final List<Finding.Serialization> views;
  private final Map<Integer, Integer> numbers = new LinkedHashMap<>();

  /// By operation, its causes.
  private final BitSet[] causes;

  private Delivery(Program<?> program, List<Finding.Serialization> views) {
    this.program = program;
    this.views = views;
    this.causes = new BitSet[program.size()];
    for (int number = 0; number < program.size(); number++) {
      numbers.put(program.operations.get(number).index(), number);
      causes[number] = new BitSet();
    }
  }

  /// Whether the views prove causal memory; false says nothing.
  static boolean isCausal(Program<?> program, List<Finding.Serialization> views) {
    return program.size() <= MAX_OPERATIONS && new Delivery(program, views).isRespected();
  }

  private boolean isRespected() {
    linkPrograms();
    for (Finding.Serialization view : views) {
      BitSet delivered = new BitSet();
      for (Operation operation : view.order()) {
        int number = numberOf(operation);
        if (view.process().orElse(operation.process()) == operation.process()) {
          causes[number].or(delivered);
        }
        delivered.set(number);
      }
    }
    return close() && views.stream().allMatch(this::isRespectedBy);
  }

  private void linkPrograms() {
    for (int[] own : program.byClient) {
      for (int later : own) {
        for (int earlier : own) {
          if (program.precedes(earlier, later)) {
            causes[later].set(earlier);
          }
        }
      }
    }
  }

  private int numberOf(Operation operation) {
    return numbers.getOrDefault(operation.index(), 0);
  }

  /// Adds the causes of causes; false if something is its own.
  private boolean close() {
    BitSet closed = new BitSet();
    boolean progress = true;
    while (progress) {
      progress = false;
      for (int number = 0; number < causes.length; number++) {
        BitSet direct = (BitSet) causes[number].clone();
        direct.andNot(closed);
        if (!closed.get(number) && direct.isEmpty()) {
          BitSet causesOfCauses = new BitSet();
          causes[number].stream().forEach(cause -> causesOfCauses.or(causes[cause]));
          causes[number].or(causesOfCauses);
          closed.set(number);
          progress = true;
        }
      }
    }
    return closed.cardinality() == causes.length;
  }

  private boolean isRespectedBy(Finding.Serialization view) {
    BitSet later = new BitSet();
    for (Operation operation : view.order().reversed()) {
      int number = numberOf(operation);
      if (causes[number].intersects(later)) {
        return false;
      }
      later.set(number);
    }
    return true;
  }
}
