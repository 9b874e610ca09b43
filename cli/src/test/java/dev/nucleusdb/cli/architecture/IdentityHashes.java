package dev.nucleusdb.cli.architecture;

import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Hash codes by identity differ in every JVM run, so simulated code must not ask for one. A call
/// is judged by the class that it names: `String.hashCode` is defined by value and may be called;
/// `Object`, an enum, an interface and a class without a `hashCode` of its own may not.
final class IdentityHashes {
  private IdentityHashes() {}

  /// One line for each class that calls a hash code by identity.
  static List<String> breaches(Collection<ClassFacts> classes) {
    Map<String, ClassModel> known = new TreeMap<>();
    classes.forEach(facts -> known.put(facts.name(), facts.model()));
    List<String> breaches = new ArrayList<>();
    for (ClassFacts facts : classes) {
      for (PoolEntry entry : facts.model().constantPool()) {
        if (entry instanceof MemberRefEntry call && isHashCode(call)) {
          String owner = dotted(call.owner());
          if (!isByValue(owner, known)) {
            breaches.add(facts.name() + " calls hashCode of " + owner);
          }
        }
      }
    }
    return breaches;
  }

  private static boolean isHashCode(MemberRefEntry call) {
    return call.name().equalsString("hashCode") && call.type().equalsString("()I");
  }

  private static boolean isByValue(String owner, Map<String, ClassModel> known) {
    ClassModel model = known.get(owner);
    if (model == null) {
      return isByValueInJdk(owner);
    }
    if (model.methods().stream().anyMatch(IdentityHashes::definesHashCode)) {
      return true;
    }
    return !model.flags().has(AccessFlag.INTERFACE)
        && model.superclass().map(above -> isByValue(dotted(above), known)).orElse(false);
  }

  private static boolean definesHashCode(MethodModel method) {
    return method.methodName().equalsString("hashCode") && method.methodType().equalsString("()I");
  }

  private static boolean isByValueInJdk(String owner) {
    if (owner.startsWith("[")) {
      return false;
    }
    try {
      Class<?> type = Class.forName(owner, false, IdentityHashes.class.getClassLoader());
      Class<?> definer =
          type.isInterface()
              ? type.getDeclaredMethod("hashCode").getDeclaringClass()
              : type.getMethod("hashCode").getDeclaringClass();
      return definer != Object.class && definer != Enum.class && definer != Record.class;
    } catch (ReflectiveOperationException unknown) {
      return false;
    }
  }

  private static String dotted(ClassEntry entry) {
    return entry.asInternalName().replace('/', '.');
  }
}
