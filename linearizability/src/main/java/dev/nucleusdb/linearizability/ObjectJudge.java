package dev.nucleusdb.linearizability;

import dev.nucleusdb.linearizability.history.Operation;
import dev.nucleusdb.linearizability.history.Value;
import dev.nucleusdb.linearizability.model.Model;
import dev.nucleusdb.linearizability.search.Search;
import dev.nucleusdb.linearizability.search.SearchOptions;
import dev.nucleusdb.linearizability.search.Timeline;
import dev.nucleusdb.linearizability.search.Transitions;
import java.util.List;

/// Judges one object: by a special case where one applies, else by search.
final class ObjectJudge<S> {
  /// What is said, and what it cost.
  record Answer(ObjectVerdict verdict, Effort effort) {}

  private final Model<S> model;
  private final Limits limits;
  private final SearchOptions options;
  private final Value key;
  private final List<Operation> operations;

  ObjectJudge(
      Model<S> model, Limits limits, SearchOptions options, Value key, List<Operation> operations) {
    this.model = model;
    this.limits = limits;
    this.options = options;
    this.key = key;
    this.operations = operations;
  }

  Answer judge() {
    Transitions<S> transitions = new Transitions<>(model, operations);
    Timeline timeline = new Timeline(operations, List.of(), transitions, options);
    Search<S> search = Search.run(timeline, transitions, options, limits.budget());
    Effort effort = Effort.of(search);
    return switch (search.result()) {
      case FOUND -> new Answer(new ObjectVerdict.Explained(key, search.order()), effort);
      case EXHAUSTED -> {
        Counterexample counterexample =
            new Minimizer<>(model, options, limits).minimize(operations, search);
        yield new Answer(new ObjectVerdict.Contradicted(key, counterexample), effort);
      }
      case OUT_OF_CONFIGURATIONS -> undecided(Verdict.Cause.CONFIGURATIONS, timeline, search);
      case OUT_OF_MEMORY -> undecided(Verdict.Cause.MEMORY, timeline, search);
      case OUT_OF_TIME -> undecided(Verdict.Cause.DEADLINE, timeline, search);
    };
  }

  private Answer undecided(Verdict.Cause cause, Timeline timeline, Search<S> search) {
    return new Answer(
        new ObjectVerdict.Undecided(
            key, cause, search.passedReturns(), timeline.returnCount, search.furthestBlocked()),
        Effort.of(search));
  }
}
