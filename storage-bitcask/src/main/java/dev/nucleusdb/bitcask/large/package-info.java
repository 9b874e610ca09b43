/// Values of any length: written as a stream in parts, read as a stream, replaced as a whole.
///
/// ```
///   Upload ──part, part, …──► hidden keys ──finish: one batch──► key ──► Reference(id, parts)
///   key overwritten ──same batch──► freed(id) ──slices──► parts deleted
///   ValueStream ──pins the places of all parts──► part by part, whatever is written meanwhile
/// ```
///
/// All of it goes through the one log of the engine, so a crash leaves what it was after some
/// batch: an upload that had begun is known by its record and its parts are freed.
///
/// Over the engine. Imports `bitcask`, `format` and `segment`. Begin with `LargeValues`.
package dev.nucleusdb.bitcask.large;
