package dev.nucleusdb.sim.network;

import java.util.List;

/// What the rules make of one message between its sender and the event queue.
final class Journey {
  /// How long a stream waits before it sends again what the wire lost: the least timeout of Linux.
  static final long RETRANSMISSION_NANOS = 200_000_000;

  private final LinkModel model;
  private Message message;
  private long extraNanos;
  private boolean overtaken;
  private boolean over;
  private long copyNanos = -1;
  private List<String> receivers = List.of();

  Journey(Message message, LinkModel model) {
    this.message = message;
    this.model = model;
    this.overtaken = model == LinkModel.DATAGRAM;
  }

  void meet(Fate fate) {
    switch (fate) {
      case Fate.Pass _ -> {}
      case Fate.Drop _ -> over = true;
      case Fate.Lose _ -> {
        over = model != LinkModel.STREAM;
        extraNanos += RETRANSMISSION_NANOS;
      }
      case Fate.Deliver(long nanos, boolean late) -> {
        extraNanos += nanos;
        overtaken |= late && model != LinkModel.STREAM;
      }
      case Fate.Duplicate(long nanos) -> copyNanos = nanos;
      case Fate.Flip(long bit) -> message = message.flipped(bit);
      case Fate.Divert(List<String> names) -> receivers = names;
    }
  }

  /// The message, perhaps damaged by now.
  Message message() {
    return message;
  }

  /// Whether it is lost.
  boolean isOver() {
    return over;
  }

  long extraNanos() {
    return extraNanos;
  }

  /// Whether those behind it may pass it by.
  boolean isOvertaken() {
    return overtaken;
  }

  /// How much later a copy arrives; -1 if there is none.
  long copyNanos() {
    return copyNanos;
  }

  /// Who else gets it; empty if nobody.
  List<String> receivers() {
    return receivers;
  }
}
