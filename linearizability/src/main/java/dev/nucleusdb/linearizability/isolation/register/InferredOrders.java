package dev.nucleusdb.linearizability.isolation.register;

import dev.nucleusdb.linearizability.isolation.cycle.DependencyGraph;
import dev.nucleusdb.linearizability.isolation.cycle.EdgeCollector;
import dev.nucleusdb.linearizability.isolation.cycle.ReachedBy;
import dev.nucleusdb.linearizability.isolation.level.EdgeKind;
import dev.nucleusdb.linearizability.isolation.level.Patience;
import dev.nucleusdb.linearizability.isolation.transaction.TransactionHistory;
import java.util.LinkedHashSet;
import java.util.Set;

/// Edges that follow from who read what: if `T` read a key from `W`, and saw `S`, which wrote the
/// key too, then `S` was before `W` (Biswas and Enea 2019).
final class InferredOrders {
  private static final int NODE_BITS = 31;

  /// What a pair takes as a number in a set, about.
  private static final long BYTES_OF_PAIR = 80;

  private final TransactionHistory history;
  private final RegisterReads reads;
  private final Patience patience;
  private final Set<Long> before = new LinkedHashSet<>();
  private final Set<Long> overwritten = new LinkedHashSet<>();

  InferredOrders(TransactionHistory history, RegisterReads reads, Patience patience) {
    this.history = history;
    this.reads = reads;
    this.patience = patience;
  }

  /// The graph of who read from whom and of what has been inferred.
  DependencyGraph graph() {
    EdgeCollector edges = new EdgeCollector(patience);
    for (int read = 0; read < reads.count(); read++) {
      if (reads.writer(read) != RegisterReads.NOBODY) {
        edges.add(reads.writer(read), reads.reader(read), EdgeKind.WR);
      }
    }
    before.forEach(pair -> edges.add(from(pair), to(pair), EdgeKind.WW));
    overwritten.forEach(pair -> edges.add(from(pair), to(pair), EdgeKind.RW));
    return DependencyGraph.of(history, reads.member(), edges);
  }

  private void add(Set<Long> pairs, int from, int to) {
    if (pairs.add(pair(from, to))) {
      patience.take(BYTES_OF_PAIR);
    }
  }

  private static long pair(int from, int to) {
    return (long) from << NODE_BITS | to;
  }

  private static int from(long pair) {
    return (int) (pair >>> NODE_BITS);
  }

  private static int to(long pair) {
    return (int) (pair & ((1L << NODE_BITS) - 1));
  }

  /// Infers from what each reader sees over edges of some kinds.
  ///
  /// @param through kinds that a reader sees over any number of edges
  /// @param direct kinds of which one edge counts as well
  /// @return whether something new came out
  boolean infer(DependencyGraph graph, int through, int direct) {
    int known = before.size() + overwritten.size();
    ReachedBy reached = new ReachedBy(graph, through, direct);
    long[] writes = new long[history.keyCount()];
    for (int first = 0; first < history.size(); first += Long.SIZE) {
      patience.requireTime();
      reached.from(first);
      markWrites(first, writes, true);
      for (int read = 0; read < reads.count(); read++) {
        long seen = reached.by(reads.reader(read)) & writes[reads.key(read)];
        while (seen != 0) {
          int other = first + Long.numberOfTrailingZeros(seen);
          seen &= seen - 1;
          saw(read, other);
        }
      }
      markWrites(first, writes, false);
    }
    return before.size() + overwritten.size() > known;
  }

  private void saw(int read, int other) {
    int reader = reads.reader(read);
    int writer = reads.writer(read);
    if (other == writer || other == reader) {
      return;
    }
    if (writer == RegisterReads.NOBODY) {
      add(overwritten, reader, other);
    } else {
      add(before, other, writer);
    }
  }

  /// Marks, by key, which of 64 transactions wrote it, or takes the marks away.
  private void markWrites(int first, long[] writes, boolean mark) {
    int end = Math.min(history.size(), first + Long.SIZE);
    for (int transaction = first; transaction < end; transaction++) {
      if (reads.member()[transaction]) {
        for (int step = history.firstStep(transaction);
            step < history.endStep(transaction);
            step++) {
          if (history.kind(step).isWrite()) {
            long bit = 1L << (transaction - first);
            writes[history.key(step)] = mark ? writes[history.key(step)] | bit : 0;
          }
        }
      }
    }
  }

  /// Infers what holds in a serial order alone: who comes after the writer of a version that was
  /// read, and wrote the key too, comes after the reader.
  ///
  /// @return whether something new came out
  boolean inferOverwrites(DependencyGraph graph, int kinds) {
    int known = overwritten.size();
    ReachedBy reached = new ReachedBy(graph, kinds, 0);
    int[][] writersOf = writersByKey();
    for (int first = 0; first < history.size(); first += Long.SIZE) {
      patience.requireTime();
      reached.from(first);
      for (int read = 0; read < reads.count(); read++) {
        int writer = reads.writer(read);
        boolean here = writer >= first && writer < first + Long.SIZE;
        boolean initial = writer == RegisterReads.NOBODY && first == 0;
        if (!here && !initial) {
          continue;
        }
        for (int other : writersOf[reads.key(read)]) {
          boolean later = initial || (reached.by(other) >>> (writer - first) & 1) != 0;
          if (later && other != reads.reader(read)) {
            add(overwritten, reads.reader(read), other);
          }
        }
      }
    }
    return overwritten.size() > known;
  }

  private int[][] writersByKey() {
    int[][] writersOf = new int[history.keyCount()][];
    Set<Long> seen = new LinkedHashSet<>();
    int[] counts = new int[history.keyCount()];
    for (int transaction = 0; transaction < history.size(); transaction++) {
      for (int step = history.firstStep(transaction); step < history.endStep(transaction); step++) {
        if (reads.member()[transaction]
            && history.kind(step).isWrite()
            && seen.add(pair(history.key(step), transaction))) {
          counts[history.key(step)]++;
        }
      }
    }
    for (int key = 0; key < counts.length; key++) {
      writersOf[key] = new int[counts[key]];
    }
    for (long pair : seen) {
      writersOf[from(pair)][--counts[from(pair)]] = to(pair);
    }
    return writersOf;
  }
}
