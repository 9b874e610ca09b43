package dev.nucleusdb.sim.network;

import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.network.Network;
import dev.nucleusdb.sim.FaultSource;
import dev.nucleusdb.sim.TestBench;
import dev.nucleusdb.sim.WorldOptions;
import dev.nucleusdb.sim.fault.Plan;
import dev.nucleusdb.sim.trace.Actor;
import dev.nucleusdb.sim.trace.MessageFate;
import dev.nucleusdb.sim.trace.WorldObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Idle nodes that send single numbers to each other under a plan, and what became of those: each
/// arrival as `receiver:number`, in order.
final class NetworkBench {
  final List<String> received = new ArrayList<>();
  final List<MessageFate> fates = new ArrayList<>();

  /// Ends of connections as `receiver:sender`.
  final List<String> ended = new ArrayList<>();

  final TestBench bench;

  NetworkBench(int nodeCount, String... plan) {
    this(WorldOptions.calm(3), nodeCount, plan);
  }

  NetworkBench(WorldOptions options, int nodeCount, String... plan) {
    Plan parsed = Plan.parse(String.join("\n", plan));
    bench = new TestBench(options.with(new FaultSource.Follow(parsed)), nodeCount, "n2");
    for (int i = 0; i < nodeCount; i++) {
      listen(i);
    }
    bench
        .world()
        .observe(
            new WorldObserver() {
              @Override
              public void onMessage(
                  long sentNanos,
                  Actor from,
                  Actor to,
                  int sizeBytes,
                  byte firstByte,
                  MessageFate fate,
                  long endedNanos) {
                fates.add(fate);
              }
            });
  }

  void listen(int node) {
    bench
        .context(node)
        .network()
        .receive(
            new Network.Receiver() {
              @Override
              public void receive(Address from, byte[] message) {
                received.add("n" + (node + 1) + ":" + message[0]);
              }

              @Override
              public void disconnected(Address from) {
                ended.add("n" + (node + 1) + ":" + from);
              }
            });
  }

  boolean send(String from, String to, int number) {
    return send(from, to, number, 1);
  }

  boolean send(String from, String to, int number, int sizeBytes) {
    boolean[] sent = new boolean[1];
    int index = Integer.parseInt(from.substring(1)) - 1;
    byte[] message = new byte[sizeBytes];
    message[0] = (byte) number;
    bench.onNode(
        index, () -> sent[0] = bench.context(index).network().send(new Address(to), message));
    return sent[0];
  }

  void elapse(double seconds) {
    bench.elapse(Duration.ofNanos((long) (seconds * 1e9)));
  }
}
