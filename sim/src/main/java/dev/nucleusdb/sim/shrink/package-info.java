/// Making a failing world smaller.
///
/// ```
///   Plan with 812 faults ──delta debugging──► Plan with 3 faults that still fails for the same reason
/// ```
///
/// Imports `fault`.
package dev.nucleusdb.sim.shrink;
