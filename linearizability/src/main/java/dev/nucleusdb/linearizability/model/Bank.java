package dev.nucleusdb.linearizability.model;

import dev.nucleusdb.linearizability.history.Action;
import dev.nucleusdb.linearizability.history.Value;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Accounts between which money moves; none goes below zero.
///
/// | function | arguments | result |
/// |---|---|---|
/// | `transfer` | from, to, amount | false: there was too little; anything else: moved |
/// | `read` | | pairs of account and balance that were seen at once |
///
/// @param opening what each account holds at first; it is not to be changed
public record Bank(SortedMap<String, Long> opening) implements Model<Bank.Balances> {
  /// What each account holds.
  public record Balances(SortedMap<String, Long> amounts) {
    @Override
    public String toString() {
      return amounts.toString();
    }
  }

  /// Accounts from words, as `x=10,y=10`.
  ///
  /// @throws IllegalArgumentException if the words cannot be understood
  static Bank of(String words) {
    SortedMap<String, Long> opening = new TreeMap<>();
    for (String word : words.split(",", -1)) {
      String[] parts = word.split("=", -1);
      if (parts.length != 2 || !parts[1].matches("[0-9]{1,18}")) {
        throw new IllegalArgumentException(
            "a bank needs its accounts, as in bank:x=10,y=10, but found '" + words + "'");
      }
      opening.put(parts[0], Long.parseLong(parts[1]));
    }
    return new Bank(opening);
  }

  @Override
  public String name() {
    return "bank";
  }

  @Override
  public Balances initial() {
    return new Balances(opening);
  }

  @Override
  public @Nullable Balances step(Balances state, Action action) {
    return switch (action.function()) {
      case "transfer" -> transfer(state, action);
      case "read" -> sees(state.amounts, action.result()) ? state : null;
      case String _ -> null;
    };
  }

  private static @Nullable Balances transfer(Balances state, Action action) {
    SortedMap<String, Long> amounts = state.amounts;
    String from = action.argument(0).toString();
    String to = action.argument(1).toString();
    long amount = action.argument(2) instanceof Value.Whole(long number) ? number : 0;
    boolean enough = amounts.getOrDefault(from, 0L) >= amount;
    if (action.result().equals(Value.FALSE)) {
      return enough ? null : state;
    }
    if (!enough) {
      return null;
    }
    SortedMap<String, Long> changed = new TreeMap<>(amounts);
    changed.merge(from, -amount, Long::sum);
    changed.merge(to, amount, Long::sum);
    return new Balances(changed);
  }

  private static boolean sees(SortedMap<String, Long> amounts, Value result) {
    for (Value pair : Values.elements(result)) {
      List<Value> two = Values.elements(pair);
      long held = amounts.getOrDefault(two.get(0).toString(), 0L);
      if (!two.get(1).equals(Value.of(held))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean observesOnly(Action action) {
    return action.function().equals("read") || action.result().equals(Value.FALSE);
  }

  @Override
  public Value partition(Action action) {
    return action.key();
  }

  @Override
  public Optional<String> objectionTo(Action action) {
    boolean read = action.function().equals("read");
    Value result = action.result();
    if (read && !result.equals(Value.UNRECORDED) && !Values.isMapping(result)) {
      return Optional.of("pairs of account and balance as the result of read, but found " + result);
    }
    if (action.function().equals("transfer") && !(action.argument(2) instanceof Value.Whole)) {
      return Optional.of(
          "from, to and a whole amount for transfer, but found " + action.arguments());
    }
    return Values.objectionToCount(name(), action, "transfer 3", "read 0");
  }
}
