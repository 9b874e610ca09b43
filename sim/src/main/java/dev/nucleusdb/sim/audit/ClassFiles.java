package dev.nucleusdb.sim.audit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The class files of the reader's own packages.
final class ClassFiles {
  private final ClassLoader loader;
  private final List<String> packages;
  private final List<String> trusted;
  private final Map<String, Optional<ClassModel>> read = new LinkedHashMap<>();

  /// @param loader finds them
  /// @param packages whose classes are read, those below included
  /// @param trusted whose classes are not
  ClassFiles(ClassLoader loader, List<String> packages, List<String> trusted) {
    this.loader = loader;
    this.packages = packages;
    this.trusted = trusted;
  }

  /// A class of the reader's, by its dotted name.
  ///
  /// @return null if it is somebody else's, or cannot be found
  @Nullable ClassModel find(String className) {
    return isOwn(className) ? read.computeIfAbsent(className, this::read).orElse(null) : null;
  }

  private boolean isOwn(String className) {
    return packages.stream().anyMatch(name -> className.startsWith(name + '.'))
        && trusted.stream().noneMatch(name -> className.startsWith(name + '.'));
  }

  private Optional<ClassModel> read(String className) {
    try (InputStream bytes = loader.getResourceAsStream(className.replace('.', '/') + ".class")) {
      return bytes == null
          ? Optional.empty()
          : Optional.of(ClassFile.of().parse(bytes.readAllBytes()));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /// The class and those above it that are the reader's: superclasses and interfaces.
  List<ClassModel> withAbove(ClassModel type) {
    List<ClassModel> all = new ArrayList<>();
    addWithAbove(type, all);
    return all;
  }

  private void addWithAbove(ClassModel type, List<ClassModel> all) {
    all.add(type);
    type.superclass().ifPresent(above -> addIfOwn(above.asInternalName(), all));
    type.interfaces().forEach(above -> addIfOwn(above.asInternalName(), all));
  }

  private void addIfOwn(String internalName, List<ClassModel> all) {
    ClassModel above = find(dotted(internalName));
    if (above != null) {
      addWithAbove(above, all);
    }
  }

  /// The method that a call of this class runs, where it is declared.
  @Nullable Reached resolve(ClassModel type, String method, String descriptor) {
    for (ClassModel owner : withAbove(type)) {
      for (MethodModel candidate : owner.methods()) {
        if (candidate.methodName().equalsString(method)
            && candidate.methodType().equalsString(descriptor)) {
          return new Reached(owner, candidate);
        }
      }
    }
    return null;
  }

  static String dotted(String internalName) {
    return internalName.replace('/', '.');
  }

  /// A method with its class.
  ///
  /// @param owner where it is declared
  /// @param method the method
  record Reached(ClassModel owner, MethodModel method) {
    String ownerName() {
      return dotted(owner.thisClass().asInternalName());
    }

    /// A name that no other method has.
    String key() {
      return ownerName() + '.' + method.methodName() + method.methodType();
    }

    @Override
    public String toString() {
      String name = ownerName();
      return name.substring(name.lastIndexOf('.') + 1) + '.' + method.methodName();
    }
  }
}
