package dev.nucleusdb.linearizability.model;

import dev.nucleusdb.linearizability.history.Value;
import java.util.List;

/// The built-in models by name.
public final class Models {
  private static final List<String> NAMES = List.of("register", "cas-register", "kv");

  private Models() {}

  /// The names that [#named] knows.
  public static List<String> names() {
    return NAMES;
  }

  /// A model by its name, optionally followed by a colon and what each object holds at first:
  /// `cas-register:0` starts at the number 0, `kv:""` at the empty text. Without it, objects start
  /// absent.
  ///
  /// @throws IllegalArgumentException if there is no such model; the message lists those there are
  public static Model<Value> named(String nameAndInitial) {
    int colon = nameAndInitial.indexOf(':');
    String name = colon < 0 ? nameAndInitial : nameAndInitial.substring(0, colon);
    Value initial = colon < 0 ? Value.ABSENT : initial(nameAndInitial.substring(colon + 1));
    return switch (name) {
      case "register" -> new Register(initial);
      case "cas-register" -> new CasRegister(initial);
      case "kv" -> new KeyValue(initial);
      case String _ ->
          throw new IllegalArgumentException(
              "no model is named '"
                  + name
                  + "'; there are "
                  + String.join(", ", NAMES)
                  + ", each with an optional initial value as in cas-register:0");
    };
  }

  private static Value initial(String text) {
    if (text.matches("-?[0-9]{1,18}")) {
      return Value.of(Long.parseLong(text));
    }
    boolean quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
    return Value.of(quoted ? text.substring(1, text.length() - 1) : text);
  }
}
