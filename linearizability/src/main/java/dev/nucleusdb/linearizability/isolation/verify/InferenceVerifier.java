package dev.nucleusdb.linearizability.isolation.verify;

import dev.nucleusdb.linearizability.isolation.level.BaseLevel;
import dev.nucleusdb.linearizability.isolation.level.EdgeKind;
import dev.nucleusdb.linearizability.isolation.level.Finding;
import dev.nucleusdb.linearizability.isolation.level.IsolationLevel;
import dev.nucleusdb.linearizability.isolation.level.OrderKept;
import dev.nucleusdb.linearizability.isolation.transaction.TransactionHistory;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/// Derives each edge of a cycle of transactions on registers again, from who read what and the
/// order that the level keeps.
///
/// ```
///   r read k from w, and saw s, which wrote k      ─► s -> w   (ww)
///   r read k from w, and s, which wrote k, saw w   ─► r -> s   (rw), of serial orders alone
///
///   to have seen: read atomic  to have read from, or to come after in the order kept
///                 causal       any path of these
///                 serial       any path of all edges, derived ones too
/// ```
///
/// All pairs are derived, round by round, until there are no more; so only histories of few
/// transactions, or the part of a larger one around the cycle, are looked at. What follows in a
/// part follows in the whole.
final class InferenceVerifier {
  /// How many transactions are looked at.
  static final int MAX_TRANSACTIONS = 400;

  private final TransactionHistory history;
  private final RawRegisters registers;
  private final OrderKept kept;
  private final BaseLevel rule;

  /// The transactions that are looked at; places among them are used instead of their numbers.
  private final List<Integer> part;

  private final BitSet[] reads;
  private final BitSet[] ordered;
  private final BitSet[] overwrites;
  private final BitSet[] precedes;

  private InferenceVerifier(
      TransactionHistory history,
      RawRegisters registers,
      IsolationLevel level,
      List<Integer> part) {
    this.history = history;
    this.registers = registers;
    this.kept = level.order();
    this.rule = rule(level.base());
    this.part = part;
    this.reads = rows();
    this.ordered = rows();
    this.precedes = rows();
    this.overwrites = rows();
  }

  /// What came of it: nothing if the history is too large and the part around the cycle does not
  /// show it.
  static ProofVerifier.Report report(
      TransactionHistory history, Finding finding, IsolationLevel level) {
    RawRegisters registers = new RawRegisters(history);
    List<Integer> part = partAround(history, registers, finding.transactions());
    InferenceVerifier verifier = new InferenceVerifier(history, registers, level, part);
    verifier.derive();
    Optional<String> objection = verifier.objection(finding);
    boolean whole = history.size() <= MAX_TRANSACTIONS;
    return objection.isPresent() && !whole
        ? new ProofVerifier.Report(Optional.empty(), false)
        : new ProofVerifier.Report(objection, true);
  }

  /// What of the rules of a level may be used: those of the strongest one that it implies and that
  /// is decided by them.
  private static BaseLevel rule(BaseLevel base) {
    return switch (base) {
      case READ_UNCOMMITTED, READ_COMMITTED, READ_ATOMIC, CAUSAL, SERIALIZABLE -> base;
      case PARALLEL_SNAPSHOT, SNAPSHOT -> BaseLevel.CAUSAL;
      case REPEATABLE_READ -> BaseLevel.SERIALIZABLE;
    };
  }

  private static List<Integer> partAround(
      TransactionHistory history, RawRegisters registers, List<Integer> cycle) {
    BitSet chosen = new BitSet();
    cycle.stream().limit(MAX_TRANSACTIONS).forEach(chosen::set);
    for (int distance = 1;
        distance < history.size() && chosen.cardinality() < MAX_TRANSACTIONS;
        distance++) {
      for (int transaction : cycle) {
        for (int near : new int[] {transaction - distance, transaction + distance}) {
          if (near >= 0 && near < history.size() && chosen.cardinality() < MAX_TRANSACTIONS) {
            chosen.set(near);
          }
        }
      }
    }
    return chosen.stream().filter(registers::happened).boxed().toList();
  }

  private BitSet[] rows() {
    BitSet[] rows = new BitSet[part.size()];
    for (int place = 0; place < rows.length; place++) {
      rows[place] = new BitSet(rows.length);
    }
    return rows;
  }

