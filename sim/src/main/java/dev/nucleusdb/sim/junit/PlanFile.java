package dev.nucleusdb.sim.junit;

import dev.nucleusdb.sim.fault.Plan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Where the faults of a test's last failure are kept.
///
/// @param path the file
record PlanFile(Path path) {
  static PlanFile of(String folder, String className, String method) {
    return new PlanFile(Path.of(folder, className + '.' + method + ".plan"));
  }

  /// @return null if there is none
  @Nullable Plan read() {
    try {
      return Files.exists(path) ? Plan.parse(Files.readString(path)) : null;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  void write(Plan plan) {
    try {
      Path folder = path.getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      Files.writeString(path, plan.toString());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  void delete() {
    try {
      Files.deleteIfExists(path);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
