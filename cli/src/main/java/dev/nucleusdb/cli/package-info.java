/// The command `nucleus`: words of a shell to calls, and the only place that chooses real seams.
///
/// ```
///   nucleus simulate ──► Campaign ──► Scenario.run per seed, on several threads
///           replay   ──► Scenario.run with the same seed or a saved plan
///           check    ──► LinearizabilityChecker
///           serve, cluster, client, bench ──► DatabaseNode over sockets and files
///
///   exit codes: 0 all good · 1 a violation · 2 bad usage or input · 3 not decided within the limits
/// ```
///
/// Imports everything; nothing imports it.
package dev.nucleusdb.cli;
