/// A node: what it is called, what it is handed, what runs it.
///
/// ```
///            ┌────────────── NodeContext ──────────────┐
///   clock ──►│ time   network   disk   random   trace  │──► Node.start … callbacks … Node.stop
///            └─────────────────────────────────────────┘
///      simulated in sim, real in core.system and net-netty: the node cannot tell which
/// ```
///
/// All callbacks of one node run one after the other on one thread (an event loop in production,
/// the event queue in a simulation). Imports the four seams and `core.trace`. Read on in `raft` and
/// `database`, which are built from a [NodeContext].
package dev.nucleusdb.core.node;
