package dev.nucleusdb.scenarios.bug.network;

import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.network.Network;
import dev.nucleusdb.core.node.NodeContext;
import dev.nucleusdb.raft.message.RaftCodec;
import dev.nucleusdb.raft.message.RaftMessage;

/// A network on which every pre-vote claims a log that nobody can match, so that it is granted
/// whatever the voter's log. Not a bug by itself: pre-votes protect the peace, not the log. Bugs in
/// how votes compare logs need it, because the pre-vote asks the same question first and its rule
/// cannot be replaced.
public final class BoastfulPreVote implements Network {
  private final Network network;

  private BoastfulPreVote(Network network) {
    this.network = network;
  }

  /// The seams of a node on such a network.
  public static NodeContext on(NodeContext context) {
    return new NodeContext(
        context.id(),
        context.clock(),
        context.timers(),
        new BoastfulPreVote(context.network()),
        context.disk(),
        context.random(),
        context.trace(),
        context.halt());
  }

  @Override
  public boolean send(Address to, byte[] message) {
    RaftCodec.Received sent = message[0] == RaftCodec.CHANNEL ? RaftCodec.decode(message) : null;
    if (sent == null || !(sent.message() instanceof RaftMessage.PreVoteRequest request)) {
      return network.send(to, message);
    }
    RaftMessage boast =
        new RaftMessage.PreVoteRequest(request.term(), request.lastIndex(), request.term());
    return network.send(
        to, RaftCodec.encode(sent.sender(), sent.storeId(), sent.receiver(), sent.group(), boast));
  }

  @Override
  public Address self() {
    return network.self();
  }

  @Override
  public void receive(Receiver receiver) {
    network.receive(receiver);
  }

  @Override
  public int maxMessageBytes() {
    return network.maxMessageBytes();
  }
}
