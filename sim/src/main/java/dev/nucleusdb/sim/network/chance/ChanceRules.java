package dev.nucleusdb.sim.network.chance;

import dev.nucleusdb.core.random.RandomSource;
import dev.nucleusdb.sim.fault.FaultFamily;
import dev.nucleusdb.sim.fault.FaultMix;
import dev.nucleusdb.sim.fault.PlannedFaults;
import dev.nucleusdb.sim.network.ChanceRule;
import java.util.List;
import java.util.function.Function;

/// The rules for single messages, in the order in which a message meets them: first whether it is
/// lost, then when it arrives, then where and in what state.
public final class ChanceRules {
  private ChanceRules() {}

  /// By chance.
  ///
  /// @param root the stream of the world's faults
  /// @param mix which families, and how hard
  /// @param nodes the names of all nodes
  /// @param clients the names of all clients
  public static List<ChanceRule> drawn(
      RandomSource root, FaultMix mix, List<String> nodes, List<String> clients) {
    return rules(
        family ->
            switch (family) {
              case BIT_FLIP -> new Choice.Drawn(root, family, mix, BitFlip::detail);
              case MISDELIVERY ->
                  new Choice.Drawn(
                      root,
                      family,
                      mix,
                      (message, random) -> Misdelivery.detail(nodes, clients, message, random));
              default -> new Choice.Drawn(root, family, mix);
            },
        NthLoss.drawn(root, mix));
  }

  /// By a plan.
  public static List<ChanceRule> planned(PlannedFaults plan) {
    return rules(family -> new Choice.Planned(plan, family), NthLoss.planned(plan));
  }

  private static List<ChanceRule> rules(Function<FaultFamily, Choice> choices, NthLoss nthLoss) {
    return List.of(
        new Loss(choices.apply(FaultFamily.LOSS)),
        nthLoss,
        new Delay(choices.apply(FaultFamily.DELAY)),
        new Reorder(choices.apply(FaultFamily.REORDER)),
        new Duplication(choices.apply(FaultFamily.DUPLICATE)),
        new BitFlip(choices.apply(FaultFamily.BIT_FLIP)),
        new Misdelivery(choices.apply(FaultFamily.MISDELIVERY)));
  }
}
