/// Randomness, the fourth seam: seeded, and forked by name.
///
/// ```
///   seed ──fork("network")──► stream ──fork("n1>n2")──► stream …
///   a draw in one stream shifts nothing in another: a fault can be removed, the rest stays
/// ```
///
/// Imports `core.assertion`.
package dev.nucleusdb.core.random;
