package dev.nucleusdb.linearizability;

/// The exact reductions of the search, each of which can be switched off so that tests can compare.
///
/// @param greedy an open operation that only observes, and is legal now, is placed now. Moving it
///   here from a later place breaks no real-time order, for it is open, and changes no state
/// @param dominance of two configurations that differ only in the crashed operations they have
///   used, the one that used fewer can do all that the other can
/// @param symmetry crashed operations of one action are counted, not told apart; and of open
///   operations of one action, the one that returns first is placed first, for the two could be
///   exchanged
record Reductions(boolean greedy, boolean dominance, boolean symmetry) {
  static final Reductions ALL = new Reductions(true, true, true);
  static final Reductions NONE = new Reductions(false, false, false);
}
