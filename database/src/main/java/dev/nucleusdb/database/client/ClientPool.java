package dev.nucleusdb.database.client;

import static dev.nucleusdb.core.assertion.Assertions.require;

import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.network.Network;
import dev.nucleusdb.core.random.RandomSource;
import dev.nucleusdb.core.time.Clock;
import dev.nucleusdb.core.time.Timers;
import dev.nucleusdb.database.gateway.Answer;
import dev.nucleusdb.database.gateway.ClientCodec;
import java.util.ArrayList;
import java.util.List;

/// Several clients, each with a session of its own, on one endpoint: as many operations at once as
/// there are clients.
public final class ClientPool {
  private final List<DatabaseClient> clients = new ArrayList<>();

  /// @param count how many clients
  /// @param network the endpoint; the pool takes over its receiving side
  /// @param nodes any nodes of the cluster, at least one
  public ClientPool(
      int count,
      Clock clock,
      Timers timers,
      Network network,
      RandomSource random,
      List<Address> nodes,
      ClientOptions options) {
    require(count > 0, "a pool needs a client");
    for (int i = 0; i < count; i++) {
      clients.add(
          new DatabaseClient(clock, timers, network, random.fork(i), nodes, options, i, count));
    }
    network.receive(
        new Network.Receiver() {
          @Override
          public void receive(Address from, byte[] message) {
            dispatch(from, message);
          }

          @Override
          public void disconnected(Address from) {
            clients.forEach(client -> client.disconnected(from));
          }
        });
  }

  /// The clients.
  public List<DatabaseClient> clients() {
    return List.copyOf(clients);
  }

  private void dispatch(Address from, byte[] message) {
    Answer answer = ClientCodec.decodeAnswer(message);
    if (answer != null) {
      clients
          .get((int) Long.remainderUnsigned(answer.number(), clients.size()))
          .accept(from, answer);
    }
  }
}
