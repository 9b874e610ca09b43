package dev.nucleusdb.raft.membership;

import dev.nucleusdb.core.node.NodeId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// When each of the others was heard last, and from which store. They are few, and one of them
/// speaks with every message.
public final class Heard {
  private static final class Voice {
    final NodeId id;
    long nanos;
    long storeId;

    Voice(NodeId id) {
      this.id = id;
    }
  }

  private final List<Voice> voices = new ArrayList<>(2);

  /// Nobody was heard yet.
  public Heard() {}

  /// Somebody spoke.
  ///
  /// @param storeId the disk that it spoke from; [Stores#UNKNOWN] if it did not say
  public void spoke(NodeId id, long storeId, long nowNanos) {
    Voice voice = voiceOf(id);
    if (voice == null) {
      voice = new Voice(id);
      voices.add(voice);
    }
    voice.nanos = nowNanos;
    voice.storeId = storeId;
  }

  /// When somebody spoke last; null if it never did.
  public @Nullable Long nanosOf(NodeId id) {
    Voice voice = voiceOf(id);
    return voice == null ? null : voice.nanos;
  }

  /// From which store somebody spoke last; [Stores#UNKNOWN] if that is not known.
  public long storeOf(NodeId id) {
    Voice voice = voiceOf(id);
    return voice == null ? Stores.UNKNOWN : voice.storeId;
  }

  private @Nullable Voice voiceOf(NodeId id) {
    for (Voice voice : voices) {
      if (voice.id.equals(id)) {
        return voice;
      }
    }
    return null;
  }
}
