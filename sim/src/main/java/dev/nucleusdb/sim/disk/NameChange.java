package dev.nucleusdb.sim.disk;

import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/// A change of names that no directory sync covers yet. A crash undoes or keeps each for itself, as
/// a whole.
sealed interface NameChange {
  /// Whether syncing that folder makes the change durable.
  boolean isIn(String directory);

  /// The same change of the files of another disk.
  NameChange of(UnaryOperator<FileImage> twins);

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

    @Override
    public NameChange of(UnaryOperator<FileImage> twins) {
      return new Create(path, twins.apply(file));
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

    @Override
    public NameChange of(UnaryOperator<FileImage> twins) {
      return this;
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

    @Override
    public NameChange of(UnaryOperator<FileImage> twins) {
      return new Rename(from, to, twins.apply(file));
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

    @Override
    public NameChange of(UnaryOperator<FileImage> twins) {
      return this;
    }
  }
}
