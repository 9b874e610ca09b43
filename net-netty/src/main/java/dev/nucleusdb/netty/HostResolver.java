package dev.nucleusdb.netty;

import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Looks hosts up on a thread of its own, which lives while there is something to look up: a name
/// server that does not answer must hold up nobody but those who dial by that name. Numbers are
/// resolved without it.
final class HostResolver extends AddressResolverGroup<InetSocketAddress> {
  private static final int LOOKUPS_MAX = 1024;

  private final ThreadPoolExecutor lookups;

  HostResolver(String threadName) {
    lookups =
        new ThreadPoolExecutor(
            1,
            1,
            5,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(LOOKUPS_MAX),
            task -> Thread.ofPlatform().daemon().name(threadName).unstarted(task));
    lookups.allowCoreThreadTimeOut(true);
  }

  @Override
  protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
    return new NameResolver(executor, lookups).asAddressResolver();
  }

  @Override
  public void close() {
    lookups.shutdownNow();
    super.close();
  }

  private static final class NameResolver extends InetNameResolver {
    private final ExecutorService lookups;

    NameResolver(EventExecutor executor, ExecutorService lookups) {
      super(executor);
      this.lookups = lookups;
    }

    @Override
    protected void doResolve(@Nullable String host, Promise<InetAddress> promise) {
      submit(promise, () -> InetAddress.getByName(host));
    }

    @Override
    protected void doResolveAll(@Nullable String host, Promise<List<InetAddress>> promise) {
      submit(promise, () -> List.of(InetAddress.getAllByName(host)));
    }

    private <T> void submit(Promise<T> promise, Lookup<T> lookup) {
      try {
        lookups.execute(() -> {
          try {
            T found = lookup.run();
            answer(() -> promise.trySuccess(found));
          } catch (UnknownHostException e) {
            answer(() -> promise.tryFailure(e));
          }
        });
      } catch (RejectedExecutionException e) {
        promise.tryFailure(e);
      }
    }

    private void answer(Runnable answer) {
      try {
        executor().execute(answer);
      } catch (RejectedExecutionException _) {
        // The network has closed while a name was looked up: nobody waits for it.
      }
    }

    private interface Lookup<T> {
      T run() throws UnknownHostException;
    }
  }
}
