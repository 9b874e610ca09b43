/// Many groups on each node: a database for each, over one log, one sync and one packet.
///
/// ```
///   client c3 ──► node n1 ──by client──► DatabaseNode of group 2 ──► RaftMember ─┐
///                                        DatabaseNode of group 1 ──► RaftMember ─┴► GroupHost
/// ```
///
/// Every group is judged by itself, by the invariants of a lone one. Imports `cluster` and
/// `invariant`.
package dev.nucleusdb.scenarios.groups;
