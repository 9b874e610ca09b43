package dev.nucleusdb.scenarios.groups;

import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.random.RandomSource;

/// How many groups there are, and which client asks which. Busy groups share most clients; each
/// idle one has a client that seldom asks, if there are enough.
///
/// @param groupCount how many groups, numbered from 1
/// @param busyCount how many of them are busy, the first ones
/// @param clientCount how many clients, `c1` and on
public record Placement(int groupCount, int busyCount, int clientCount) {
  private static final int GROUPS_MIN = 2;
  private static final int GROUPS_MAX = 8;

  /// A placement for so many clients.
  public static Placement draw(RandomSource random, int clientCount) {
    int groups = (int) random.nextBetween(GROUPS_MIN, GROUPS_MAX);
    return new Placement(groups, random.nextInt(2) + 1, clientCount);
  }

  /// How many clients a group has; they have numbers that follow each other.
  public int clientsOf(int group) {
    int seldom = Math.min(groupCount - busyCount, Math.max(0, clientCount - busyCount));
    if (group > busyCount) {
      return group - busyCount <= seldom ? 1 : 0;
    }
    int often = clientCount - seldom;
    return often / busyCount + (group <= often % busyCount ? 1 : 0);
  }

  /// The number of its first client.
  public int firstClientOf(int group) {
    int first = 1;
    for (int before = 1; before < group; before++) {
      first += clientsOf(before);
    }
    return first;
  }

  /// The group that somebody asks: a client its own, the administrators `a2` and `m2` the second;
  /// the first for whoever is none of these.
  int groupOf(Address client) {
    if (client.name().matches("[am]\\d{1,4}")) {
      return Integer.parseInt(client.name().substring(1));
    }
    if (client.name().matches("c\\d{1,4}")) {
      int number = Integer.parseInt(client.name().substring(1));
      for (int group = 1; group <= groupCount; group++) {
        int first = firstClientOf(group);
        if (number >= first && number < first + clientsOf(group)) {
          return group;
        }
      }
    }
    return 1;
  }
}
