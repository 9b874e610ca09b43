package dev.nucleusdb.cli.inspect;

import dev.nucleusdb.bitcask.Bitcask;
import dev.nucleusdb.bitcask.BitcaskOptions;
import dev.nucleusdb.bitcask.StoreReport;
import dev.nucleusdb.bitcask.cipher.WrongKeyException;
import dev.nucleusdb.cli.shell.ExitCode;
import dev.nucleusdb.cli.shell.UsageException;
import dev.nucleusdb.core.disk.CorruptionException;
import dev.nucleusdb.core.disk.DiskException;
import dev.nucleusdb.core.system.FileDisk;
import dev.nucleusdb.core.trace.Trace;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `nucleus inspect store`: what a store holds, file by file.
@Command(
    name = "store",
    mixinStandardHelpOptions = true,
    description = {
      "Opens a store for reading, also one that a process writes to, and prints its figures:",
      "keys, memory of the index, and for each data file its live and dead bytes."
    },
    footer = {"", "Example:", "  nucleus inspect store nucleus-data"})
public final class StoreReportCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "DIR", description = "The folder of a store or a node.")
  Path folder = Path.of("");

  @Mixin KeyOption key = new KeyOption();

  @Override
  public Integer call() {
    StoreFolder store = StoreFolder.of(folder);
    try (FileDisk disk = store.look();
        Bitcask engine =
            Bitcask.openReadOnly(
                disk,
                store.name(),
                BitcaskOptions.DEFAULT.withKey(key.key()),
                () -> Long.MIN_VALUE,
                Trace.NONE)) {
      print(engine.report());
      return ExitCode.OK;
    } catch (DiskException | WrongKeyException e) {
      throw new UsageException("cannot read " + store + ": " + e.getMessage());
    } catch (CorruptionException damage) {
      System.out.println("DAMAGED " + damage.getMessage() + "; see nucleus inspect verify");
      return ExitCode.VIOLATION;
    }
  }

  private static void print(StoreReport report) {
    System.out.printf(
        "keys          %,d, log index %,d%n", report.keyCount(), report.appliedIndex());
    System.out.printf(
        "index         %,d bytes, %.1f for each key%n",
        report.indexBytes(), report.indexBytesPerKey());
    System.out.printf(
        "on the disk   %.2f bytes for each byte of a live record%n", report.spaceAmplification());
    System.out.printf(
        "%n%8s %14s %12s %14s %14s %14s%n",
        "file", "bytes", "records", "live bytes", "dead bytes", "tombstones");
    for (StoreReport.DataFile file : report.files()) {
      System.out.printf(
          "%8d %,14d %,12d %,14d %,14d %,14d%s%n",
          file.fileId(),
          file.sizeBytes(),
          file.entryCount(),
          file.liveBytes(),
          file.deadBytes(),
          file.tombstoneBytes(),
          file.isActive() ? "  active" : "");
    }
  }
}
