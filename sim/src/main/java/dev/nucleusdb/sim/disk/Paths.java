package dev.nucleusdb.sim.disk;

import static dev.nucleusdb.core.assertion.Assertions.require;

/// Relative paths, separated by `/`; the empty path is the disk's own folder.
final class Paths {
  static final String ROOT = "";

  private Paths() {}

  static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? ROOT : path.substring(0, slash);
  }

  static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /// @throws IllegalArgumentException if it is no relative path of a file
  static String checked(String path) {
    require(!path.isEmpty(), "an empty path names no file");
    for (String part : path.split("/", -1)) {
      require(
          !part.isEmpty() && !part.equals(".") && !part.equals(".."), "\"%s\" is no path", path);
    }
    return path;
  }
}
