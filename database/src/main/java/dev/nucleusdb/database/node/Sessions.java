package dev.nucleusdb.database.node;

import static dev.nucleusdb.core.assertion.Assertions.sometimes;

import dev.nucleusdb.core.storage.StorageEngine;
import dev.nucleusdb.core.storage.WriteBatch;
import dev.nucleusdb.database.gateway.CommandCodec;
import dev.nucleusdb.database.gateway.CommandCodec.Session;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The open sessions (Raft thesis §6.3): part of the replicated state, stored beside the data in
/// the same batches. When there are too many, the one whose last use lies furthest back in the log
/// is closed, on every node alike.
final class Sessions {
  private final int countMax;
  private final Map<Long, Session> bySession = new TreeMap<>();
  private final TreeMap<Long, Long> byLastIndex = new TreeMap<>();

  Sessions(int countMax, StorageEngine engine) {
    this.countMax = countMax;
    byte[] end = KeySpace.SESSIONS_END;
    engine.scan(
        KeySpace.SESSIONS_BEGIN,
        end,
        (key, value) -> {
          remember(KeySpace.sessionOf(key), CommandCodec.decodeSession(value));
          return true;
        });
  }

  @Nullable Session find(long number) {
    return bySession.get(number);
  }

  /// Opens or updates a session, in memory and in the batch that carries the effect.
  void put(long number, Session session, WriteBatch batch) {
    Session earlier = bySession.get(number);
    if (earlier != null) {
      byLastIndex.remove(earlier.lastIndex());
    } else if (bySession.size() >= countMax) {
      sometimes("the database closes an old session", true);
      long oldest = byLastIndex.pollFirstEntry().getValue();
      bySession.remove(oldest);
      batch.delete(KeySpace.session(oldest));
    }
    remember(number, session);
    batch.put(KeySpace.session(number), CommandCodec.encode(session));
  }

  private void remember(long number, Session session) {
    bySession.put(number, session);
    byLastIndex.put(session.lastIndex(), number);
  }
}
