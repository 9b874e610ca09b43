/// A small system as somebody else would write it, to be tried in the simulator: a register with a
/// primary that takes the writes and a backup that answers the reads.
///
/// ```
///   client ──write──► primary ──replicate──► backup ◄──read── client
///              ◄─ok─── (log)  ◄────have────── (log)
/// ```
///
/// The primary writes to its log, has the backup write to its own, and then acknowledges. A hasty
/// author saves one of the waits: two bugs for the simulator to find, one by latencies alone, one
/// with the help of a crash. Ordinary blocking code on `sim.fiber`. Imports `sim`, `core` and
/// `linearizability`. Read `docs/simulation.md`, which puts this system under test.
package dev.nucleusdb.scenarios.example;
