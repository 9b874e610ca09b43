package dev.nucleusdb.sim.network;

import dev.nucleusdb.core.contract.NetworkContract;
import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.network.Network;
import dev.nucleusdb.sim.TestBench;
import dev.nucleusdb.sim.WorldOptions;
import java.time.Duration;

class SimulatedNetworkContractTest extends NetworkContract {
  private final TestBench bench = new TestBench(WorldOptions.calm(1), 3);

  @Override
  protected Network endpoint(int number) {
    return bench.context(number).network();
  }

  @Override
  protected Address nobody() {
    return new Address("nobody");
  }

  @Override
  protected void onNode(int number, Runnable code) {
    bench.onNode(number, code);
  }

  @Override
  protected void settle() {
    bench.elapse(Duration.ofSeconds(1));
  }
}
