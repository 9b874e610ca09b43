/// What can be seen of a world from outside.
///
/// ```
///   kernel, nodes, network, faults ──► WorldObserver ──► invariants (may report a Violation)
///                                           ├─────────► TraceWriter: one line per event
///                                           └─────────► Recording: compact lists, for pages
///                                    CausalSlice: what can have influenced a row ◄──┤
///                                    Departure: where two runs differ first ◄───────┘
/// ```
///
/// A line of the text trace is `seconds who words`:
///
/// ```
///   0.012s n1 raft.vote term=2 candidate=3   a trace event and its numbers
///   0.013s n1>n2 channel=1 bytes=41 delivered sent=0.012s    a message, when its fate is known
///   0.013s n1>n2 raft.append channel=82 …   the same, if the scenario names its messages
///   0.02s ! partition/1 at=0.02s for=1s …    a fault begins; "." instead of "!": it is over
///   0.3s n3 down crash/n3/1                  a node is gone; "up 2": its second incarnation
/// ```
///
/// Imports `sim.fault`. Read [WorldObserver].
package dev.nucleusdb.sim.trace;
