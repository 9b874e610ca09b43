/// From files to a keydir, after a crash as after a good end.
///
/// ```
///   sealed files   every frame must be whole            else CorruptionException(file, offset)
///   active file    frame, frame, bad bytes …
///                               ├ at or behind every watermark   torn by the crash: cut, sync
///                               └ below one                      damage: CorruptionException
/// ```
///
/// The records of all files are merged as sorted runs, hints as they are, and fill the index from
/// the left to the right (`BulkLoad`). Imports `segment`, `hint` and `index`.
package dev.nucleusdb.bitcask.recovery;
