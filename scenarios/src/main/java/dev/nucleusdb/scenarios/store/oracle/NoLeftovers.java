package dev.nucleusdb.scenarios.store.oracle;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// **After an open there are no files that nobody needs**: as many data files as the store says,
/// and no temporary ones.
public final class NoLeftovers {
  private static final String DATA = "data-";
  private static final String TEMPORARY = ".new";

  private NoLeftovers() {}

  /// @return what is wrong, or null
  public static @Nullable String broken(List<String> names, int fileCount) {
    long dataFiles = names.stream().filter(name -> name.contains(DATA)).count();
    if (dataFiles != fileCount) {
      return dataFiles + " data files in the folder, " + fileCount + " in the store: " + names;
    }
    return names.stream().anyMatch(name -> name.endsWith(TEMPORARY))
        ? "a temporary file is left: " + names
        : null;
  }
}
