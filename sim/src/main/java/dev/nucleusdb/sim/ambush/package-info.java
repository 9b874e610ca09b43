/// Faults that wait for states of the system, and what a world is inclined to.
///
/// ```
///   a node passes a named place ──► Ambushes ──► Ambush.spring(Scene) ──► entries of the plan
/// ```
///
/// Imports the faults themselves, and nothing else of the simulator.
package dev.nucleusdb.sim.ambush;
