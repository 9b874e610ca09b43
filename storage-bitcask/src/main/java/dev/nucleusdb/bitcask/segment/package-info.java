/// Data files on a disk: how they are scanned, read and searched, the file that lists the files,
/// and the set of those that are open.
///
/// ```
///   manifest ──names──► data-0000000001.bitcask  sealed, synced, never written again
///                       data-0000000002.bitcask  sealed
///                       data-0000000003.bitcask  active
///   place of the index ──number──► Segment ──EntryReader──► record
/// ```
///
/// Imports core, `format` for the bytes, `hint`, `index` for places, `cipher` and `compression`.
/// Read on in `SegmentFolder`.
package dev.nucleusdb.bitcask.segment;
