/// Time, the first seam: what a node may know of it, and how it asks to be woken.
///
/// ```
///   Clock.monotonicNanos ──► durations, timeouts    starts anew in each incarnation of a node
///   Clock.wall           ──► instants with an error may jump both ways, may drift, may freeze
///   Timers.at            ──► a callback on the node's own thread
/// ```
///
/// Imports nothing. Steppers never hold a clock: time comes in as an argument. Read on in
/// `core.node`, which bundles the seams.
package dev.nucleusdb.core.time;
