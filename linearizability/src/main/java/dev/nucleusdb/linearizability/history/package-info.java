/// The history language: what clients asked, when, and what they were told.
///
/// A history is a list of operations, each with the closed interval in which it was open. It says
/// nothing of the system that produced it, so that the same judge serves a simulator, a log file
/// and another database.
///
/// ```
///  process 1   |--- put x 1 --------|
///  process 2        |--- get x -> 1 ---|       Operation: interval + Action + Outcome
///  process 3   |--- put x 2 ~~~~~~~~~~~~~~>    UNKNOWN: open for ever, may have happened or not
///              time ──────────────────────►    History: all of them, ordered by invocation
/// ```
///
/// Imports nothing but the JDK. Read on in [dev.nucleusdb.linearizability.history.Operation] for
/// the meaning of intervals, then in the package `model` for the meaning of actions.
package dev.nucleusdb.linearizability.history;
