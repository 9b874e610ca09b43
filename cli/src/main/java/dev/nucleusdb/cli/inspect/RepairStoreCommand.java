package dev.nucleusdb.cli.inspect;

import dev.nucleusdb.bitcask.cipher.WrongKeyException;
import dev.nucleusdb.bitcask.inspect.FilePrinter;
import dev.nucleusdb.bitcask.inspect.Salvage;
import dev.nucleusdb.bitcask.inspect.Verification;
import dev.nucleusdb.cli.shell.ExitCode;
import dev.nucleusdb.cli.shell.UsageException;
import dev.nucleusdb.core.disk.CorruptionException;
import dev.nucleusdb.core.disk.DiskException;
import dev.nucleusdb.core.system.FileDisk;
import dev.nucleusdb.core.system.SystemRandom;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `nucleus inspect repair`: what can be read of a damaged store becomes a new one.
@Command(
    name = "repair",
    mixinStandardHelpOptions = true,
    description = {
      "Makes a new store of all that can be read of a damaged one, in its place; the damaged one is",
      "kept beside it. For a store that stands alone: a node of a cluster sets its damaged files",
      "aside by itself and is filled anew from the others, who still have what is lost here."
    },
    footer = {"", "Example:", "  nucleus inspect repair data --i-understand-that-data-may-be-lost"})
public final class RepairStoreCommand implements Callable<Integer> {
  private static final int LOST_SHOWN_MAX = 20;

  @Parameters(index = "0", paramLabel = "DIR", description = "The folder of a store.")
  Path folder = Path.of("");

  @Option(
      names = "--i-understand-that-data-may-be-lost",
      description = "Without it the damage is only told.")
  boolean understood;

  @Mixin KeyOption key = new KeyOption();

  @Override
  public Integer call() {
    StoreFolder store = StoreFolder.of(folder);
    try (FileDisk disk = store.take()) {
      Verification.Result found = Verification.of(disk, store.name(), key.key());
      found.findings().forEach(System.out::println);
      if (!found.hasDamage()) {
        System.out.println("nothing to repair: no record is lost");
        return ExitCode.OK;
      }
      if (!understood) {
        throw new UsageException(
            "repairing gives up what cannot be read: restore a backup if there is one, or add"
                + " --i-understand-that-data-may-be-lost");
      }
      return repair(disk, store);
    } catch (DiskException | CorruptionException | WrongKeyException e) {
      throw new UsageException("cannot repair " + store + ": " + e.getMessage());
    }
  }

  private int repair(FileDisk disk, StoreFolder store) {
    String repaired = store.name() + "-repaired";
    String damaged = store.name() + "-damaged";
    for (String name : new String[] {repaired, damaged}) {
      if (!disk.list(name).isEmpty()) {
        throw new UsageException(
            store.parent().resolve(name) + " is there from an earlier repair; move it away first");
      }
    }
    Salvage.Result result = Salvage.of(disk, store.name(), repaired, new SystemRandom(), key.key());
    disk.rename(store.name(), damaged);
    disk.rename(repaired, store.name());
    disk.syncDirectory("");
    System.out.printf(
        "repaired: %,d keys; the damaged store is kept in %s%n",
        result.keyCount(), store.parent().resolve(damaged));
    System.out.printf("lost for certain: %,d keys%n", result.lostKeys().size());
    result.lostKeys().stream()
        .limit(LOST_SHOWN_MAX)
        .forEach(key -> System.out.println("  " + FilePrinter.text(key)));
    if (result.mayBeStale()) {
      System.out.println(
          "not all that was lost is known by name: some keys may be missing, have an older value, or"
              + " be back though they were deleted");
    }
    return ExitCode.VIOLATION;
  }
}
