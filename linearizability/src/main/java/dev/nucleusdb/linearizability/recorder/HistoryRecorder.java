package dev.nucleusdb.linearizability.recorder;

import dev.nucleusdb.linearizability.history.Action;
import dev.nucleusdb.linearizability.history.History;
import dev.nucleusdb.linearizability.history.Operation;
import dev.nucleusdb.linearizability.history.Outcome;
import dev.nucleusdb.linearizability.history.Value;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Records the operations of several threads, each by a [Client] of its own, with intervals that a
/// judge may trust:
///
/// ```
///   stamp │ full fence │ the operation │ full fence │ stamp
/// ```
///
/// Without the fences, a processor or the compiler may carry a load of the operation up before its
/// first stamp, or a store down behind its last; then a correct object looks wrong. An interval is
/// never too short, only too long, which can hide a violation but not invent one.
///
/// Any thread may ask for a client or for the history at any time.
public final class HistoryRecorder {
  private final LongSupplier clock;
  private final List<Client> clients = new ArrayList<>();

  private HistoryRecorder(LongSupplier clock) {
    this.clock = clock;
  }

  /// A recorder whose stamps come from one counter that all threads share: no two are equal, so no
  /// order is lost. It costs the threads some tens of nanoseconds each time that they meet there.
  public static HistoryRecorder ordered() {
    return new HistoryRecorder(new AtomicLong()::getAndIncrement);
  }

  /// A recorder whose stamps come from a clock.
  ///
  /// @param clock as `System::nanoTime`: must not go back, nor differ between threads. Stamps count
  ///   from its first reading
  public static HistoryRecorder timed(LongSupplier clock) {
    long start = clock.getAsLong();
    return new HistoryRecorder(() -> Math.max(0, clock.getAsLong() - start));
  }

  /// A client with a number of its own, counted from 0, for one thread at a time.
  public Client client() {
    synchronized (clients) {
      Client client = new Client(clients.size());
      clients.add(client);
      return client;
    }
  }

  /// What has been recorded so far. An operation that has not ended is of unknown outcome.
  public History history() {
    List<Operation> all = new ArrayList<>();
    synchronized (clients) {
      for (Client client : clients) {
        synchronized (client.operations) {
          all.addAll(client.operations);
        }
      }
    }
    all.sort(Comparator.comparingLong(Operation::invokeTime).thenComparingLong(Operation::process));
    List<Operation> numbered = new ArrayList<>(all.size());
    for (Operation operation : all) {
      numbered.add(
          new Operation(
              numbered.size(),
              0,
              operation.process(),
              operation.action(),
              operation.invokeTime(),
              operation.returnTime(),
              operation.outcome()));
    }
    return new History(numbered);
  }

  private long stamp() {
    VarHandle.fullFence();
    long time = clock.getAsLong();
    VarHandle.fullFence();
    return time;
  }

  /// Records what one thread does, one operation at a time.
  public final class Client {
    private final long process;
    private final List<Operation> operations = new ArrayList<>();
    private @Nullable Call open;

    private Client(long process) {
      this.process = process;
    }

    /// An operation begins. The last thing to do before it.
    ///
    /// @param key the object, or [Value#UNRECORDED] where there is only one
    /// @throws IllegalStateException if the one before has not ended
    public Call invoke(String function, Value key, Value... arguments) {
      if (open != null) {
        throw new IllegalStateException(
            "client " + process + " invoked " + function + " while an operation of its is open");
      }
      Action action = new Action(function, key, List.of(arguments), Value.UNRECORDED);
      Call call = new Call(operations.size());
      open = call;
      long time = stamp();
      synchronized (operations) {
        operations.add(
            new Operation(0, 0, process, action, time, Operation.NEVER, Outcome.UNKNOWN));
      }
      VarHandle.fullFence();
      return call;
    }

    /// Runs an operation and records it: with its result if it returns, as one of unknown outcome
    /// if it throws. Where an exception says for certain that nothing happened, use [#invoke].
    ///
    /// @param result what is recorded as its result
    public <T> T record(
        String function,
        Value key,
        List<Value> arguments,
        Callable<? extends T> operation,
        Function<? super T, Value> result)
        throws Exception {
      Call call = invoke(function, key, arguments.toArray(new Value[0]));
      T answer;
      try {
        answer = operation.call();
      } catch (Exception | Error e) {
        call.info();
        throw e;
      }
      long time = stamp();
      call.end(result.apply(answer), time, Outcome.OK);
      return answer;
    }

    /// An operation that has begun. Ends once.
    public final class Call {
      private final int place;

      private Call(int place) {
        this.place = place;
      }

      /// It took effect and has no result. The first thing to do after it.
      ///
      /// @throws IllegalStateException if it has ended already
      public void ok() {
        end(Value.UNRECORDED, stamp(), Outcome.OK);
      }

      /// It took effect and had a result. The first thing to do after it.
      ///
      /// @throws IllegalStateException if it has ended already
      public void ok(Value result) {
        end(result, stamp(), Outcome.OK);
      }

      /// It certainly had no effect and saw nothing.
      ///
      /// @throws IllegalStateException if it has ended already
      public void fail() {
        end(Value.UNRECORDED, stamp(), Outcome.FAILED);
      }

      /// Nobody knows whether it took effect, or ever will.
      ///
      /// @throws IllegalStateException if it has ended already
      public void info() {
        end(Value.UNRECORDED, Operation.NEVER, Outcome.UNKNOWN);
      }

      private void end(Value result, long time, Outcome outcome) {
        if (open != this) {
          throw new IllegalStateException("this operation of client " + process + " has ended");
        }
        open = null;
        synchronized (operations) {
          operations.set(place, operations.get(place).ended(result, time, outcome));
        }
      }
    }
  }
}
