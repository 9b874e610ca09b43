package dev.nucleusdb.database.node;

import static dev.nucleusdb.core.assertion.Assertions.sometimes;

import dev.nucleusdb.core.consensus.ReplicatedLog;
import dev.nucleusdb.core.consensus.ReplicatedLog.ProposalResult;
import dev.nucleusdb.core.consensus.ReplicatedLog.ReadResult;
import dev.nucleusdb.core.consensus.TransferOutcome;
import dev.nucleusdb.core.disk.CorruptionException;
import dev.nucleusdb.core.disk.DiskException;
import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.network.Channels;
import dev.nucleusdb.core.node.Member;
import dev.nucleusdb.core.node.MetDamage;
import dev.nucleusdb.core.node.Node;
import dev.nucleusdb.core.node.NodeContext;
import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.core.storage.StorageEngine;
import dev.nucleusdb.database.api.Operation;
import dev.nucleusdb.database.api.Reply;
import dev.nucleusdb.database.gateway.Answer;
import dev.nucleusdb.database.gateway.ClientCodec;
import dev.nucleusdb.database.gateway.Command;
import dev.nucleusdb.database.gateway.CommandCodec;
import dev.nucleusdb.database.gateway.Request;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A node of the database: the same class in a simulation and in production. It is put together
/// from its seams and from the two ports, a store and a replicated log, whose kinds it does not
/// know.
public final class DatabaseNode implements Node {
  private final NodeContext context;
  private final DatabaseOptions options;
  private final ExecutionRule rule;
  private final Function<NodeContext, StorageEngine> storeOpener;
  private final ReplicatedLog log;
  private final MembershipRequests membership;
  private final boolean hasOthers;
  private @Nullable StorageEngine store;
  private @Nullable KeyValueMachine machine;
  private int waitingCount;
  private boolean storeSyncing;
  private boolean stopped;

  /// A node that has not started.
  ///
  /// @param context its seams
  /// @param founders all nodes that the cluster was founded with
  /// @param options its limits
  /// @param rule [ExecutionRule#SESSIONS]
  /// @param storeOpener opens the store on the node's disk
  /// @param logMaker makes the replicated log, which takes its messages from the given channels
  public DatabaseNode(
      NodeContext context,
      List<Member> founders,
      DatabaseOptions options,
      ExecutionRule rule,
      Function<NodeContext, StorageEngine> storeOpener,
      Function<Channels, ReplicatedLog> logMaker) {
    this.context = context;
    this.options = options;
    this.rule = rule;
    this.storeOpener = storeOpener;
    Channels channels = new Channels(context.network());
    this.log = logMaker.apply(channels);
    this.hasOthers = founders.size() > 1;
    this.membership = new MembershipRequests(founders, log);
    channels.claim(ClientCodec.REQUEST_CHANNEL, this::receive);
  }

  /// Opens the store, of which it reads no more than it needs, unless the node has stopped because
  /// of damage there: the others can fill it again, if it is found.
  @Override
  public void start() {
    StorageEngine opened = storeOpener.apply(context);
    store = opened;
    if (hasOthers && MetDamage.isNoted(context.disk())) {
      sometimes("a node that met damage reads all of its store", true);
      opened.scan(new byte[0], null, (key, value) -> true);
    }
    KeyValueMachine started =
        new KeyValueMachine(opened, options.sessionsMax(), rule, context.trace());
    machine = started;
    log.start(started);
    every(options.storeSyncInterval(), this::syncStore);
    every(options.maintenanceInterval(), this::maintainStore);
  }

  @Override
  public void stop() {
    if (stopped) {
      return;
    }
    stopped = true;
    log.stop();
    if (store != null) {
      try {
        store.close();
      } catch (DiskException e) {
        end(e);
      }
    }
  }

  /// Hands leadership over if this node leads, because it is about to be stopped; `done` runs once,
  /// within an election timeout.
  public void handOver(Runnable done) {
    log.transferLeadership(null, outcome -> done.run());
  }

  /// The replicated log, for those who watch.
  public ReplicatedLog log() {
    return log;
  }

