package dev.nucleusdb.cli;

import dev.nucleusdb.cli.bench.BenchCommand;
import dev.nucleusdb.cli.check.CheckCommand;
import dev.nucleusdb.cli.client.ClientCommand;
import dev.nucleusdb.cli.inspect.InspectCommand;
import dev.nucleusdb.cli.serve.ClusterCommand;
import dev.nucleusdb.cli.serve.ServeCommand;
import dev.nucleusdb.cli.shell.ExitCode;
import dev.nucleusdb.cli.shell.UsageException;
import dev.nucleusdb.cli.simulate.ReplayCommand;
import dev.nucleusdb.cli.simulate.SimulateCommand;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The command `nucleus`.
@Command(
    name = "nucleus",
    mixinStandardHelpOptions = true,
    version = "nucleus 0.1.0",
    synopsisSubcommandLabel = "VERB",
    description = "A framework for distributed systems, and a database built in it.",
    footer = {
      "",
      "Exit codes: 0 all good, 1 a violation was found,",
      "2 bad usage or unreadable input, 3 not decided within the limits given.",
      "Example: nucleus simulate --runs 100"
    })
public final class Main {
  /// The verbs, in the order of the help.
  private static final List<Class<?>> VERBS =
      List.of(
          SimulateCommand.class,
          ReplayCommand.class,
          CheckCommand.class,
          ServeCommand.class,
          ClusterCommand.class,
          ClientCommand.class,
          BenchCommand.class,
          InspectCommand.class);

  private Main() {}

  /// Runs a verb and exits with its code.
  public static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT);
    System.exit(run(arguments));
  }

  static int run(String... arguments) {
    CommandLine line = new CommandLine(new Main());
    verbs(arguments).forEach(line::addSubcommand);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler(Main::complain);
    line.setParameterExceptionHandler(Main::misunderstood);
    if (arguments.length == 0) {
      line.usage(System.out);
      return ExitCode.USAGE;
    }
    return line.execute(arguments);
  }

  /// The verb that is asked for alone, for to look at all of them takes longer than to judge a
  /// small history; all of them if none is.
  private static List<Class<?>> verbs(String... arguments) {
    for (Class<?> verb : VERBS) {
      if (arguments.length > 0 && arguments[0].equals(verb.getAnnotation(Command.class).name())) {
        return List.of(verb);
      }
    }
    return VERBS;
  }

  /// One line, no stack trace: what a person did not expect is still said in words.
  private static int complain(Exception failure, CommandLine line, CommandLine.ParseResult parsed) {
    if (failure instanceof UsageException || failure instanceof IllegalArgumentException) {
      System.err.println("nucleus: " + failure.getMessage());
      return ExitCode.USAGE;
    }
    System.err.println("nucleus: a bug in nucleus itself: " + failure);
    failure.printStackTrace();
    return ExitCode.USAGE;
  }

  private static int misunderstood(CommandLine.ParameterException failure, String[] arguments) {
    String name = failure.getCommandLine().getCommandSpec().qualifiedName();
    System.err.println("nucleus: " + oneLine(failure) + " (see '" + name + " --help')");
    return ExitCode.USAGE;
  }

  private static String oneLine(Exception failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("bad usage");
  }
}
