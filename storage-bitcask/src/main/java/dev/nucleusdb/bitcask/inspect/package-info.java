/// Looks at the files of a store that is not in use: what is wrong with them, what they hold, and
/// what can be saved.
///
/// ```
///   Verification ──► findings: file, offset, what is wrong, how bad it is
///   Salvage      ──► a new store of all that can be read, and a list of what could not
///   FilePrinter  ──► any file, line by line
/// ```
///
/// Over core's disk seam. Imports `bitcask` and all below.
package dev.nucleusdb.bitcask.inspect;
