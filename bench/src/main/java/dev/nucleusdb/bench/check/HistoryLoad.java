package dev.nucleusdb.bench.check;

import dev.nucleusdb.linearizability.history.Action;
import dev.nucleusdb.linearizability.history.History;
import dev.nucleusdb.linearizability.history.Operation;
import dev.nucleusdb.linearizability.history.Outcome;
import dev.nucleusdb.linearizability.history.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Histories of a correct object, made from a seed. Each of several clients invokes, takes effect
/// some time later and returns some time after that; whose turn it is, is drawn. Legal unless
/// something is spoilt afterwards.
public final class HistoryLoad {
  /// An object that answers.
  private interface Target {
    /// An operation for the object, without an answer.
    Action ask(SplittableRandom random, int number);

    /// The same with its answer, after which the object has changed.
    Action answer(Action asked);
  }

  private HistoryLoad() {}

  /// Reads, writes and swaps of one register.
  ///
  /// @param values how many values there are
  public static History casRegister(
      int operations, int clients, int values, int crashed, long seed) {
    return run(new OneRegister(values), operations, clients, crashed, seed);
  }

  /// Reads and writes of one register; every value is written once.
  public static History uniqueRegister(int operations, int clients, int crashed, long seed) {
    return run(new UniqueRegister(), operations, clients, crashed, seed);
  }

  /// Gets, puts and appends on keys that hold texts.
  public static History keyValue(int operations, int clients, int keys, long seed) {
    return run(new Texts(keys), operations, clients, 0, seed);
  }

  /// The same with one read in its last tenth that saw something else. May be legal by chance.
  public static History spoilt(History history, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Operation> operations = new ArrayList<>(history.operations());
    int from = operations.size() - operations.size() / 10;
    List<Integer> reads = new ArrayList<>();
    for (int place = from; place < operations.size(); place++) {
      Operation operation = operations.get(place);
      String function = operation.action().function();
      if (operation.outcome() == Outcome.OK
          && (function.equals("read") || function.equals("get"))) {
        reads.add(place);
      }
    }
    int place = reads.get(random.nextInt(reads.size()));
    Operation read = operations.get(place);
    Value other = otherThan(read, operations, random);
    operations.set(
        place,
        new Operation(
            read.index(),
            0,
            read.process(),
            read.action().answered(other),
            read.invokeTime(),
            read.returnTime(),
            read.outcome()));
    return new History(operations);
  }

  private static Value otherThan(
      Operation read, List<Operation> operations, SplittableRandom random) {
    List<Value> seen = new ArrayList<>();
    for (Operation operation : operations) {
      if (operation.action().function().equals(read.action().function())
          && operation.action().key().equals(read.action().key())
          && operation.outcome() == Outcome.OK
          && !operation.action().result().equals(read.action().result())) {
        seen.add(operation.action().result());
      }
    }
    return seen.isEmpty() ? Value.of(-1) : seen.get(random.nextInt(seen.size()));
  }

  /// What a client is doing.
  private static final class Client {
    long process;
    int operation = -1;
    boolean effective;
  }

  private static History run(Target target, int operations, int clients, int crashed, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Operation> made = new ArrayList<>(operations);
    Client[] all = new Client[clients];
    for (int number = 0; number < clients; number++) {
      all[number] = new Client();
      all[number].process = number;
    }
    int toCrash = crashed;
    int busy = 0;
    long time = 0;
    while (made.size() < operations || busy > 0) {
      Client client = all[random.nextInt(clients)];
      if (client.operation < 0) {
        if (made.size() < operations) {
          invoke(client, target.ask(random, made.size()), made, time++);
          busy++;
        }
        continue;
      }
      Operation open = made.get(client.operation);
      boolean crashes =
          !client.effective && random.nextInt(operations - client.operation) < toCrash;
      if (!client.effective && (!crashes || random.nextBoolean())) {
        Action answered = target.answer(open.action());
        made.set(
            client.operation,
            crashes ? open : open.ended(answered.result(), Operation.NEVER, Outcome.UNKNOWN));
        client.effective = true;
      }
      if (crashes) {
        toCrash--;
        client.process += clients;
      } else if (random.nextBoolean()) {
        Operation effective = made.get(client.operation);
        made.set(
            client.operation, effective.ended(effective.action().result(), time++, Outcome.OK));
      } else {
        continue;
      }
      client.operation = -1;
      busy--;
    }
    return new History(made);
  }

  private static void invoke(Client client, Action asked, List<Operation> made, long time) {
    client.operation = made.size();
    client.effective = false;
    made.add(
        new Operation(
            made.size(), 0, client.process, asked, time, Operation.NEVER, Outcome.UNKNOWN));
  }

  private static Action action(String function, Value key, Value... arguments) {
    return new Action(function, key, List.of(arguments), Value.UNRECORDED);
  }

  /// A register of few values.
  private static final class OneRegister implements Target {
    private final int values;
    private Value state = Value.of(0);

    OneRegister(int values) {
      this.values = values;
    }

    @Override
    public Action ask(SplittableRandom random, int number) {
      Value one = Value.of(random.nextInt(values));
      return switch (random.nextInt(3)) {
        case 0 -> action("read", Value.UNRECORDED);
        case 1 -> action("write", Value.UNRECORDED, one);
        default -> action("cas", Value.UNRECORDED, one, Value.of(random.nextInt(values)));
      };
    }

    @Override
    public Action answer(Action asked) {
      return switch (asked.function()) {
        case "read" -> asked.answered(state);
        case "write" -> {
          state = asked.argument(0);
          yield asked;
        }
        default -> {
          boolean swaps = asked.argument(0).equals(state);
          state = swaps ? asked.argument(1) : state;
          yield asked.answered(Value.of(swaps));
        }
      };
    }
  }

  /// A register in which every value is new.
  private static final class UniqueRegister implements Target {
    private Value state = Value.of(0);

    @Override
    public Action ask(SplittableRandom random, int number) {
      return random.nextBoolean()
          ? action("read", Value.UNRECORDED)
          : action("write", Value.UNRECORDED, Value.of(number + 1L));
    }

    @Override
    public Action answer(Action asked) {
      if (asked.function().equals("read")) {
        return asked.answered(state);
      }
      state = asked.argument(0);
      return asked;
    }
  }

  /// Texts by key.
  private static final class Texts implements Target {
    private final String[] texts;

    Texts(int keys) {
      texts = new String[keys];
      java.util.Arrays.fill(texts, "");
    }

    @Override
    public Action ask(SplittableRandom random, int number) {
      Value key = Value.of(String.valueOf(random.nextInt(texts.length)));
      Value text = Value.of("x " + number + " y");
      return switch (random.nextInt(4)) {
        case 0, 1 -> action("get", key);
        case 2 -> action("append", key, text);
        default -> action("put", key, text);
      };
    }

    @Override
    public Action answer(Action asked) {
      int key = Integer.parseInt(asked.key().toString());
      String text = asked.arguments().isEmpty() ? "" : ((Value.Text) asked.argument(0)).text();
      switch (asked.function()) {
        case "append" -> texts[key] += text;
        case "put" -> texts[key] = text;
        default -> {
          return asked.answered(Value.of(texts[key]));
        }
      }
      return asked;
    }
  }
}
