/// From files to a keydir, after a crash as after a good end.
///
/// ```
///   sealed files   every frame must be whole            else CorruptionException(file, offset)
///   active file    frame, frame, bad bytes …
///                               ├ at or behind every watermark   torn by the crash: cut, sync
///                               └ below one                      damage: CorruptionException
/// ```
///
/// Imports `segment` and `keydir`.
package dev.nucleusdb.bitcask.recovery;
