/// Hint files: for a sealed data file the keys and places of the newest record that it holds of
/// each, sorted by key, so that opening a store need not read values (Sheehy and Smith 2010).
///
/// ```
///   sealed file ──scan, in slices──┐
///   records that a merge copies ───┴──► HintBuilder ──► hint-0000000001.bitcask
///   open: hint whole and bound to this content? ──► HintStream ──┐
///         else scan the data ──► ScannedRun ─────────────────────┴──► MergedRuns ──► index
/// ```
///
/// A hint is worth nothing that its data file does not say: it is never synced, and one that is
/// torn, damaged or of another content is ignored and written anew. Imports `format` and `offheap`.
package dev.nucleusdb.bitcask.hint;
