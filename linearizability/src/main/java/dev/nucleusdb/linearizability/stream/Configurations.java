package dev.nucleusdb.linearizability.stream;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A set of configurations in which none can do all that another one can: of two with equal states
/// and placed operations, the one that used fewer crashed operations stays.
final class Configurations {
  private static final int INITIAL_HEADS = 16;

  private final List<@Nullable Configuration> members = new ArrayList<>();

  /// By hash, the last member with it; by member, the one before. -1 ends a chain.
  private int[] heads = newHeads(INITIAL_HEADS);

  private int[] before = new int[INITIAL_HEADS];
  private int removed;
  private long bytes;

  /// Adds a configuration. False if it, or one that can do as much, was there.
  boolean add(Configuration configuration) {
    int head = configuration.hashOfAlike() & (heads.length - 1);
    for (int place = heads[head]; place >= 0; place = before[place]) {
      Configuration member = members.get(place);
      if (member != null && member.isAlike(configuration)) {
        if (member.usesAtMost(configuration)) {
          return false;
        }
        if (configuration.usesAtMost(member)) {
          members.set(place, null);
          bytes -= member.bytes();
          removed++;
        }
      }
    }
    if (members.size() == heads.length) {
      grow();
      head = configuration.hashOfAlike() & (heads.length - 1);
    }
    before[members.size()] = heads[head];
    heads[head] = members.size();
    members.add(configuration);
    bytes += configuration.bytes();
    return true;
  }

  int size() {
    return members.size() - removed;
  }

  long bytes() {
    return bytes;
  }

  List<Configuration> list() {
    List<Configuration> list = new ArrayList<>(size());
    for (Configuration member : members) {
      if (member != null) {
        list.add(member);
      }
    }
    return list;
  }

  private void grow() {
    heads = newHeads(2 * heads.length);
    before = new int[heads.length];
    for (int place = 0; place < members.size(); place++) {
      Configuration member = members.get(place);
      if (member != null) {
        int head = member.hashOfAlike() & (heads.length - 1);
        before[place] = heads[head];
        heads[head] = place;
      }
    }
  }

  private static int[] newHeads(int capacity) {
    int[] heads = new int[capacity];
    Arrays.fill(heads, -1);
    return heads;
  }
}
