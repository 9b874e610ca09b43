package dev.nucleusdb.sim.network;

import java.util.Locale;

/// What carries the messages of a link.
public enum LinkModel {
  /// Order is kept and single messages may be lost: a message layer that keeps connections, opens a
  /// new one at once when one breaks, and does not send again what was lost with it. What plans
  /// mean that do not name a model.
  ORDERED,
  /// Every message finds its own way: no order, no connection, as UDP or one request per
  /// connection.
  DATAGRAM,
  /// One connection per pair of endpoints and incarnation, as TCP: ordered; what the wire loses is
  /// sent again and holds up all behind it; a connection that breaks takes all with it that is on
  /// the way, and opening a new one costs a round trip.
  STREAM;

  /// The name in a plan's header.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The model of that name.
  ///
  /// @throws IllegalArgumentException if there is none
  public static LinkModel named(String label) {
    for (LinkModel model : values()) {
      if (model.label().equals(label)) {
        return model;
      }
    }
    throw new IllegalArgumentException("\"" + label + "\" is none of ordered, datagram, stream");
  }
}
