/// Three words, always on: `require`, `invariant`, `sometimes`.
///
/// ```
///   require    the caller is wrong   IllegalArgumentException
///   invariant  we are wrong          InvariantViolation, the node stops
///   sometimes  a rare state          counted; a campaign lists the names it never reached
/// ```
///
/// Imports nothing.
package dev.nucleusdb.core.assertion;
