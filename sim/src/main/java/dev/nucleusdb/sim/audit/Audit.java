package dev.nucleusdb.sim.audit;

import dev.nucleusdb.sim.audit.ClassFiles.Reached;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.SourceFileAttribute;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// Follows the calls from an entry through the reader's own packages and reports every one that
/// code under test must not make, once for each line, by the shortest path.
public final class Audit {
  private static final List<String> FRAMEWORK = List.of("dev.nucleusdb.core", "dev.nucleusdb.sim");

  private final ForbiddenCalls forbidden;
  private final ClassFiles files;
  private final Map<String, @Nullable Reached> from = new LinkedHashMap<>();
  private final Queue<Reached> next = new ArrayDeque<>();
  private final Map<String, Breach> breaches = new LinkedHashMap<>();

  /// @param loader finds the class files
  /// @param packages those of the system under test, with all below them; a package of the
  ///   framework counts only if it is named itself
  public Audit(ClassLoader loader, List<String> packages) {
    this.forbidden = new ForbiddenCalls(loader);
    List<String> trusted =
        FRAMEWORK.stream()
            .filter(name -> packages.stream().noneMatch(own -> own.startsWith(name)))
            .toList();
    this.files = new ClassFiles(loader, List.copyOf(packages), trusted);
  }

  /// Everything that a class can reach, by any of its methods.
  ///
  /// @param entry a node, a factory, a program
  public List<Breach> of(Class<?> entry) {
    ClassModel model = entryModel(entry);
    model.methods().forEach(method -> reach(new Reached(model, method), null));
    return walk();
  }

  /// Everything that the methods of one name of a class can reach.
  public List<Breach> of(Class<?> entry, String method) {
    ClassModel model = entryModel(entry);
    model.methods().stream()
        .filter(candidate -> candidate.methodName().equalsString(method))
        .forEach(candidate -> reach(new Reached(model, candidate), null));
    return walk();
  }

  private ClassModel entryModel(Class<?> entry) {
    ClassModel model = files.find(entry.getName());
    if (model == null) {
      throw new IllegalArgumentException(
          entry.getName() + " is in none of the packages that are audited, or has no class file");
    }
    return model;
  }

  private List<Breach> walk() {
    while (!next.isEmpty()) {
      Reached reached = next.remove();
      initialize(reached, reached.ownerName());
      reached.method().code().ifPresent(code -> read(reached, code));
    }
    return new ArrayList<>(breaches.values());
  }

  private void reach(Reached method, @Nullable Reached caller) {
    if (!from.containsKey(method.key())) {
      from.put(method.key(), caller);
      next.add(method);
    }
  }

  private void read(Reached reached, Iterable<CodeElement> code) {
    int line = 0;
    for (CodeElement element : code) {
      switch (element) {
        case LineNumber number -> line = number.line();
        case InvokeInstruction call ->
            call(
                reached,
                line,
                ClassFiles.dotted(call.owner().asInternalName()),
                call.name().stringValue(),
                call.typeSymbol());
        case InvokeDynamicInstruction dynamic -> {
          for (ConstantDesc argument : dynamic.bootstrapArgs()) {
            if (argument instanceof DirectMethodHandleDesc handle) {
              handle(reached, line, handle);
            }
          }
        }
        case NewObjectInstruction made ->
            instantiate(reached, ClassFiles.dotted(made.className().asInternalName()));
        case FieldInstruction field -> {
          String owner = ClassFiles.dotted(field.owner().asInternalName());
          report(reached, line, owner + '.' + field.name(), forbidden.adviceAgainst(owner));
          initialize(reached, owner);
        }
        default -> {}
      }
    }
  }

  private void handle(Reached reached, int line, DirectMethodHandleDesc handle) {
    String descriptor = handle.lookupDescriptor();
    if (descriptor.charAt(0) != '(') {
      return; // a field, of a record for example
    }
    String owner = ForbiddenCalls.nameOf(handle.owner());
    boolean isConstructor = handle.kind() == DirectMethodHandleDesc.Kind.CONSTRUCTOR;
    if (isConstructor) {
      instantiate(reached, owner);
    }
    MethodTypeDesc type = MethodTypeDesc.ofDescriptor(descriptor);
    call(reached, line, owner, isConstructor ? "<init>" : handle.methodName(), type);
  }

  private void call(Reached caller, int line, String owner, String method, MethodTypeDesc type) {
    ClassModel own = files.find(owner);
    if (own == null) {
      report(caller, line, owner + '.' + method, forbidden.adviceAgainst(owner, method, type));
      return;
    }
    initialize(caller, owner);
    Reached called = files.resolve(own, method, type.descriptorString());
    if (called != null) {
      reach(called, caller);
    } else {
      report(caller, line, owner + '.' + method, forbidden.adviceAgainst(owner, method, type));
    }
  }

  /// Whoever makes an object opens all its methods: callbacks come from outside.
  private void instantiate(Reached caller, String className) {
    ClassModel own = files.find(className);
    if (own == null) {
      return;
    }
    for (ClassModel type : files.withAbove(own)) {
      for (MethodModel method : type.methods()) {
        if (!method.flags().has(AccessFlag.STATIC)
            && !method.methodName().equalsString("<init>")
            && !method.flags().has(AccessFlag.SYNTHETIC)) {
          reach(new Reached(type, method), caller);
        }
      }
    }
  }

  private void initialize(Reached caller, String className) {
    ClassModel own = files.find(className);
    if (own != null) {
      Reached initializer = files.resolve(own, "<clinit>", "()V");
      if (initializer != null) {
        reach(initializer, caller);
      }
    }
  }

  private void report(Reached caller, int line, String call, @Nullable String advice) {
    if (advice == null) {
      return;
    }
    String file =
        caller
            .owner()
            .findAttribute(Attributes.sourceFile())
            .map(SourceFileAttribute::sourceFile)
            .map(Object::toString)
            .orElse("?");
    String place =
        caller.ownerName() + '.' + caller.method().methodName() + '(' + file + ':' + line + ')';
    breaches.putIfAbsent(call + place, new Breach(call, place, advice, path(caller)));
  }

  private List<String> path(Reached last) {
    List<String> path = new ArrayList<>();
    for (Reached step = last; step != null; step = from.get(step.key())) {
      path.add(step.toString());
    }
    Collections.reverse(path);
    return path;
  }
}
