package dev.nucleusdb.netty;

import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells a person of connections that were not as they should be: each kind of trouble with each
/// host once, however often it comes, so that a port scan does not fill the log.
final class OddConnections {
  private static final Logger LOG = LoggerFactory.getLogger(NettyNetwork.class);
  private static final int REMEMBERED_MAX = 1024;

  private final Map<String, Boolean> told =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
          return size() > REMEMBERED_MAX;
        }
      };

  /// @param who the other side; what is told of one is told once
  /// @param what one line
  void tell(String who, String what) {
    boolean first;
    synchronized (told) {
      first = told.put(who + ' ' + what, true) == null;
    }
    if (first) {
      LOG.warn("{}: {}", who, what);
    } else {
      LOG.debug("{}: {}", who, what);
    }
  }

  /// A peer that was unreachable is reached: its next failure is news.
  void forget(String who) {
    synchronized (told) {
      told.keySet().removeIf(line -> line.startsWith(who + ' '));
    }
  }
}
