package dev.nucleusdb.linearizability;

import dev.nucleusdb.linearizability.history.Action;
import dev.nucleusdb.linearizability.history.Value;
import dev.nucleusdb.linearizability.model.Model;
import dev.nucleusdb.linearizability.model.Models;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// What clients ask of an object, and what a correct one answers.
///
/// @param model the object
/// @param keys how many keys there are; 0 for none
/// @param asks each a function with its arguments: `V` is one of few values, `U` a value of its
///   own, `K` one of two names; anything else is itself
public record Workload<S>(Model<S> model, int keys, List<String> asks) {
  private static final int VALUES = 3;

  public static List<Workload<?>> all() {
    List<Workload<?>> all = new ArrayList<>();
    all.add(of("register:0", 0, "read", "write V"));
    all.add(of("register:0", 0, "read", "read", "write U"));
    all.add(of("cas-register:0", 0, "read", "read", "write V", "cas V V"));
    all.add(of("cas-register:0", 0, "read", "write U", "cas V U", "cas V U"));
    all.add(of("kv", 2, "get", "get", "put T", "append T", "delete", "cas absent T"));
    all.add(of("kv:\"\"", 1, "get", "append P"));
    all.add(of("kv:\"\"", 1, "get", "get", "append P", "put P"));
    all.add(of("multi-register:0", 0, "read", "write (K V)", "txn (r K unseen) (w K V)"));
    all.add(of("multi-register:0", 0, "txn (r K unseen)", "txn (w K V)"));
    all.add(of("set", 0, "add K", "remove K", "contains K", "read"));
    all.add(of("set", 0, "add K", "remove K", "contains K"));
    all.add(of("fifo-queue", 0, "enqueue U", "dequeue"));
    all.add(of("fifo-queue", 0, "enqueue V", "dequeue"));
    all.add(of("unordered-queue", 0, "enqueue V", "dequeue"));
    all.add(of("stack", 0, "push U", "push V", "pop", "pop", "peek"));
    all.add(of("counter", 0, "add", "add 2", "read", "add-and-get"));
    all.add(of("mutex", 0, "acquire", "release"));
    all.add(of("fencing-lock", 0, "acquire", "write V", "release"));
    all.add(of("bank:x=3,y=1", 0, "transfer x y V", "transfer y x V", "read"));
    all.add(of("versioned-kv", 2, "get", "get", "put V", "delete", "cas V V"));
    return all;
  }

  private static Workload<?> of(String model, int keys, String... asks) {
    return new Workload<>(Models.named(model), keys, List.of(asks));
  }

  public Value key(SplittableRandom random) {
    return keys == 0 ? Value.UNRECORDED : Value.of("k" + random.nextInt(keys));
  }

  public Action ask(SplittableRandom random, Value key, int number) {
    StringBuilder words = new StringBuilder();
    for (char letter : asks.get(random.nextInt(asks.size())).toCharArray()) {
      words.append(
          switch (letter) {
            case 'V' -> String.valueOf(random.nextInt(VALUES));
            case 'U' -> String.valueOf(100 + number);
            case 'K' -> random.nextBoolean() ? "x" : "y";
            case 'T' -> random.nextBoolean() ? "a" : "b";
            case 'P' -> random.nextInt(4) == 0 ? "b" : "a" + (char) ('c' + number);
            default -> String.valueOf(letter);
          });
    }
    Action sketched = Sketch.of("A: " + words + " [0,1]").operations().getFirst().action();
    return new Action(sketched.function(), key, sketched.arguments(), Value.UNRECORDED);
  }

  /// The action with the answer that a correct object gives in a state.
  public Action answer(S state, Action asked) {
    List<Value> answers = new ArrayList<>();
    answers.addAll(List.of(Value.UNRECORDED, Value.TRUE, Value.FALSE, Value.ABSENT));
    answers.addAll(Answers.of(state, asked));
    for (Value answer : answers) {
      Action answered = with(asked, answer);
      if (model.objectionTo(answered).isEmpty()
          && Answers.fits(state, asked, answer)
          && model.step(state, answered) != null) {
        return answered;
      }
    }
    return asked;
  }

  /// The same with another answer, which may be right by chance.
  public Action spoil(SplittableRandom random, Action answered) {
    List<Value> others = Answers.wrong(random, answered);
    others.removeIf(other -> model.objectionTo(with(answered, other)).isPresent());
    return others.isEmpty() ? answered : with(answered, others.get(random.nextInt(others.size())));
  }

  private static Action with(Action action, Value result) {
    return new Action(action.function(), action.key(), action.arguments(), result);
  }

  @Override
  public String toString() {
    return model.name() + " " + asks;
  }
}
