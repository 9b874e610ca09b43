package dev.nucleusdb.core.system;

import static dev.nucleusdb.core.assertion.Assertions.require;

/// The limits of a [FileDisk].
///
/// @param syncsMax how many syncs of one file may be under way at once; more are a bug of the
///   caller and stop the node; default 65536
/// @param transferBytesMax the most bytes that one system call writes or reads; the JDK keeps a
///   direct buffer of that size per thread; default 1 MiB, extremes 4 KiB to 64 MiB
/// @param mapsReads whether files may be mapped for reading, which spares a system call for each
///   read; default true
/// @param reservesRoom whether zeros are put behind the ends of files that ask for it, which spares
///   syncs much of their work; default true
public record FileDiskOptions(
    int syncsMax, int transferBytesMax, boolean mapsReads, boolean reservesRoom) {

  /// The defaults of production.
  public static final FileDiskOptions DEFAULT = new FileDiskOptions(1 << 16, 1 << 20, true, true);

  /// @throws IllegalArgumentException if a limit leaves no room for anything
  public FileDiskOptions {
    require(syncsMax > 0, "at least one sync must be allowed");
    require(transferBytesMax >= 4096, "a transfer needs 4 KiB, not %d bytes", transferBytesMax);
  }
}
