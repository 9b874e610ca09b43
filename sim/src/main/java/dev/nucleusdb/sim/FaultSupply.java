package dev.nucleusdb.sim;

import dev.nucleusdb.core.random.RandomSource;
import dev.nucleusdb.core.random.SplitMix;
import dev.nucleusdb.sim.ambush.Ambush;
import dev.nucleusdb.sim.ambush.Ambushes;
import dev.nucleusdb.sim.disk.CallFaults;
import dev.nucleusdb.sim.fault.CrashPoints;
import dev.nucleusdb.sim.fault.FaultFamily;
import dev.nucleusdb.sim.fault.FaultMix;
import dev.nucleusdb.sim.fault.FaultSchedule;
import dev.nucleusdb.sim.fault.OrdinalFaults;
import dev.nucleusdb.sim.fault.Plan;
import dev.nucleusdb.sim.fault.PlanEntry;
import dev.nucleusdb.sim.fault.PlannedFaults;
import dev.nucleusdb.sim.network.ChanceRule;
import dev.nucleusdb.sim.network.MessageNames;
import dev.nucleusdb.sim.network.chance.ChanceRules;
import dev.nucleusdb.sim.trace.Actor;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Where the faults of a world come from: drawn from its seed, or read from a plan. Which of the
/// two makes no difference to whoever lets them happen.
final class FaultSupply {
  private final WorldOptions options;
  private final RandomSource root;

  /// Those of the plan that is followed; none if faults are drawn.
  private final PlannedFaults planned;

  /// @param root the stream of the world's faults
  FaultSupply(WorldOptions options, RandomSource root) {
    this.options = options;
    this.root = root;
    this.planned =
        new PlannedFaults(
            switch (options.faults()) {
              case FaultSource.Draw _ -> Plan.EMPTY;
              case FaultSource.Follow(Plan plan) -> plan;
            });
  }

  /// The faults that happen at a moment.
  ///
  /// @param actors all nodes and clients
  List<PlanEntry> scheduled(List<Actor> actors, MessageNames messageNames) {
    return switch (options.faults()) {
      case FaultSource.Draw(var mix, var _) -> {
        Branch branch = options.branch();
        List<PlanEntry> drawn = draw(options.seed(), mix, actors, messageNames);
        yield branch == null
            ? drawn
            : branch.join(drawn, draw(branch.seed(), mix, actors, messageNames));
      }
      case FaultSource.Follow _ -> planned.scheduled();
    };
  }

  private List<PlanEntry> draw(
      long seed, FaultMix mix, List<Actor> actors, MessageNames messageNames) {
    return new FaultSchedule(
            new SplitMix(seed).fork("fault"),
            mix,
            nodes(actors),
            clients(actors),
            messageNames.all(),
            options.chaosDuration().toNanos(),
            options.wallClockError().toNanos())
        .draw();
  }

  private static List<String> nodes(List<Actor> actors) {
    return actors.stream().filter(actor -> actor.node() != null).map(Actor::name).toList();
  }

  private static List<String> clients(List<Actor> actors) {
    return actors.stream().filter(actor -> actor.node() == null).map(Actor::name).toList();
  }

  /// The rules that strike single messages.
  ///
  /// @param actors all nodes and clients
  List<ChanceRule> chanceRules(List<Actor> actors) {
    return switch (options.faults()) {
      case FaultSource.Draw(var mix, var _) ->
          ChanceRules.drawn(root, mix, nodes(actors), clients(actors));
      case FaultSource.Follow _ -> ChanceRules.planned(planned);
    };
  }

  /// Lays what waits for a state of the system, from the beginning on; nothing where a plan is
  /// followed, in which all that struck stands.
  ///
  /// @param actors all nodes and clients
  void layAmbushes(List<Actor> actors, Collection<SimulatedNode> machines, FaultDriver driver) {
    if (!(options.faults() instanceof FaultSource.Draw(var _, var temper))
        || temper.ambushes().isEmpty()) {
      return;
    }
    Ambushes ambushes =
        new Ambushes(
            temper.ambushes(),
            nodes(actors),
            clients(actors),
            root,
            driver::nowNanos,
            options.chaosDuration().toNanos(),
            driver::schedule);
    machines.forEach(machine -> machine.ambushes(ambushes));
    ambushes.pass(Ambush.BEGINNING, "");
  }

  /// Gives a node its faults that strike the n-th time it does something.
  void arm(SimulatedNode node, FaultDriver driver) {
    String name = node.actor().name();
    switch (options.faults()) {
      case FaultSource.Draw(var mix, var _) ->
          node.points(
              drawnPoints(FaultFamily.POINT, mix, name),
              drawnPoints(FaultFamily.EXCEPTION, mix, name));
      case FaultSource.Follow _ ->
          node.points(
              new CrashPoints.Planned(planned, FaultFamily.POINT, name),
              new CrashPoints.Planned(planned, FaultFamily.EXCEPTION, name));
    }
    Map<FaultFamily, OrdinalFaults> calls = new LinkedHashMap<>();
    for (FaultFamily family : CallFaults.FAMILIES) {
      calls.put(family, ofCalls(family, name));
    }
    node.trouble().calls().rules(calls, driver::strikeCall);
  }

  private CrashPoints drawnPoints(FaultFamily family, FaultMix mix, String node) {
    return mix.has(family)
        ? new CrashPoints.Drawn(root, family, mix, node)
        : new CrashPoints.Never();
  }

  private OrdinalFaults ofCalls(FaultFamily family, String node) {
    return switch (options.faults()) {
      case FaultSource.Draw(var mix, var _) when !mix.has(family) -> new OrdinalFaults.Never();
      case FaultSource.Draw(var mix, var _) ->
          new OrdinalFaults.Drawn(root, mix, family, node, CallFaults.detailsOf(family));
      case FaultSource.Follow _ -> new OrdinalFaults.Planned(planned, family, node);
    };
  }
}
