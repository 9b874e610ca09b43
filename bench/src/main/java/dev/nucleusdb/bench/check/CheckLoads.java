package dev.nucleusdb.bench.check;

import dev.nucleusdb.linearizability.Limits;
import dev.nucleusdb.linearizability.LinearizabilityChecker;
import dev.nucleusdb.linearizability.Verdict;
import dev.nucleusdb.linearizability.history.History;
import dev.nucleusdb.linearizability.history.Value;
import dev.nucleusdb.linearizability.model.CasRegister;
import dev.nucleusdb.linearizability.model.KeyValue;
import dev.nucleusdb.linearizability.model.Model;
import dev.nucleusdb.linearizability.model.Register;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;

/// The histories on which the judges of objects are measured, always the same.
public final class CheckLoads {
  private static final int CRASH_OPERATIONS = 200;
  private static final int CRASHED = 30;

  private CheckLoads() {}

  /// All of them.
  ///
  /// @param uniqueOperations how many operations the register with unique values gets
  /// @param transactions how many transactions there are on lists, and with timestamps
  public static List<CheckTrial> all(int uniqueOperations, int transactions) {
    Limits limits = Limits.defaults().withoutShrinking();
    Model<Value> register = new CasRegister(Value.of(0));
    History easy = HistoryLoad.casRegister(100_000, 5, 5, 0, 1);
    List<CheckTrial> trials = new ArrayList<>();
    trials.add(CheckTrial.linearizable("easy", easy, register, limits));
    trials.add(CheckTrial.streamed("easy, streamed", easy, register, limits));
    trials.add(
        CheckTrial.linearizable(
            "contended", HistoryLoad.casRegister(2_000, 30, 3, 0, 2), register, limits));
    trials.add(
        CheckTrial.linearizable(
            "contended, illegal",
            illegal(register, seed -> HistoryLoad.casRegister(2_000, 30, 3, 0, seed)),
            register,
            limits));
    trials.add(
        CheckTrial.linearizable(
            "crash-heavy",
            HistoryLoad.casRegister(CRASH_OPERATIONS, 10, 5, CRASHED, 3),
            register,
            limits));
    trials.add(
        CheckTrial.linearizable(
            "crash-heavy, illegal",
            illegal(
                register, seed -> HistoryLoad.casRegister(CRASH_OPERATIONS, 10, 5, CRASHED, seed)),
            register,
            limits));
    trials.addAll(keyValues(limits));
    trials.add(
        CheckTrial.linearizable(
            "unique values, a tenth crashed",
            HistoryLoad.uniqueRegister(uniqueOperations, 10, uniqueOperations / 10, 5),
            new Register(Value.of(0)),
            limits));
    trials.add(CheckTrial.lists("transactions on lists", TransactionLoad.ofLists(transactions, 6)));
    trials.add(
        CheckTrial.timestamps(
            "transactions with timestamps", TransactionLoad.ofTimestamps(transactions, 7)));
    return trials;
  }

  private static List<CheckTrial> keyValues(Limits limits) {
    Model<Value> texts = new KeyValue(Value.of(""));
    List<CheckTrial> trials = new ArrayList<>();
    for (int clients : new int[] {10, 50}) {
      int operations = 100 * clients;
      trials.add(
          CheckTrial.linearizable(
              "key-value, " + clients + " clients",
              HistoryLoad.keyValue(operations, clients, 10, 4),
              texts,
              limits));
      trials.add(
          CheckTrial.linearizable(
              "key-value, " + clients + " clients, illegal",
              illegal(texts, seed -> HistoryLoad.keyValue(operations, clients, 10, seed)),
              texts,
              limits));
    }
    return trials;
  }

  /// The first spoilt history that is not legal by chance.
  private static History illegal(Model<?> model, LongFunction<History> load) {
    for (long seed = 1; ; seed++) {
      History history = HistoryLoad.spoilt(load.apply(seed), seed);
      Limits limits = Limits.defaults().withoutShrinking();
      if (LinearizabilityChecker.check(history, model, limits) instanceof Verdict.Invalid) {
        return history;
      }
    }
  }
}
