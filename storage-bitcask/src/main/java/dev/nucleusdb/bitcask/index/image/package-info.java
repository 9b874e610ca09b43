/// An index as a file: written at a clean close or a checkpoint, read at the next start in place of
/// the data files.
///
/// ```
///   pages as they are in memory ──ImageWriter──► IndexSink … IndexSource ──ImageReader──► pages
///                                  checksum of every block, bound to what the caller names
/// ```
///
/// What cannot be proven to be whole is a [dev.nucleusdb.bitcask.index.image.BadImageException]: an
/// image is never needed, only quick. Imports `core.assertion`.
package dev.nucleusdb.bitcask.index.image;
