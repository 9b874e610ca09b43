package dev.nucleusdb.sim.ambush;

import dev.nucleusdb.sim.fault.PlanEntry;
import java.util.List;

/// Faults that wait for a state of the system, and not for a moment: a node passes a named place in
/// its code (`raft.leader-elected`), and a little later something strikes it, or others because of
/// it. What struck is in the world's plan like any other fault, with its moment; whoever follows
/// the plan needs no ambush.
public interface Ambush {
  /// The place that the world itself passes, once, before anything has happened.
  String BEGINNING = "beginning";

  /// The place at which it waits.
  String place();

  /// What follows now that a node has passed the place; nothing if it lets the node pass. Depends
  /// on the scene alone.
  List<PlanEntry> spring(Scene scene);
}
