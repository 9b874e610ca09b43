package dev.nucleusdb.bench.trial;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// What is measured, and how long.
///
/// @param contestants the systems, in the order of the turns
/// @param rounds how many turns each has
/// @param duration how long each load is counted; half as long it runs before that without being
///   counted, and the first of each JVM runs twice as long before
/// @param handovers planned handovers in each round
/// @param crashes killed leaders in each round
/// @param openShare the rate of the open loop, as a part of the system's own best rate
/// @param electionTimeout the shortest silence of a leader before an election, of all systems that
///   can be told; the longest is twice that
/// @param folder where the nodes keep their files; each trial has a folder in it, deleted
///   afterwards
/// @param jvmFlags flags of all child JVMs
public record TrialOptions(
    List<Contestant> contestants,
    int rounds,
    Duration duration,
    int handovers,
    int crashes,
    double openShare,
    Duration electionTimeout,
    Path folder,
    List<String> jvmFlags) {

  /// The same for all systems. The last two are what the others need from a JDK of today.
  public static final List<String> JVM_FLAGS =
      List.of(
          "-XX:+UseSerialGC",
          "-Xms1g",
          "-Xmx1g",
          "-XX:-UsePerfData",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  /// How many entries are under way in the closed loops, in the order in which they run.
  public static final List<Integer> OUTSTANDING = List.of(1024, 64, 1);

  /// Bytes of an entry.
  public static final int ENTRY_BYTES = 128;
}
