package dev.nucleusdb.cli.client;

import dev.nucleusdb.cli.serve.ServeCommand;
import dev.nucleusdb.cli.shell.Durations;
import dev.nucleusdb.cli.shell.ExitCode;
import dev.nucleusdb.cli.shell.UsageException;
import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.database.api.Operation;
import dev.nucleusdb.database.api.Outcome;
import dev.nucleusdb.database.api.Reply;
import dev.nucleusdb.database.api.StaleOutcome;
import dev.nucleusdb.database.client.ClientOptions;
import dev.nucleusdb.database.gateway.Answer;
import dev.nucleusdb.database.gateway.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `nucleus client`: the database from the shell.
@Command(
    name = "client",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "OPERATION",
    subcommands = AdminCommand.class,
    description = "Reads and writes keys; any node will do, it names the leader.",
    footer = {
      "",
      "Exit codes: 0 done; 1 get: no such key, cas: another value, delete: was not there;",
      "2 refused or bad usage; 3 not known whether it was done.",
      "Examples:",
      "  nucleus client put greeting hello",
      "  nucleus client get greeting",
      "  nucleus client cas greeting hello goodbye",
      "  nucleus client --connect 127.0.0.1:7102 scan gre"
    })
public final class ClientCommand {
  @Option(
      names = "--connect",
      paramLabel = "LIST",
      description =
          "Nodes to ask, as HOST:PORT,HOST:PORT (default " + ServeCommand.DEFAULT_ADDRESS + ").")
  String connect = ServeCommand.DEFAULT_ADDRESS;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = Durations.class,
      description = "How long to try (default 10s).")
  Duration timeout = Duration.ofSeconds(10);

  @Command(
      name = "get",
      mixinStandardHelpOptions = true,
      description = "Prints the value of a key; with --stale any node may answer from what it has.",
      footer = {
        "",
        "With --stale a line on standard error says how old the answer may be.",
        "Examples:",
        "  nucleus client get greeting",
        "  nucleus client get greeting --stale 5s"
      })
  int get(
      @Parameters(paramLabel = "KEY") String key,
      @Option(
              names = "--stale",
              paramLabel = "TIME",
              converter = Durations.class,
              description = "How old the answer may be (not at all).")
          @Nullable Duration stale)
      throws InterruptedException {
    Operation get = new Operation.Get(bytes(key));
    return stale == null ? run(get) : runStale(get, stale);
  }

  @Command(
      name = "put",
      mixinStandardHelpOptions = true,
      description = "Sets a key; with --file the value comes from a file.",
      footer = {"", "Example: nucleus client put greeting hello"})
  int put(
      @Parameters(paramLabel = "KEY") String key,
      @Parameters(paramLabel = "VALUE", arity = "0..1") @Nullable String value,
      @Option(names = "--file", paramLabel = "FILE", description = "Takes the value from a file.")
          @Nullable Path file)
      throws InterruptedException {
    if ((value == null) == (file == null)) {
      throw new UsageException("put takes a value, or --file FILE");
    }
    return run(new Operation.Put(bytes(key), file == null ? bytes(value) : content(file)));
  }

  @Command(
      name = "delete",
      mixinStandardHelpOptions = true,
      description = "Removes a key.",
      footer = {"", "Example: nucleus client delete greeting"})
  int delete(@Parameters(paramLabel = "KEY") String key) throws InterruptedException {
    return run(new Operation.Delete(bytes(key)));
  }

  @Command(
      name = "cas",
      mixinStandardHelpOptions = true,
      description = "Sets a key if it has the expected value; with --absent if it is not there.",
      footer = {
        "",
        "Examples:",
        "  nucleus client cas greeting hello goodbye",
        "  nucleus client cas greeting --absent hello"
      })
  int cas(
      @Parameters(paramLabel = "KEY") String key,
      @Parameters(paramLabel = "[EXPECTED] VALUE", arity = "1..2") List<String> values,
      @Option(names = "--absent", description = "The key must not be there.") boolean absent)
      throws InterruptedException {
    if (values.size() != (absent ? 1 : 2)) {
      throw new UsageException("cas takes EXPECTED and VALUE, or --absent and VALUE");
    }
    byte[] value = bytes(values.getLast());
    return run(
        absent
            ? Operation.CompareAndSet.ifAbsent(bytes(key), value)
            : Operation.CompareAndSet.ifEquals(bytes(key), bytes(values.getFirst()), value));
  }

  @Command(
      name = "scan",
      mixinStandardHelpOptions = true,
      description = "Prints the keys with a prefix and their values, in order.",
      footer = {"", "Example: nucleus client scan user/ --limit 20"})
  int scan(
      @Parameters(paramLabel = "PREFIX", arity = "0..1", defaultValue = "") String prefix,
      @Option(names = "--limit", paramLabel = "N", description = "At most so many (100).")
          @Nullable Integer limit)
      throws InterruptedException {
    return run(new Operation.Scan(bytes(prefix), limit == null ? 100 : limit));
  }

  @Command(
      name = "status",
      mixinStandardHelpOptions = true,
      description = "Prints how each node is, and what is in its way.",
      footer = {"", "Example: nucleus client --connect 127.0.0.1:7101,127.0.0.1:7102 status"})
  int status() throws InterruptedException {
    int answered = 0;
    try (BlockingClient client = open()) {
      for (Address node : addresses()) {
        Answer.Status status = client.status(node);
        System.out.println(node + "  " + (status == null ? "no answer" : words(status)));
        if (status != null) {
          status.diagnosis().forEach(line -> System.out.println("    " + line));
        }
        answered += status == null ? 0 : 1;
      }
    }
    return answered > 0 ? ExitCode.OK : ExitCode.UNDECIDED;
  }

  @Command(
      name = "transfer",
      mixinStandardHelpOptions = true,
      description = "Hands leadership to another node, as before a planned stop.",
      footer = {"", "Example: nucleus client transfer --to 2"})
  int transfer(
      @Option(
              names = "--to",
              paramLabel = "N",
              description = "Which node is to lead (whichever has most of the log).")
          @Nullable Integer to)
      throws InterruptedException {
    if (to != null && to < 1) {
      throw new UsageException("'" + to + "' is no node id; ids are numbers from 1");
    }
    try (BlockingClient client = open()) {
      Answer.Transferred transferred = client.transferLeadership(to == null ? 0 : to);
      if (transferred == null) {
        System.err.println("nucleus: not known whether it was done: no answer");
        return ExitCode.UNDECIDED;
      }
      if (!transferred.done()) {
        System.err.println("nucleus: not done: " + transferred.words());
        return ExitCode.USAGE;
      }
      System.out.println(transferred.words());
      return ExitCode.OK;
    }
  }

  @Command(
      name = "members",
      mixinStandardHelpOptions = true,
      description = "Prints who takes part; with --set it changes that.",
      footer = {
        "",
        "Examples:",
        "  nucleus client members",
        "  nucleus client members --set 1,2,3 --learners 4",
        "  nucleus client --timeout 60s members --set 1,2,4=127.0.0.1:7104"
      })
  int members(
      @Option(
              names = "--set",
              paramLabel = "LIST",
              description = "Who is to vote, and nobody else; new nodes as ID=HOST:PORT.")
          @Nullable String voters,
      @Option(
              names = "--learners",
              paramLabel = "LIST",
              description = "Who is to get the log without a vote (nobody).")
          @Nullable String learners)
      throws InterruptedException {
    Request.Members wish = MemberList.wish(voters, learners);
    try (BlockingClient client = open()) {
      Answer.Members members = client.members(wish);
      if (members == null) {
        System.err.println("nucleus: not known whether it was done: no answer");
        return ExitCode.UNDECIDED;
      }
      if (!members.done()) {
        System.err.println("nucleus: not done: " + members.words());
        return ExitCode.USAGE;
      }
      System.out.print(MemberList.words(members));
      return ExitCode.OK;
    }
  }

  private static String words(Answer.Status status) {
    return "n%d %s term %d, committed %d, applied %d, log end %d, %d keys, %,d bytes%s"
        .formatted(
            status.node(),
            status.leading() ? "leads" : "follows",
            status.term(),
            status.commitIndex(),
            status.appliedIndex(),
            status.lastIndex(),
            status.keyCount(),
            status.diskBytes(),
            status.leader().isEmpty() ? ", knows no leader" : "");
  }

  private int run(Operation operation) throws InterruptedException {
    try (BlockingClient client = open()) {
      return switch (client.execute(operation)) {
        case Outcome.Ok ok -> print(ok.reply());
        case Outcome.Failed failed -> {
          System.err.println("nucleus: not done: " + failed.reason());
          yield ExitCode.USAGE;
        }
        case Outcome.Unknown unknown -> {
          System.err.println("nucleus: not known whether it was done: " + unknown.reason());
          yield ExitCode.UNDECIDED;
        }
      };
    }
  }

  private int runStale(Operation operation, Duration stalenessMax) throws InterruptedException {
    try (BlockingClient client = open()) {
      return switch (client.readStale(operation, stalenessMax)) {
        case StaleOutcome.Ok ok -> {
          System.err.println(
              "nucleus: not older than " + Durations.format(ok.staleness().plusMillis(1)));
          yield print(ok.reply());
        }
        case StaleOutcome.Failed failed -> {
          System.err.println("nucleus: not done: " + failed.reason());
          yield ExitCode.USAGE;
        }
      };
    }
  }

  private static int print(Reply reply) {
    return switch (reply) {
      case Reply.Value value -> {
        byte[] found = value.value();
        if (found == null) {
          System.err.println("nucleus: no such key");
          yield ExitCode.VIOLATION;
        }
        System.out.writeBytes(found);
        System.out.println();
        yield ExitCode.OK;
      }
      case Reply.Done _ -> ExitCode.OK;
      case Reply.Deleted deleted -> deleted.existed() ? ExitCode.OK : ExitCode.VIOLATION;
      case Reply.Swapped swapped -> {
        System.err.print(swapped.swapped() ? "" : "nucleus: another value is there\n");
        yield swapped.swapped() ? ExitCode.OK : ExitCode.VIOLATION;
      }
      case Reply.Found found -> {
        for (Reply.Pair pair : found.pairs()) {
          System.out.writeBytes(pair.key());
          System.out.print('\t');
          System.out.writeBytes(pair.value());
          System.out.println();
        }
        System.err.print(found.more() ? "nucleus: there are more\n" : "");
        yield ExitCode.OK;
      }
    };
  }

  private BlockingClient open() {
    // What a client cannot reach it says itself, in one line.
    System.setProperty("nucleus.log", "ERROR");
    Duration attempt =
        timeout.compareTo(ClientOptions.DEFAULT.attemptTimeout()) < 0
            ? timeout
            : ClientOptions.DEFAULT.attemptTimeout();
    try {
      ClientOptions options =
          new ClientOptions(attempt, timeout, ClientOptions.DEFAULT.retryPause());
      return new BlockingClient(addresses(), options);
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  private List<Address> addresses() {
    List<Address> parsed =
        Stream.of(connect.split(",", -1)).map(String::strip).map(Address::new).toList();
    for (Address address : parsed) {
      if (!address.name().matches("[^:\\s]+:\\d{1,5}")) {
        throw new UsageException("'" + address + "' is no address; write it like 127.0.0.1:7100");
      }
    }
    return parsed;
  }

  private static byte[] content(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UsageException("cannot read " + file + ": " + e.getMessage());
    }
  }

  private static byte[] bytes(@Nullable String text) {
    return text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
  }
}
