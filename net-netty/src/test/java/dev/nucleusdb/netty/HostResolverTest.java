package dev.nucleusdb.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.concurrent.DefaultEventExecutor;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Names are looked up beside the event loop, which may end meanwhile.
class HostResolverTest {
  private static final InetSocketAddress HERE = InetSocketAddress.createUnresolved("127.0.0.1", 7);

  @Test
  void a_name_is_looked_up_and_told_on_the_loop() throws InterruptedException {
    DefaultEventExecutor loop = new DefaultEventExecutor();
    try (HostResolver resolver = new HostResolver("lookups")) {
      Future<InetSocketAddress> found = resolver.getResolver(loop).resolve(HERE);
      assertThat(found.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(found.getNow().getAddress().isLoopbackAddress()).isTrue();
    } finally {
      loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).await();
    }
  }

  @Test
  void a_name_that_is_found_after_the_loop_has_ended_is_told_to_nobody()
      throws InterruptedException {
    DefaultEventExecutor ended = new DefaultEventExecutor();
    DefaultEventExecutor loop = new DefaultEventExecutor();
    try (HostResolver resolver = new HostResolver("lookups");
        LogLines log = new LogLines()) {
      var names = resolver.getResolver(ended);
      ended.shutdownGracefully(0, 1, TimeUnit.SECONDS).await();

      Future<InetSocketAddress> nobodyWaits = names.resolve(HERE);
      // One thread looks names up, in order.
      assertThat(resolver.getResolver(loop).resolve(HERE).await(10, TimeUnit.SECONDS)).isTrue();

      assertThat(nobodyWaits.isDone()).isFalse();
      assertThat(log.lines()).isEmpty();
    } finally {
      loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).await();
    }
  }
}
