package dev.nucleusdb.scenarios.store;

import dev.nucleusdb.bitcask.BitcaskOptions;
import dev.nucleusdb.sim.disk.DiskProfile;
import dev.nucleusdb.sim.disk.legal.FileSystem;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A few operations that pass through one mechanism of the store.
///
/// @param name what it is about
/// @param operations as they stand in plans
record ShortWorkload(String name, List<String> operations) {
  private static final BitcaskOptions TINY =
      BitcaskOptions.DEFAULT.withSegmentSizeBytes(400).withMerge(0.3, 150, 3);
  private static final int PAGE_BYTES = 64;
  private static final int PART_BYTES = 40;
  private static final int ROOM_BYTES = 256;
  private static final int KEYS = 6;
  private static final int VALUE_BYTES = 60;

  /// All of them.
  static final List<ShortWorkload> ALL =
      List.of(
          of("write", "write:k0=20,k1=0", "sync", "wait", "write:k0=30,k2=10", "write:"),
          of("overwrite", "write:k0=20,k1=9", "sync", "write:k0=9", "wait", "write:k0=21", "look"),
          of("delete", "write:k0=20,k1=9", "write:k0-", "sync", "wait", "write:k1-,k5-", "look"),
          of("roll", "write:k0=90,k1=90", "write:k2=90", "write:k3=90,k0-", "write:k4=90", "sync"),
          of(
              "merge",
              "write:k0=90,k1=90,k2=9",
              "write:k0=80,k3=80",
              "write:k1-,k0=90",
              "write:k4=90,k3-",
              "maintain:5",
              "write:k2=50",
              "settle",
              "write:k1=9",
              "settle"),
          of(
              "snapshot-in-merge",
              "write:k0=90,k1=90",
              "snapshot:0",
              "write:k0=80,k1-",
              "write:k2=80,k0-",
              "maintain:3",
              "snapshot:1",
              "write:k3=90",
              "settle",
              "snapshot:1",
              "snapshot:2",
              "settle"),
          of(
              "replacement",
              "write:k0=90,k1=90",
              "sync",
              "replace:0",
              "write:k2=80",
              "replace:10",
              "replace:21",
              "replace:6",
              "write:k3=90",
              "settle"),
          of(
              "large-value",
              "write:k0=20",
              "stream:k0=100",
              "stream:part",
              "read:k0",
              "stream:finish",
              "sync",
              "read:rest",
              "stream:k0=50",
              "stream:finish",
              "stream:free",
              "write:k0-,k1=9",
              "stream:k2=70",
              "stream:part",
              "stream:drop",
              "settle"),
          of(
              "recovery",
              "write:k0=90",
              "sync",
              "reopen",
              "write:k1=90,k0-",
              "reopen",
              "write:k2=9"),
          of(
              "reserved-room",
              "write:k0=9",
              "sync",
              "sync",
              "sync",
              "sync",
              "sync",
              "write:k1=9",
              "sync",
              "write:k0=20",
              "write:k2=9",
              "sync",
              "write:k1-",
              "reopen",
              "write:k2=90"));

  private static ShortWorkload of(String name, String... operations) {
    return new ShortWorkload(name, List.of(operations));
  }

  /// What is done, in order.
  List<@Nullable StoreOperation> parsed() {
    @Nullable StoreOperation[] parsed = new StoreOperation[operations.size()];
    Arrays.setAll(parsed, i -> StoreOperation.parse(operations.get(i)));
    return Arrays.asList(parsed);
  }

  StoreShape shape(FileSystem fileSystem) {
    return new StoreShape(
        TINY,
        DiskProfile.DEFAULT.with(fileSystem).withRoom(ROOM_BYTES),
        PAGE_BYTES,
        KEYS,
        VALUE_BYTES,
        3,
        0.5,
        operations.size(),
        PART_BYTES);
  }
}
