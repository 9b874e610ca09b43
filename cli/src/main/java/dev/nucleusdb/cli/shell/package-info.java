/// What all verbs share: exit codes, times, seeds, and how a person is told what was wrong.
///
/// ```
///   text ──Durations, Seeds──► values      UsageException ──► one line, exit code 2
/// ```
///
/// Imports nothing of the house.
package dev.nucleusdb.cli.shell;
