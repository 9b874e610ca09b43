package dev.nucleusdb.linearizability.model;

import dev.nucleusdb.linearizability.history.Value;
import java.util.Arrays;
import java.util.List;

/// The built-in models by name.
public final class Models {
  /// The built-in models, in the order in which they are listed.
  private enum Named {
    REGISTER("register"),
    CAS_REGISTER("cas-register"),
    MULTI_REGISTER("multi-register"),
    KV("kv"),
    VERSIONED_KV("versioned-kv"),
    SET("set"),
    FIFO_QUEUE("fifo-queue"),
    UNORDERED_QUEUE("unordered-queue"),
    STACK("stack"),
    COUNTER("counter"),
    MUTEX("mutex"),
    FENCING_LOCK("fencing-lock"),
    BANK("bank");

    private final String word;

    Named(String word) {
      this.word = word;
    }
  }

  private Models() {}

  /// The names that [#named] knows.
  public static List<String> names() {
    return Arrays.stream(Named.values()).map(named -> named.word).toList();
  }

  /// A model by its name, optionally followed by a colon and what each object holds at first:
  /// `cas-register:0` starts at the number 0, `kv:""` at the empty text, `counter:5` at 5,
  /// `bank:x=10,y=10` with two accounts. Without it, registers and keys start absent, and counters
  /// at 0; a bank needs it.
  ///
  /// @throws IllegalArgumentException if there is no such model; the message lists those there are
  public static Model<?> named(String nameAndInitial) {
    int colon = nameAndInitial.indexOf(':');
    String name = colon < 0 ? nameAndInitial : nameAndInitial.substring(0, colon);
    String words = colon < 0 ? "" : nameAndInitial.substring(colon + 1);
    Value initial = colon < 0 ? Value.ABSENT : initial(words);
    return switch (find(name)) {
      case REGISTER -> new Register(initial);
      case CAS_REGISTER -> new CasRegister(initial);
      case MULTI_REGISTER -> new MultiRegister(initial);
      case KV -> new KeyValue(initial);
      case VERSIONED_KV -> new VersionedKeyValue();
      case SET -> new SetModel();
      case FIFO_QUEUE -> new FifoQueue();
      case UNORDERED_QUEUE -> new UnorderedQueue();
      case STACK -> new Stack();
      case COUNTER -> new Counter(initial instanceof Value.Whole(long first) ? first : 0);
      case MUTEX -> new Mutex();
      case FENCING_LOCK -> new FencingLock();
      case BANK -> Bank.of(words);
    };
  }

  private static Named find(String name) {
    for (Named named : Named.values()) {
      if (named.word.equals(name)) {
        return named;
      }
    }
    throw new IllegalArgumentException(
        "no model is named '"
            + name
            + "'; there are "
            + String.join(", ", names())
            + ", some with an initial value as in cas-register:0");
  }

  private static Value initial(String text) {
    if (text.matches("-?[0-9]{1,18}")) {
      return Value.of(Long.parseLong(text));
    }
    boolean quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
    return Value.of(quoted ? text.substring(1, text.length() - 1) : text);
  }
}
