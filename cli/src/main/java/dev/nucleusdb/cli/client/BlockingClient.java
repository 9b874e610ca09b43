package dev.nucleusdb.cli.client;

import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.system.NodeThread;
import dev.nucleusdb.core.system.NodeThreadOptions;
import dev.nucleusdb.core.system.SystemClock;
import dev.nucleusdb.core.system.SystemRandom;
import dev.nucleusdb.database.api.Operation;
import dev.nucleusdb.database.api.Outcome;
import dev.nucleusdb.database.api.StaleOutcome;
import dev.nucleusdb.database.client.ClientOptions;
import dev.nucleusdb.database.client.DatabaseClient;
import dev.nucleusdb.database.gateway.Answer;
import dev.nucleusdb.database.gateway.Request;
import dev.nucleusdb.netty.NettyNetwork;
import dev.nucleusdb.netty.NettyOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The database's client behind blocking calls, for the shell: the client class of the simulator on
/// a thread and sockets of its own.
final class BlockingClient implements AutoCloseable {
  private final NodeThread thread;
  private final NettyNetwork network;
  private final DatabaseClient client;

  BlockingClient(List<Address> nodes, ClientOptions options) {
    SystemClock clock = new SystemClock(Duration.ofMillis(100));
    thread =
        NodeThread.start(
            "client",
            clock,
            NodeThreadOptions.DEFAULT,
            (reason, failure) -> System.err.println("nucleus: the client stops: " + reason));
    network = NettyNetwork.client(thread, NettyOptions.DEFAULT);
    try {
      client =
          thread.call(
              () -> new DatabaseClient(clock, thread, network, new SystemRandom(), nodes, options));
    } catch (RuntimeException e) {
      close();
      throw e;
    } catch (Exception e) {
      close();
      throw new IllegalStateException("a client cannot be made", e);
    }
  }

  /// Carries out an operation and waits for its outcome.
  Outcome execute(Operation operation) throws InterruptedException {
    return await(done -> client.execute(operation, done));
  }

  /// Reads from any node whose state is young enough.
  StaleOutcome readStale(Operation operation, Duration stalenessMax) throws InterruptedException {
    return await(done -> client.readStale(operation, stalenessMax, done));
  }

  /// Asks one node how it is; null if it does not answer in time.
  Answer.@Nullable Status status(Address node) throws InterruptedException {
    Answer.@Nullable Status[] answer = new Answer.@Nullable Status[1];
    BlockingClient.<Boolean>awaitOn(
        thread,
        done ->
            client.status(
                node,
                status -> {
                  answer[0] = status;
                  done.accept(true);
                }));
    return answer[0];
  }

  /// Asks the leader to hand leadership over; null if it is not known what became of it.
  Answer.@Nullable Transferred transferLeadership(int node) throws InterruptedException {
    Answer.@Nullable Transferred[] answer = new Answer.@Nullable Transferred[1];
    BlockingClient.<Boolean>awaitOn(
        thread,
        done ->
            client.transferLeadership(
                node,
                transferred -> {
                  answer[0] = transferred;
                  done.accept(true);
                }));
    return answer[0];
  }

  /// Asks the leader who takes part, or to change that; null if it is not known what became of it.
  Answer.@Nullable Members members(Request.Members wish) throws InterruptedException {
    Answer.@Nullable Members[] answer = new Answer.@Nullable Members[1];
    BlockingClient.<Boolean>awaitOn(
        thread,
        done ->
            client.members(
                wish,
                members -> {
                  answer[0] = members;
                  done.accept(true);
                }));
    return answer[0];
  }

  private <T> T await(Consumer<Consumer<T>> action) throws InterruptedException {
    return awaitOn(thread, action);
  }

  private static <T> T awaitOn(NodeThread thread, Consumer<Consumer<T>> action)
      throws InterruptedException {
    CompletableFuture<T> future = new CompletableFuture<>();
    thread.execute(() -> action.accept(future::complete));
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("an operation ended without an outcome", e);
    }
  }

  @Override
  public void close() {
    network.close();
    thread.close();
  }
}
