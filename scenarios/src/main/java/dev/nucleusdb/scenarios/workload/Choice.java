package dev.nucleusdb.scenarios.workload;

import dev.nucleusdb.database.api.Operation;
import dev.nucleusdb.linearizability.history.Value;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a client does, in the words of a plan:
///
/// ```
///   choice = "get:" key | "put:" key ":" value | "cas:" key ":" expected ":" value | "delete:" key
///   expected = value | "~"      nothing may stand there
/// ```
///
/// @param function `get`, `put`, `cas` or `delete`
/// @param key the key
/// @param expected for `cas`: what must stand there; null if nothing may
/// @param value for `put` and `cas`: what is written; else empty
record Choice(String function, String key, @Nullable String expected, String value) {
  private static final String NOTHING = "~";

  static Choice get(String key) {
    return new Choice("get", key, null, "");
  }

  static Choice put(String key, String value) {
    return new Choice("put", key, null, value);
  }

  static Choice compareAndSet(String key, @Nullable String expected, String value) {
    return new Choice("cas", key, expected, value);
  }

  static Choice delete(String key) {
    return new Choice("delete", key, null, "");
  }

  /// @throws IllegalArgumentException if the words of a plan are none of these
  static Choice parse(String words) {
    String[] parts = words.split(":", -1);
    return switch (parts[0] + parts.length) {
      case "get2" -> get(parts[1]);
      case "put3" -> put(parts[1], parts[2]);
      case "cas4" -> compareAndSet(parts[1], parts[2].equals(NOTHING) ? null : parts[2], parts[3]);
      case "delete2" -> delete(parts[1]);
      default ->
          throw new IllegalArgumentException(
              "do="
                  + words
                  + " is none of get:KEY, put:KEY:VALUE, cas:KEY:EXPECTED:VALUE, delete:KEY");
    };
  }

  @Override
  public String toString() {
    return switch (function) {
      case "put" -> "put:" + key + ':' + value;
      case "cas" -> "cas:" + key + ':' + (expected == null ? NOTHING : expected) + ':' + value;
      default -> function + ':' + key;
    };
  }

  /// The arguments as a history writes them.
  List<Value> arguments() {
    return switch (function) {
      case "put" -> List.of(Value.of(value));
      case "cas" -> List.of(expected == null ? Value.ABSENT : Value.of(expected), Value.of(value));
      default -> List.of();
    };
  }

  /// What the database is asked for.
  Operation operation() {
    byte[] place = bytes(key);
    return switch (function) {
      case "get" -> new Operation.Get(place);
      case "put" -> new Operation.Put(place, bytes(value));
      case "delete" -> new Operation.Delete(place);
      default ->
          expected == null
              ? Operation.CompareAndSet.ifAbsent(place, bytes(value))
              : Operation.CompareAndSet.ifEquals(place, bytes(expected), bytes(value));
    };
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
