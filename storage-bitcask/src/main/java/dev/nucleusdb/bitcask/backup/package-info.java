/// Copies of a store beside it, taken while it is in use.
///
/// ```
///   engine.seal() ──► sealed files: linked, or copied    ──► manifest of the backup ──► done
///                     those that are there already: kept
/// ```
///
/// Over core's disk seam alone. Imports `bitcask`.
package dev.nucleusdb.bitcask.backup;
