package dev.nucleusdb.linearizability;

import dev.nucleusdb.linearizability.search.Search;

/// What a verdict cost: the same for the same history, on every machine, unless a deadline came
/// first.
///
/// @param configurations how many configurations the searches visited
/// @param steps how often they asked for a step of the model, answers that were known included
public record Effort(long configurations, long steps) {
  static final Effort NONE = new Effort(0, 0);

  static Effort of(Search<?> search) {
    return new Effort(search.configurations(), search.steps());
  }

  Effort plus(Effort other) {
    return new Effort(configurations + other.configurations, steps + other.steps);
  }
}