  private void receive(Address from, byte[] message) {
    if (stopped || machine == null) {
      return;
    }
    Request request;
    try {
      request = ClientCodec.decodeRequest(message);
    } catch (IllegalArgumentException e) {
      // The numbers are inside what could not be read: the client's own checks come first.
      return;
    }
    if (request == null) {
      return;
    }
    if (waitingCount >= options.requestsMax()) {
      answer(from, request, new Answer.Refused(Answer.Kind.OVERLOADED, "too many requests wait"));
      return;
    }
    serve(from, request);
  }

  private void serve(Address from, Request request) {
    switch (request.body()) {
      case Request.Write write -> write(from, request, write.command());
      case Request.Read read -> read(from, request, read.operation());
      case Request.StaleRead read ->
          answer(from, request, staleRead(read.operation(), read.stalenessMax()));
      case Request.Transfer transfer -> transfer(from, request, transfer.node());
      case Request.Members wish -> members(from, request, wish);
      case Request.Status _ -> answer(from, request, status());
    }
  }

  private void members(Address from, Request request, Request.Members wish) {
    waitingCount++;
    membership.serve(
        wish,
        body -> {
          waitingCount--;
          answer(from, request, body);
        });
  }

  private void write(Address from, Request request, Command command) {
    if (command instanceof Command.Execute execute && execute.operation().isRead()) {
      answer(from, request, new Answer.Refused(Answer.Kind.INVALID, "a read is no command"));
      return;
    }
    waitingCount++;
    log.propose(
        CommandCodec.encode(command),
        result -> {
          waitingCount--;
          answer(from, request, answerTo(result));
        });
  }

  private Answer.Body answerTo(ProposalResult result) {
    return switch (result) {
      case ProposalResult.Applied applied -> {
        context.trace().event(DatabaseTrace.ACKNOWLEDGED, applied.index(), 0, 0);
        yield (Answer.Body) applied.result();
      }
      case ProposalResult.NotLeader elsewhere ->
          new Answer.NotLeader(addressOf(elsewhere.leader()));
      case ProposalResult.Overloaded _ ->
          new Answer.Refused(Answer.Kind.OVERLOADED, "too many writes wait to be committed");
      case ProposalResult.Transferring _ ->
          new Answer.Refused(Answer.Kind.OVERLOADED, "leadership is being handed over");
      case ProposalResult.Unknown _ ->
          new Answer.Refused(Answer.Kind.UNKNOWN, "the leader changed");
    };
  }

  private void read(Address from, Request request, Operation operation) {
    if (!operation.isRead()) {
      answer(from, request, new Answer.Refused(Answer.Kind.INVALID, "a write is no read"));
      return;
    }
    waitingCount++;
    log.read(result -> {
      waitingCount--;
      answer(from, request, answerTo(result, operation));
    });
  }

  private Answer.Body answerTo(ReadResult result, Operation operation) {
    return switch (result) {
      case ReadResult.Unavailable elsewhere -> new Answer.NotLeader(addressOf(elsewhere.leader()));
      case ReadResult.Ready _ -> readState(operation, Answer.Done::new);
    };
  }

  private Answer.Body readState(Operation operation, Function<Reply, Answer.Body> answer) {
    KeyValueMachine state = machine;
    if (state == null) {
      return new Answer.NotLeader("");
    }
    try {
      return answer.apply(state.read(operation));
    } catch (CorruptionException e) {
      return new Answer.Refused(Answer.Kind.UNAVAILABLE, String.valueOf(e.getMessage()));
    } catch (DiskException e) {
      halt(e);
      return new Answer.NotLeader("");
    }
  }

  private Answer.Body staleRead(Operation operation, Duration stalenessMax) {
    if (!operation.isRead()) {
      return new Answer.Refused(Answer.Kind.INVALID, "a write is no read");
    }
    Duration staleness = log.staleness();
    if (staleness == null || staleness.compareTo(stalenessMax) > 0) {
      String age = staleness == null ? "of unknown age" : staleness.toMillis() + " ms old at most";
      return new Answer.Refused(
          Answer.Kind.UNAVAILABLE, "the state of " + context.id() + " is " + age);
    }
    long applied = log.status().appliedIndex();
    context.trace().event(DatabaseTrace.STALE_READ, applied, staleness.toNanos(), 0);
    return readState(operation, reply -> new Answer.Stale(reply, staleness));
  }