  private Optional<String> objection(Finding finding) {
    List<Integer> cycle = finding.transactions();
    for (int place = 0; place < cycle.size(); place++) {
      int from = cycle.get(place);
      int to = cycle.get((place + 1) % cycle.size());
      EdgeKind kind = finding.edges().get(place);
      if (from == to || !isEdge(part.indexOf(from), part.indexOf(to), kind)) {
        return Optional.of("T" + (from + 1) + " -> T" + (to + 1) + " is no " + kind);
      }
    }
    return CycleVerifier.misnamed(finding);
  }

  private boolean isEdge(int from, int to, EdgeKind kind) {
    return from >= 0
        && to >= 0
        && switch (kind) {
          case SESSION -> kept != OrderKept.NONE && isOfSession(part.get(from), part.get(to));
          case REAL_TIME -> kept == OrderKept.REAL_TIME && isLater(part.get(from), part.get(to));
          case WR -> reads[from].get(to);
          case WW -> precedes[from].get(to);
          case RW -> overwrites[from].get(to);
          case PREDICATE_RW, CONFLICT -> false;
        };
  }

  private boolean isOfSession(int from, int to) {
    return from < to && history.session(from) == history.session(to) && history.isCommitted(from);
  }

  private boolean isLater(int from, int to) {
    return history.isCommitted(from) && history.returnTime(from) < history.invokeTime(to);
  }

  private void derive() {
    for (RawRegisters.Read read : readsInPart()) {
      if (read.writer() != RawRegisters.NOBODY) {
        reads[part.indexOf(read.writer())].set(part.indexOf(read.reader()));
      }
    }
    for (int from = 0; from < part.size(); from++) {
      for (int to = 0; to < part.size(); to++) {
        boolean session = kept != OrderKept.NONE && isOfSession(part.get(from), part.get(to));
        boolean time = kept == OrderKept.REAL_TIME && isLater(part.get(from), part.get(to));
        ordered[from].set(to, from != to && (session || time));
      }
    }
    if (!rule.implies(BaseLevel.READ_ATOMIC)) {
      return;
    }
    boolean news = true;
    while (news) {
      BitSet[] seen = seen();
      news = deriveFrom(seen) && rule == BaseLevel.SERIALIZABLE;
    }
  }

  private List<RawRegisters.Read> readsInPart() {
    List<RawRegisters.Read> inside = new ArrayList<>();
    for (RawRegisters.Read read : registers.reads()) {
      boolean written = read.writer() == RawRegisters.NOBODY || part.indexOf(read.writer()) >= 0;
      if (written && part.indexOf(read.reader()) >= 0) {
        inside.add(read);
      }
    }
    return inside;
  }

  /// By transaction, those that have seen it.
  private BitSet[] seen() {
    BitSet[] seen = rows();
    for (int place = 0; place < seen.length; place++) {
      seen[place].or(ordered[place]);
    }
    if (rule == BaseLevel.READ_ATOMIC) {
      close(seen);
      for (int place = 0; place < seen.length; place++) {
        seen[place].or(reads[place]);
      }
      return seen;
    }
    for (int place = 0; place < seen.length; place++) {
      seen[place].or(reads[place]);
      if (rule == BaseLevel.SERIALIZABLE) {
        seen[place].or(precedes[place]);
        seen[place].or(overwrites[place]);
      }
    }
    close(seen);
    return seen;
  }

  /// Adds what follows over several steps (Warshall 1962).
  private static void close(BitSet[] rows) {
    for (int over = 0; over < rows.length; over++) {
      for (BitSet row : rows) {
        if (row.get(over)) {
          row.or(rows[over]);
        }
      }
    }
  }

  /// Derives edges once, and gives whether there are new ones.
  private boolean deriveFrom(BitSet[] seen) {
    boolean serial = rule == BaseLevel.SERIALIZABLE;
    boolean news = false;
    for (RawRegisters.Read read : readsInPart()) {
      int reader = part.indexOf(read.reader());
      int writer = part.indexOf(read.writer());
      for (int other : registers.writersOf(read.key())) {
        int also = part.indexOf(other);
        if (also < 0 || also == reader || also == writer) {
          continue;
        }
        boolean initial = read.writer() == RawRegisters.NOBODY;
        boolean sawIt = seen[also].get(reader);
        if (!initial && sawIt && !precedes[also].get(writer)) {
          precedes[also].set(writer);
          news = true;
        }
        boolean overwritten = initial ? serial || sawIt : serial && seen[writer].get(also);
        if (overwritten && !overwrites[reader].get(also)) {
          overwrites[reader].set(also);
          news = true;
        }
      }
    }
    return news;
  }
}
