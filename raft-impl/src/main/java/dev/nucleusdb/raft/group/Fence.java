package dev.nucleusdb.raft.group;

import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.core.trace.Trace;
import dev.nucleusdb.core.trace.TraceKind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What a node does not read: counted by reason, and told once for each.
final class Fence {
  /// A message was dropped for a reason for the first time, from a sender if that is known.
  static final TraceKind DROPPED = TraceKind.of("raft.dropped", "reason", "sender");

  private static final int STRANGERS_MAX = 16;

  /// Why.
  enum Reason {
    UNREADABLE(1, "damaged, or of another version"),
    MISDIRECTED(2, "for another node or group, or not from where the sender is"),
    FOREIGN(3, "of another cluster");

    /// In traces.
    private final int code;

    private final String words;

    Reason(int code, String words) {
      this.code = code;
      this.words = words;
    }
  }

  private final Trace trace;
  private final Map<Reason, Long> counts = new EnumMap<>(Reason.class);

  /// Who speaks for another cluster; the first few of them.
  private final TreeSet<NodeId> strangers = new TreeSet<>();

  Fence(Trace trace) {
    this.trace = trace;
  }

  void drop(Reason reason, int sender) {
    if (counts.merge(reason, 1L, Long::sum) == 1) {
      trace.event(DROPPED, reason.code, sender, 0);
    }
  }

  void dropForeign(NodeId sender) {
    if (strangers.size() < STRANGERS_MAX) {
      strangers.add(sender);
    }
    drop(Reason.FOREIGN, sender.value());
  }

  long count() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /// One line for each reason.
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    counts.forEach((reason, count) -> {
      boolean named = reason == Reason.FOREIGN;
      lines.add("messages dropped that were " + reason.words + ": " + count + (named ? who() : ""));
    });
    return lines;
  }

  private String who() {
    return strangers.stream().map(NodeId::toString).collect(Collectors.joining(", ", ", of ", ""));
  }
}
