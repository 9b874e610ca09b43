package dev.nucleusdb.netty;

import dev.nucleusdb.core.contract.NetworkContract;
import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.network.Network;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

class NettyNetworkContractTest extends NetworkContract {
  private final List<Endpoint> endpoints =
      List.of(Endpoint.node(), Endpoint.node(), Endpoint.node());

  @AfterEach
  void close() {
    endpoints.forEach(Endpoint::close);
  }

  @Override
  protected Network endpoint(int number) {
    return endpoints.get(number).network;
  }

  @Override
  protected Address nobody() {
    return new Address("127.0.0.1:1");
  }

  @Override
  protected void onNode(int number, Runnable code) {
    endpoints.get(number).thread.run(code);
  }

  @Override
  protected void settle() {
    try {
      Thread.sleep(500);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
