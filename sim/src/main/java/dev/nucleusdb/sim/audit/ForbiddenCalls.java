package dev.nucleusdb.sim.audit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The calls that are forbidden, and what to use instead.
///
/// ```
///   line      = signature [ " @ " advice ] | "@defaultMessage " advice | "# " comment
///   signature = class | package ".**" | class "#" method "(**)" | class "#" method "(" types ")"
/// ```
final class ForbiddenCalls {
  private static final String LIST = "forbidden-seams.txt";
  private static final String ALL = "**";

  /// Signature to advice; packages end in a point.
  private final Map<String, String> advice = new LinkedHashMap<>();

  private final ClassLoader loader;

  /// @param loader finds the classes whose methods are called
  ForbiddenCalls(ClassLoader loader) {
    this.loader = loader;
    String usual = "";
    for (String line : lines()) {
      if (line.startsWith("@defaultMessage ")) {
        usual = line.substring("@defaultMessage ".length());
      } else if (!line.isBlank() && line.charAt(0) != '#') {
        int at = line.indexOf(" @ ");
        String signature = at < 0 ? line : line.substring(0, at);
        advice.put(
            signature.endsWith(".**")
                ? signature.substring(0, signature.length() - ALL.length())
                : signature,
            at < 0 ? usual : line.substring(at + " @ ".length()));
      }
    }
  }

  private static Iterable<String> lines() {
    try (InputStream list = ForbiddenCalls.class.getResourceAsStream(LIST)) {
      if (list == null) {
        throw new IllegalStateException(LIST + " is missing from the simulator's archive");
      }
      return new String(list.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  int size() {
    return advice.size();
  }

  /// Whether a class as a whole is forbidden.
  ///
  /// @return what to use instead, or null
  @Nullable String adviceAgainst(String className) {
    String ofClass = advice.get(className);
    int point = className.lastIndexOf('.');
    return ofClass != null || point < 0 ? ofClass : advice.get(className.substring(0, point + 1));
  }

  /// Whether a method is forbidden, by its class or one above it.
  ///
  /// @return what to use instead, or null
  @Nullable String adviceAgainst(String className, String method, MethodTypeDesc type) {
    String types =
        type.parameterList().stream()
            .map(ForbiddenCalls::nameOf)
            .collect(Collectors.joining(",", "(", ")"));
    for (String owner : owners(className, method)) {
      String found = adviceAgainst(owner);
      String call = owner + '#' + method;
      found = found == null ? advice.get(call + "(**)") : found;
      found = found == null ? advice.get(call + types) : found;
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  /// The class, and those above it from which it may have the method.
  private Set<String> owners(String className, String method) {
    Set<String> owners = new LinkedHashSet<>();
    owners.add(className);
    if (!method.equals("<init>")) {
      try {
        addAbove(Class.forName(className, false, loader), owners);
      } catch (ClassNotFoundException | LinkageError unknown) {
        return owners;
      }
    }
    return owners;
  }

  private static void addAbove(Class<?> type, Set<String> owners) {
    owners.add(type.getName());
    if (type.getSuperclass() != null) {
      addAbove(type.getSuperclass(), owners);
    }
    for (Class<?> above : type.getInterfaces()) {
      addAbove(above, owners);
    }
  }

  static String nameOf(ClassDesc type) {
    String packageName = type.packageName();
    return packageName.isEmpty() ? type.displayName() : packageName + '.' + type.displayName();
  }
}
