package dev.nucleusdb.cli.shell;

import dev.nucleusdb.raft.RaftOptions;
import java.time.Duration;
import picocli.CommandLine;

/// The shortest silence of a leader before an election, as people write it: `1s`, `200ms`.
public final class ElectionTimeouts implements CommandLine.ITypeConverter<Duration> {
  /// If nothing else is asked for.
  public static final Duration DEFAULT = RaftOptions.DEFAULT.electionTimeoutMin();

  private static final Duration SHORTEST = Duration.ofMillis(50);
  private static final Duration LONGEST = Duration.ofMinutes(1);

  @Override
  public Duration convert(String text) {
    Duration timeout = new Durations().convert(text);
    if (timeout.compareTo(SHORTEST) < 0 || timeout.compareTo(LONGEST) > 0) {
      throw new CommandLine.TypeConversionException(
          "an election timeout is "
              + Durations.format(SHORTEST)
              + " to "
              + Durations.format(LONGEST)
              + ", not "
              + text);
    }
    return timeout;
  }
}
