package dev.nucleusdb.database.client;

import static dev.nucleusdb.core.assertion.Assertions.require;
import static dev.nucleusdb.core.assertion.Assertions.sometimes;

import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.network.Network;
import dev.nucleusdb.core.random.RandomSource;
import dev.nucleusdb.core.time.Clock;
import dev.nucleusdb.core.time.Timers;
import dev.nucleusdb.database.api.Operation;
import dev.nucleusdb.database.api.Outcome;
import dev.nucleusdb.database.api.StaleOutcome;
import dev.nucleusdb.database.gateway.Answer;
import dev.nucleusdb.database.gateway.ClientCodec;
import dev.nucleusdb.database.gateway.Command;
import dev.nucleusdb.database.gateway.Request;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A client of the database with one session: one operation at a time. For more at once, use more
/// clients. Single-threaded, over the seams alone.
///
/// Writes are repeated under the same session and sequence number until they are answered, so they
/// take effect at most once however often they travel. Reads are simply repeated.
///
/// One node is asked at a time. When its connection ends, another one is asked at once, and it is
/// waited for no longer than the pause between two tries until it is heard again.
public final class DatabaseClient {
  private final Clock clock;
  private final Timers timers;
  private final Network network;
  private final RandomSource random;
  private final List<Address> nodes;
  private final ClientOptions options;
  private final Doubts doubts = new Doubts();
  private int target;
  private @Nullable Address hinted;
  private long session;
  private long sequence;
  private final long requestStep;
  private long requestNumber;
  private @Nullable Attempts current;

  /// What is under way.
  private final class Attempts {
    final Consumer<Answer.Body> done;
    final Consumer<String> gaveUp;
    final long deadlineNanos;

    /// Whether two nodes must not be at it: the first that gets it is waited for to the end.
    final boolean once;

    final long number = requestNumber += requestStep;
    final Request.Body body;
    int attempt;

    /// The only node that is asked; null if any may be.
    @Nullable Address meant;

    /// The node that is waited for; null during a pause.
    @Nullable Address asked;

    /// Whether it has left, and so may have taken effect, or may still. A refusal does not take
    /// that back: the network may have doubled the request, and the other copy may meet a leader.
    boolean mayBeDone;

    /// Why a node refused it last; null if none did.
    @Nullable String refusal;

    Timers.@Nullable Timer timer;

    Attempts(
        Request.Body body,
        long deadlineNanos,
        Consumer<Answer.Body> done,
        Consumer<String> gaveUp) {
      this(body, deadlineNanos, false, done, gaveUp);
    }

    Attempts(
        Request.Body body,
        long deadlineNanos,
        boolean once,
        Consumer<Answer.Body> done,
        Consumer<String> gaveUp) {
      this.body = body;
      this.deadlineNanos = deadlineNanos;
      this.once = once;
      this.done = done;
      this.gaveUp = gaveUp;
    }

    String lastRefusal(String reason) {
      return refusal == null ? reason : reason + "; last of all, " + refusal;
    }
  }

  /// A client of the given nodes.
  ///
  /// @param network its own endpoint; the client takes over its receiving side
  /// @param nodes any nodes of the cluster, at least one
  public DatabaseClient(
      Clock clock,
      Timers timers,
      Network network,
      RandomSource random,
      List<Address> nodes,
      ClientOptions options) {
    this(clock, timers, network, random, nodes, options, 0, 1);
    network.receive(
        new Network.Receiver() {
          @Override
          public void receive(Address from, byte[] message) {
            Answer answer = ClientCodec.decodeAnswer(message);
            if (answer != null) {
              accept(from, answer);
            }
          }

          @Override
          public void disconnected(Address from) {
            DatabaseClient.this.disconnected(from);
          }
        });
  }

  /// One of several clients on one endpoint, told apart by the remainder of their request numbers.
  DatabaseClient(
      Clock clock,
      Timers timers,
      Network network,
      RandomSource random,
      List<Address> nodes,
      ClientOptions options,
      int place,
      int count) {
    require(!nodes.isEmpty(), "a client needs the address of a node");
    this.clock = clock;
    this.timers = timers;
    this.network = network;
    this.random = random;
    this.nodes = nodes;
    this.options = options;
    this.requestNumber = place + count * firstRequest(random);
    this.requestStep = count;
    this.target = random.nextInt(nodes.size());
  }

  /// Where the numbers of requests begin: anywhere, so that an answer that was meant for another
  /// client, or for one that had this address before, does not look like an answer to this one.
  private static long firstRequest(RandomSource random) {
    return random.fork("first-request").nextBetween(1, 1L << 40);
  }

  /// Carries out an operation; `callback` runs once.
  ///
  /// @throws IllegalArgumentException if another operation is under way
  public void execute(Operation operation, Consumer<Outcome> callback) {
    require(current == null, "one operation at a time");
    long deadline = clock.monotonicNanos() + options.operationTimeout().toNanos();
    if (operation.isRead()) {
      begin(
          new Attempts(
              new Request.Read(operation),
              deadline,
              body -> callback.accept(outcomeOf(body, false)),
              reason -> callback.accept(new Outcome.Failed(reason))));
    } else if (session == 0) {
      openSession(operation, deadline, callback);
    } else {
      write(operation, deadline, callback);
    }
  }

