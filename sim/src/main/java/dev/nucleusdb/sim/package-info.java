/// A world: everything of a distributed system but its own code, from one seed.
///
/// ```
///   WorldOptions(seed, faults: Draw(mix) | Follow(plan))
///        │
///        ▼                 ┌── SimulatedNode: Incarnation 1, crash, Incarnation 2, …
///      World ──────────────┤      NodeContext(clock, timers, network, disk, random, trace, halt)
///        │ Kernel          ├── ClientContext(clock, timers, network, random, trace)
///        │                 └── FiberProgram(Fibers): the same for blocking code
///        │   └── FaultDriver: chaos ──► healing
///        ▼
///   digest · plan · faultCounts · violation · observers
/// ```
///
/// Imports all packages of `sim` but those for tests: `audit`, `trial`, `junit`, `jqwik`. Read
/// [World] first, then [SimulatedNode].
package dev.nucleusdb.sim;
