/// `check`: judges a history file.
///
/// ```
///   file ──► LinearizabilityChecker ──► report, exit code
/// ```
///
/// Imports `shell` and `linearizability`.
package dev.nucleusdb.cli.check;
