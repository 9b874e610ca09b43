package dev.nucleusdb.cli.architecture;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the rules need to know of one compiled class.
///
/// @param name its binary name, `dev.nucleusdb.raft.Raft`
/// @param references binary names of the other classes that its bytes name: in code, descriptors,
///   generic signatures and annotations. A constant of another class leaves no reference.
/// @param model the parsed class file
record ClassFacts(String name, Set<String> references, ClassModel model) {
  /// A class inside a descriptor or a generic signature. A string that looks like one counts too.
  private static final Pattern IN_DESCRIPTOR = Pattern.compile("L((?:[\\w$]+/)+[\\w$]+)[;<]");

  /// Parses one class file.
  static ClassFacts of(byte[] bytes) {
    ClassModel model = ClassFile.of().parse(bytes);
    String name = dotted(model.thisClass().asInternalName());
    Set<String> references = new TreeSet<>();
    for (PoolEntry entry : model.constantPool()) {
      switch (entry) {
        case ClassEntry other -> addClass(other.asInternalName(), references);
        case Utf8Entry text -> addDescriptor(text.stringValue(), references);
        default -> {}
      }
    }
    references.remove(name);
    return new ClassFacts(name, references, model);
  }

  /// The package of the class.
  String packageName() {
    return packageOf(name);
  }

  /// The package of a class, by its binary name.
  static String packageOf(String className) {
    int dot = className.lastIndexOf('.');
    return dot < 0 ? "" : className.substring(0, dot);
  }

  private static void addClass(String internalName, Set<String> references) {
    if (internalName.startsWith("[")) {
      addDescriptor(internalName, references);
    } else {
      references.add(dotted(internalName));
    }
  }

  private static void addDescriptor(String text, Set<String> references) {
    Matcher found = IN_DESCRIPTOR.matcher(text);
    while (found.find()) {
      references.add(dotted(found.group(1)));
    }
  }

  private static String dotted(String internalName) {
    return internalName.replace('/', '.');
  }
}
