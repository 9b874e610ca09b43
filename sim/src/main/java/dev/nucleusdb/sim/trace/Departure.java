package dev.nucleusdb.sim.trace;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The first step at which one run of a world departs from another: for each node and client, what
/// happened to it is compared step by step; of the first differences, the earliest counts.
///
/// @param actor who departs first
/// @param atNanos when, in true time: the earlier of both next steps
/// @param next its next steps in the run that is looked at, a few; empty if there are none
/// @param otherwise its next steps in the other run, a few; empty if there are none
public record Departure(
    Actor actor, long atNanos, List<Happening> next, List<Happening> otherwise) {
  /// How many steps are told of each run.
  public static final int STEP_COUNT = 4;

  /// Copies the lists.
  public Departure {
    next = List.copyOf(next);
    otherwise = List.copyOf(otherwise);
  }

  /// Compares a run with another one. A run that merely ended earlier has not departed.
  ///
  /// @param run the run that is looked at
  /// @param other the run that it is compared with
  /// @return where it departs, or null if it never does
  public static @Nullable Departure between(Recording run, Recording other) {
    ActorRows mine = new ActorRows(run);
    ActorRows others = new ActorRows(other);
    Departure first = null;
    for (Actor actor : mine.actors()) {
      Departure departure = of(actor, run, mine, other, others);
      if (departure != null && (first == null || departure.atNanos < first.atNanos)) {
        first = departure;
      }
    }
    return first;
  }

  private static @Nullable Departure of(
      Actor actor, Recording run, ActorRows mine, Recording other, ActorRows others) {
    int shared = Math.min(mine.count(actor), others.count(actor));
    int place = 0;
    while (place < shared
        && run.get(mine.row(actor, place)).equals(other.get(others.row(actor, place)))) {
      place++;
    }
    List<Happening> next = steps(actor, run, mine, place);
    List<Happening> otherwise = steps(actor, other, others, place);
    if (hasEnded(next, otherwise, run) || hasEnded(otherwise, next, other)) {
      return null;
    }
    long atNanos = Long.MAX_VALUE;
    for (List<Happening> steps : List.of(next, otherwise)) {
      if (!steps.isEmpty()) {
        atNanos = Math.min(atNanos, steps.getFirst().atNanos());
      }
    }
    return new Departure(actor, atNanos, next, otherwise);
  }

  /// Whether a run has no next step because it was over before there could be one.
  private static boolean hasEnded(
      List<Happening> steps, List<Happening> othersSteps, Recording run) {
    return steps.isEmpty()
        && (othersSteps.isEmpty() || othersSteps.getFirst().atNanos() >= lastNanos(run));
  }

  private static long lastNanos(Recording run) {
    return run.count() == 0 ? 0 : run.atNanos(run.count() - 1);
  }

  private static List<Happening> steps(Actor actor, Recording run, ActorRows rows, int place) {
    List<Happening> steps = new ArrayList<>();
    int end = Math.min(rows.count(actor), place + STEP_COUNT);
    for (int i = place; i < end; i++) {
      steps.add(requireNonNull(run.get(rows.row(actor, i))));
    }
    return steps;
  }
}
