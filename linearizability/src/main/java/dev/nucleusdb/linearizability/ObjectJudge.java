package dev.nucleusdb.linearizability;

import dev.nucleusdb.linearizability.history.Operation;
import dev.nucleusdb.linearizability.history.Value;
import dev.nucleusdb.linearizability.model.Model;
import dev.nucleusdb.linearizability.search.Search;
import dev.nucleusdb.linearizability.search.SearchOptions;
import dev.nucleusdb.linearizability.search.Timeline;
import dev.nucleusdb.linearizability.search.Transitions;
import dev.nucleusdb.linearizability.special.Proposal;
import dev.nucleusdb.linearizability.special.SpecialCase;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
    @Nullable Answer special = operations.size() < options.specialFrom() ? null : special();
    return special == null ? search() : special;
  }

  /// What the special case of the model says, if there is one and what it says holds.
  private @Nullable Answer special() {
    Proposal proposal =
        SpecialCase.of(model)
            .map(special -> special.propose(operations))
            .orElse(new Proposal.Nothing());
    return switch (proposal) {
      case Proposal.Nothing _ -> null;
      case Proposal.Order(List<Operation> order) ->
          WitnessVerifier.explains(model, operations, order)
              ? new Answer(new ObjectVerdict.Explained(key, order), new Effort(0, order.size()))
              : null;
      case Proposal.Conflict(List<Operation> few) -> conflict(few);
    };
  }

  private @Nullable Answer conflict(List<Operation> few) {
    Transitions<S> transitions = new Transitions<>(model, List.of());
    Timeline timeline = new Timeline(few, List.of(), transitions, options);
    Search<S> search = Search.run(timeline, transitions, options, limits.budget());
    if (search.result() != Search.Result.EXHAUSTED) {
      return null;
    }
    Counterexample counterexample =
        new Minimizer<>(model, options, limits).minimizeConflict(few, operations, search);
    return new Answer(new ObjectVerdict.Contradicted(key, counterexample), Effort.of(search));
  }

  private Answer search() {
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