  private void openSession(Operation operation, long deadline, Consumer<Outcome> callback) {
    begin(
        new Attempts(
            new Request.Write(new Command.OpenSession(random.nextLong())),
            deadline,
            body -> {
              if (body instanceof Answer.SessionOpened opened) {
                session = opened.session();
                sequence = 0;
                write(operation, deadline, callback);
              } else {
                callback.accept(new Outcome.Failed("no session: " + body));
              }
            },
            reason -> callback.accept(new Outcome.Failed(reason))));
  }

  private void write(Operation operation, long deadline, Consumer<Outcome> callback) {
    sequence++;
    Request.Body body = new Request.Write(new Command.Execute(session, sequence, operation));
    Attempts[] made = new Attempts[1];
    made[0] =
        new Attempts(
            body,
            deadline,
            answer -> callback.accept(outcomeOf(answer, made[0].mayBeDone)),
            reason ->
                callback.accept(
                    made[0].mayBeDone ? new Outcome.Unknown(reason) : new Outcome.Failed(reason)));
    begin(made[0]);
  }

  private Outcome outcomeOf(Answer.Body body, boolean mayBeDone) {
    return switch (body) {
      case Answer.Done done -> new Outcome.Ok(done.reply());
      case Answer.Refused refused -> {
        if (refused.kind() == Answer.Kind.SESSION_EXPIRED) {
          session = 0;
        }
        boolean certain = refused.kind() == Answer.Kind.INVALID || !mayBeDone;
        yield certain
            ? new Outcome.Failed(refused.reason())
            : new Outcome.Unknown(refused.reason());
      }
      case Answer.SessionOpened _,
          Answer.Stale _,
          Answer.NotLeader _,
          Answer.Transferred _,
          Answer.Members _,
          Answer.Status _ ->
          new Outcome.Unknown("an answer to another question");
    };
  }

  /// Reads from any node whose state is not older than `stalenessMax`; `callback` runs once. Nodes
  /// are asked one after another until one is young enough.
  ///
  /// @throws IllegalArgumentException if the operation is no read, or another is under way
  public void readStale(
      Operation operation, Duration stalenessMax, Consumer<StaleOutcome> callback) {
    require(current == null, "one operation at a time");
    require(operation.isRead(), "a write is no read");
    hinted = null;
    Attempts[] made = new Attempts[1];
    made[0] =
        new Attempts(
            new Request.StaleRead(operation, stalenessMax),
            clock.monotonicNanos() + options.operationTimeout().toNanos(),
            body ->
                callback.accept(
                    body instanceof Answer.Stale stale
                        ? new StaleOutcome.Ok(stale.reply(), stale.staleness())
                        : new StaleOutcome.Failed("an answer to another question")),
            reason -> callback.accept(new StaleOutcome.Failed(made[0].lastRefusal(reason))));
    begin(made[0]);
  }

  /// Asks one node how it is; `callback` gets null if it does not answer in time.
  public void status(Address node, Consumer<Answer.@Nullable Status> callback) {
    require(current == null, "one operation at a time");
    Attempts attempts =
        new Attempts(
            new Request.Status(),
            clock.monotonicNanos() + options.attemptTimeout().toNanos(),
            body -> callback.accept(body instanceof Answer.Status status ? status : null),
            reason -> callback.accept(null));
    attempts.meant = node;
    begin(attempts);
  }

  /// Asks the leader to hand leadership over; `callback` gets null if it is not known what became
  /// of it. The leader may take an election timeout to answer, and is not asked twice meanwhile.
  ///
  /// @param node the id of the node that is to lead; 0 for whichever has most of the log
  public void transferLeadership(int node, Consumer<Answer.@Nullable Transferred> callback) {
    require(current == null, "one operation at a time");
    begin(
        new Attempts(
            new Request.Transfer(node),
            clock.monotonicNanos() + options.operationTimeout().toNanos(),
            true,
            body -> callback.accept(transferred(body)),
            reason -> callback.accept(null)));
  }

  private static Answer.@Nullable Transferred transferred(Answer.Body body) {
    return switch (body) {
      case Answer.Transferred transferred -> transferred;
      case Answer.Refused refused -> new Answer.Transferred(false, refused.reason());
      case Answer.SessionOpened _,
          Answer.Done _,
          Answer.Stale _,
          Answer.NotLeader _,
          Answer.Members _,
          Answer.Status _ ->
          null;
    };
  }

  /// Asks the leader who takes part, or to change that; `callback` gets null if it is not known
  /// what became of it. A change may take long, and the leader is not asked twice meanwhile.
  public void members(Request.Members wish, Consumer<Answer.@Nullable Members> callback) {
    require(current == null, "one operation at a time");
    begin(
        new Attempts(
            wish,
            clock.monotonicNanos() + options.operationTimeout().toNanos(),
            !wish.voters().isEmpty(),
            body -> callback.accept(members(body)),
            reason -> callback.accept(null)));
  }

