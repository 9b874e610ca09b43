package dev.nucleusdb.linearizability.search;

/// The knobs of the search. None changes a verdict; tests turn each to compare.
///
/// The reductions are exact:
///
/// @param greedy an open operation that only observes, and is legal now, is placed now. Moving it
///   here from a later place breaks no real-time order, for it is open, and changes no state
/// @param dominance of two configurations that differ only in the crashed operations they have
///   used, the one that used fewer can do all that the other can
/// @param symmetry crashed operations of one action are counted, not told apart; and of open
///   operations of one action, the one that returns first is placed first, for the two could be
///   exchanged
/// @param deepestFirstConfigurations how many configurations to spend on finding an order before
///   the other search has its turn; 0 leaves the other search alone, default 2,000
/// @param specialFrom from how many operations of one object on its special case is tried; for
///   fewer, a search is as quick. Default 64
public record SearchOptions(
    boolean greedy,
    boolean dominance,
    boolean symmetry,
    long deepestFirstConfigurations,
    int specialFrom) {
  private static final long DEFAULT_DEEPEST_FIRST_CONFIGURATIONS = 2_000;
  private static final int DEFAULT_SPECIAL_FROM = 64;

  /// All reductions.
  public static final SearchOptions DEFAULT =
      new SearchOptions(
          true, true, true, DEFAULT_DEEPEST_FIRST_CONFIGURATIONS, DEFAULT_SPECIAL_FROM);
}
