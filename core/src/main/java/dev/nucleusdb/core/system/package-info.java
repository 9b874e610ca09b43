/// The real seams of this machine, and the thread that runs a node on them.
///
/// ```
///   other threads ─────────offer────► bounded queue ──┐
///   sockets ◄─────poll──► Reactor ────────offer───────┤
///   disk's sync thread ─────execute─► (with a reserve) ├─► NodeThread: batch, due timers, batch …
///   Timers.at ──────────────────────► heap ───────────┘         │
///                                                               ├─► FileDisk: writes, reads
///   FileDisk's sync thread ◄──────────── sync ──────────────────┘
/// ```
///
/// Everything of a node happens on its [NodeThread], which serves the node's sockets too; what
/// other threads have to tell is queued there. No interrupt is ever sent to these threads, and none
/// would have an effect: an interrupt closes a Java file channel under the hands of whoever uses
/// it.
///
/// Imports the seams and `core.node`. The real network is in `net-netty`.
package dev.nucleusdb.core.system;
