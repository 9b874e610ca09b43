package dev.nucleusdb.scenarios.explain;

import dev.nucleusdb.scenarios.Scenario;
import dev.nucleusdb.scenarios.ScenarioOptions;
import dev.nucleusdb.scenarios.WorldResult;
import dev.nucleusdb.sim.fault.Seconds;
import dev.nucleusdb.sim.trace.Departure;
import dev.nucleusdb.sim.trace.Happening;
import dev.nucleusdb.sim.trace.Recording;
import dev.nucleusdb.sim.trace.Violation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Why a world is broken.
///
/// @param goodRun what the run is that it is compared with, in words; empty if none was found
/// @param departure the first step at which the world departs from that run, or null
/// @param story its causes, oldest first; the last line is the violation; empty if nothing is
///   broken
public record Explanation(String goodRun, @Nullable Departure departure, List<StoryLine> story) {
  /// Nothing is broken, or nobody asked why.
  public static final Explanation NONE = new Explanation("", null, List.of());

  /// Copies the list.
  public Explanation {
    story = List.copyOf(story);
  }

  /// Explains a world. Runs about as many other worlds as its plan's length has binary digits.
  ///
  /// @param scenario what was run
  /// @param options how it was run
  /// @param result what became of it
  /// @param recording all that happened in it
  public static Explanation of(
      Scenario scenario, ScenarioOptions options, WorldResult result, Recording recording) {
    Violation violation = result.violation();
    if (violation == null) {
      return NONE;
    }
    List<StoryLine> story = Story.of(result, violation, recording);
    GoodRun good = GoodRun.near(scenario, options, result);
    return good == null
        ? new Explanation("", null, story)
        : new Explanation(good.difference(), Departure.between(recording, good.recording()), story);
  }

  /// Where it departs, in one sentence; empty if there is nothing to tell.
  public String departureSentence() {
    if (goodRun.isEmpty()) {
      return "";
    }
    return departure == null
        ? "it goes exactly as " + goodRun
        : "at "
            + Seconds.format(departure.atNanos())
            + " "
            + departure.actor()
            + " "
            + next(departure.next())
            + "; in "
            + goodRun
            + " it "
            + next(departure.otherwise());
  }

  private static String next(List<Happening> steps) {
    return steps.isEmpty() ? "does nothing more" : Words.of(steps.getFirst());
  }
}
