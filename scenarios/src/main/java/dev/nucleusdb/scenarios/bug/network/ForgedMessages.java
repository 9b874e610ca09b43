package dev.nucleusdb.scenarios.bug.network;

import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.network.Network;
import dev.nucleusdb.core.node.NodeContext;
import dev.nucleusdb.raft.message.RaftCodec;
import dev.nucleusdb.raft.message.RaftMessage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A network that makes other messages of some of those that a node sends or hears, so that the
/// node behaves as one that overlooks what they say.
public final class ForgedMessages implements Network {
  private final Network network;
  private final Forgery forgery;

  /// What becomes of messages; one for each incarnation of a node.
  public interface Forgery {
    /// What goes out in the place of a message; null if nothing does.
    default @Nullable RaftMessage sent(RaftMessage message) {
      return message;
    }

    /// What comes in in the place of a message; null if nothing does.
    default @Nullable RaftMessage heard(RaftMessage message) {
      return message;
    }
  }

  private ForgedMessages(Network network, Forgery forgery) {
    this.network = network;
    this.forgery = forgery;
  }

  /// The seams of a node on such a network.
  public static NodeContext on(NodeContext context, Supplier<Forgery> forgery) {
    return new NodeContext(
        context.id(),
        context.clock(),
        context.timers(),
        new ForgedMessages(context.network(), forgery.get()),
        context.disk(),
        context.random(),
        context.trace(),
        context.halt());
  }

  @Override
  public boolean send(Address to, byte[] bytes) {
    RaftCodec.Received sent = read(bytes);
    if (sent == null) {
      return network.send(to, bytes);
    }
    RaftMessage message = forgery.sent(sent.message());
    return message == null || network.send(to, write(sent, message, bytes));
  }

  @Override
  public void receive(Receiver receiver) {
    network.receive((from, bytes) -> {
      RaftCodec.Received heard = read(bytes);
      if (heard == null) {
        receiver.receive(from, bytes);
        return;
      }
      RaftMessage message = forgery.heard(heard.message());
      if (message != null) {
        receiver.receive(from, write(heard, message, bytes));
      }
    });
  }

  private static RaftCodec.@Nullable Received read(byte[] bytes) {
    return bytes.length > 0 && bytes[0] == RaftCodec.CHANNEL ? RaftCodec.decode(bytes) : null;
  }

  private static byte[] write(RaftCodec.Received parts, RaftMessage message, byte[] bytes) {
    return message.equals(parts.message())
        ? bytes
        : RaftCodec.encode(
            parts.sender(),
            parts.storeId(),
            parts.clusterId(),
            parts.receiver(),
            parts.group(),
            message);
  }

  @Override
  public Address self() {
    return network.self();
  }

  @Override
  public int maxMessageBytes() {
    return network.maxMessageBytes();
  }
}
