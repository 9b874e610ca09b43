package dev.nucleusdb.sim.network;

import java.util.List;

/// What a scenario calls the kinds of its messages, such as `raft.append`, so that rules, plans and
/// traces can speak of them. The network itself knows bytes only.
public interface MessageNames {
  /// Nothing has a name.
  MessageNames NONE =
      new MessageNames() {
        @Override
        public String nameOf(byte[] message) {
          return "";
        }

        @Override
        public List<String> all() {
          return List.of();
        }
      };

  /// The kind of a message; empty if it has none. Depends on the bytes alone; must bear any bytes
  /// and be cheap: it is asked about every message.
  String nameOf(byte[] message);

  /// All kinds there are, in a fixed order; none has a blank or a slash in it.
  List<String> all();
}