  private void transfer(Address from, Request request, int node) {
    if (node < 0) {
      answer(from, request, new Answer.Refused(Answer.Kind.INVALID, "there is no such node"));
      return;
    }
    NodeId wanted = node == 0 ? null : new NodeId(node);
    waitingCount++;
    log.transferLeadership(
        wanted,
        outcome -> {
          waitingCount--;
          answer(from, request, answerTo(outcome, wanted));
        });
  }

  private Answer.Body answerTo(TransferOutcome outcome, @Nullable NodeId wanted) {
    return switch (outcome) {
      case TransferOutcome.NotLeader elsewhere ->
          new Answer.NotLeader(addressOf(elsewhere.leader()));
      case TransferOutcome.TakenOver taken ->
          new Answer.Transferred(
              wanted == null || taken.leader().equals(wanted), taken.leader() + " leads");
      case TransferOutcome.NoTarget _ ->
          new Answer.Transferred(
              false,
              wanted == null
                  ? "no follower was heard lately"
                  : wanted + " is no member that votes");
      case TransferOutcome.UnderWay other ->
          new Answer.Transferred(false, "leadership is being handed to " + other.target());
      case TransferOutcome.Behind behind ->
          new Answer.Transferred(
              false, "the target lacks " + behind.missingEntries() + " entries; nothing changed");
      case TransferOutcome.Unanswered _ ->
          new Answer.Transferred(false, "the target did not take over in time; nothing changed");
      case TransferOutcome.Unknown _ ->
          new Answer.Transferred(false, context.id() + " leads no more; who does is not known");
    };
  }

  private Answer.Status status() {
    ReplicatedLog.Status status = log.status();
    StorageEngine.Statistics figures =
        store == null ? new StorageEngine.Statistics(0, 0, 0, 0) : store.statistics();
    return new Answer.Status(
        context.id().value(),
        status.leading(),
        addressOf(status.leader()),
        status.term(),
        status.commitIndex(),
        status.appliedIndex(),
        status.lastIndex(),
        figures.keyCount(),
        figures.diskBytes(),
        log.diagnose());
  }

  private void answer(Address to, Request request, Answer.Body body) {
    if (!stopped) {
      Answer answer = new Answer(request.number(), request.attempt(), body);
      context.network().send(to, ClientCodec.encode(answer));
    }
  }

  private String addressOf(@Nullable NodeId id) {
    return membership.addressOf(id);
  }

  private void every(Duration interval, Runnable action) {
    long deadline = context.clock().monotonicNanos() + interval.toNanos();
    context
        .timers()
        .at(
            deadline,
            () -> {
              if (!stopped) {
                action.run();
                every(interval, action);
              }
            });
  }

  private void syncStore() {
    StorageEngine engine = store;
    if (engine == null || storeSyncing || engine.appliedIndex() == engine.durableIndex()) {
      return;
    }
    storeSyncing = true;
    engine.sync(failure -> {
      storeSyncing = false;
      if (stopped) {
        return;
      }
      if (failure != null) {
        halt(failure);
        return;
      }
      context.trace().event(DatabaseTrace.STORE_DURABLE, engine.durableIndex(), 0, 0);
      log.released(engine.durableIndex());
    });
  }

  private void maintainStore() {
    if (store != null) {
      try {
        store.maintain();
      } catch (CorruptionException e) {
        // The store has given up the merge and keeps the file: whoever reads the record is told.
        context.trace().event(DatabaseTrace.STORE_DAMAGED, e.offset(), 0, 0);
      } catch (DiskException e) {
        halt(e);
      }
    }
  }

  private void halt(DiskException failure) {
    stopped = true;
    log.stop();
    end(failure);
  }

  private void end(DiskException failure) {
    context.halt().halt("the disk failed: " + failure.getMessage());
  }
}