  private static Answer.@Nullable Members members(Answer.Body body) {
    return switch (body) {
      case Answer.Members members -> members;
      case Answer.Refused refused ->
          new Answer.Members(false, refused.reason(), List.of(), List.of(), false);
      case Answer.SessionOpened _,
          Answer.Done _,
          Answer.Stale _,
          Answer.NotLeader _,
          Answer.Transferred _,
          Answer.Status _ ->
          null;
    };
  }

  private void begin(Attempts attempts) {
    current = attempts;
    tryOnce(attempts);
  }

  private void tryOnce(Attempts attempts) {
    long now = clock.monotonicNanos();
    if (now >= attempts.deadlineNanos) {
      finish(attempts);
      attempts.gaveUp.accept("no answer within " + options.operationTimeout().toMillis() + " ms");
      return;
    }
    attempts.attempt++;
    Request request = new Request(attempts.number, attempts.attempt, attempts.body);
    Address to = whomToAsk(attempts);
    boolean sent = network.send(to, ClientCodec.encode(request));
    attempts.mayBeDone |= sent;
    attempts.asked = to;
    long untilNanos = now + (sent ? patienceNanos(attempts, to, now) : pauseNanos());
    attempts.timer =
        timers.at(
            Math.min(attempts.deadlineNanos, untilNanos),
            () -> {
              if (current == attempts) {
                nextNode();
                tryOnce(attempts);
              }
            });
  }

  private Address whomToAsk(Attempts attempts) {
    if (attempts.meant != null) {
      return attempts.meant;
    }
    return hinted == null ? nodes.get(target) : hinted;
  }

  /// How long to wait for a node before another one is asked.
  private long patienceNanos(Attempts attempts, Address node, long nowNanos) {
    if (attempts.once || attempts.meant != null) {
      return attempts.deadlineNanos - nowNanos;
    }
    return doubts.isDoubted(node, nowNanos) ? pauseNanos() : options.attemptTimeout().toNanos();
  }

  /// The connection over which a node's answers came has ended: another node is asked, unless two
  /// must not be at it, or this one is meant.
  void disconnected(Address node) {
    long now = clock.monotonicNanos();
    doubts.ended(node, now, options.attemptTimeout().toNanos());
    Attempts attempts = current;
    if (attempts == null || attempts.once || attempts.meant != null) {
      return;
    }
    if (node.equals(attempts.asked)) {
      sometimes("a client asks another node when a connection ends", true);
      nextNode();
      retryLater(attempts);
    }
  }

  void accept(Address from, Answer answer) {
    doubts.heard(from);
    Attempts attempts = current;
    if (attempts == null || answer.number() != attempts.number) {
      return;
    }
    switch (answer.body()) {
      case Answer.Done _,
          Answer.Stale _,
          Answer.SessionOpened _,
          Answer.Transferred _,
          Answer.Members _,
          Answer.Status _ -> {
        finish(attempts);
        attempts.done.accept(answer.body());
      }
      case Answer.NotLeader elsewhere -> {
        if (answer.attempt() == attempts.attempt) {
          redirect(attempts, elsewhere.leader());
        }
      }
      case Answer.Refused refused -> refused(attempts, answer, refused);
    }
  }

  private void refused(Attempts attempts, Answer answer, Answer.Refused refused) {
    attempts.refusal = refused.reason();
    boolean hopeless =
        refused.kind() == Answer.Kind.INVALID || refused.kind() == Answer.Kind.SESSION_EXPIRED;
    if (hopeless) {
      finish(attempts);
      attempts.done.accept(refused);
    } else if (answer.attempt() == attempts.attempt) {
      nextNode();
      retryLater(attempts);
    }
  }

  private void redirect(Attempts attempts, String leader) {
    if (leader.isEmpty() || leader.equals(String.valueOf(hinted))) {
      nextNode();
      retryLater(attempts);
    } else {
      hinted = new Address(leader);
      cancelTimer(attempts);
      tryOnce(attempts);
    }
  }

  private void retryLater(Attempts attempts) {
    cancelTimer(attempts);
    attempts.asked = null;
    attempts.timer =
        timers.at(
            clock.monotonicNanos() + pauseNanos(),
            () -> {
              if (current == attempts) {
                tryOnce(attempts);
              }
            });
  }

  private long pauseNanos() {
    long pause = options.retryPause().toNanos();
    return pause + random.nextBetween(0, pause);
  }

  /// Turns to the next node that is not doubted; if all are, to the next.
  private void nextNode() {
    hinted = null;
    target = (target + 1) % nodes.size();
    long now = clock.monotonicNanos();
    for (int passed = 0; passed < nodes.size(); passed++) {
      int next = (target + passed) % nodes.size();
      if (!doubts.isDoubted(nodes.get(next), now)) {
        target = next;
        return;
      }
    }
  }

  private void finish(Attempts attempts) {
    current = null;
    cancelTimer(attempts);
  }

  private static void cancelTimer(Attempts attempts) {
    if (attempts.timer != null) {
      attempts.timer.cancel();
    }
  }
}
