package dev.nucleusdb.sim.disk;

import java.util.Map;
import java.util.Set;

/// A change of names that no directory sync covers yet. A crash undoes or keeps each for itself, as
/// a whole.
sealed interface NameChange {
  /// Whether syncing that folder makes the change durable.
  boolean isIn(String directory);

  /// Applies the change to the names on the platter.
  void applyTo(Map<String, FileImage> files, Set<String> directories);

  /// A file was created.
  record Create(String path, FileImage file) implements NameChange {
    @Override
    public boolean isIn(String directory) {
      return Paths.parent(path).equals(directory);
    }

    @Override
    public void applyTo(Map<String, FileImage> files, Set<String> directories) {
      files.put(path, file);
    }
  }

  /// A file's name was removed.
  record Delete(String path) implements NameChange {
    @Override
    public boolean isIn(String directory) {
      return Paths.parent(path).equals(directory);
    }

    @Override
    public void applyTo(Map<String, FileImage> files, Set<String> directories) {
      files.remove(path);
    }
  }

  /// A file got another name. Durable once either folder is.
  record Rename(String from, String to, FileImage file) implements NameChange {
    @Override
    public boolean isIn(String directory) {
      return Paths.parent(from).equals(directory) || Paths.parent(to).equals(directory);
    }

    @Override
    public void applyTo(Map<String, FileImage> files, Set<String> directories) {
      files.remove(from, file);
      files.put(to, file);
    }
  }

  /// A folder was made.
  record MakeDirectory(String path) implements NameChange {
    @Override
    public boolean isIn(String directory) {
      return Paths.parent(path).equals(directory);
    }

    @Override
    public void applyTo(Map<String, FileImage> files, Set<String> directories) {
      directories.add(path);
    }
  }
}
