package dev.nucleusdb.cli.inspect;

import dev.nucleusdb.bitcask.inspect.Finding;
import dev.nucleusdb.bitcask.inspect.GoBitcaskFolder;
import dev.nucleusdb.bitcask.store.BitcaskStore;
import dev.nucleusdb.bitcask.store.Durability;
import dev.nucleusdb.bitcask.store.StoreOptions;
import dev.nucleusdb.cli.shell.ExitCode;
import dev.nucleusdb.cli.shell.UsageException;
import dev.nucleusdb.core.disk.DiskException;
import dev.nucleusdb.core.storage.WriteBatch;
import dev.nucleusdb.core.system.FileDisk;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `nucleus inspect import`: the content of another Bitcask becomes a store.
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = {
      "Reads a folder of Bitcask data files of the common Go form (000000000.data, …) and writes",
      "its content to a new store. Exit code 1 if some of it could not be read."
    },
    footer = {"", "Example:", "  nucleus inspect import old-data new-data"})
public final class ImportStoreCommand implements Callable<Integer> {
  private static final int BATCH_BYTES = 1 << 20;

  @Parameters(index = "0", paramLabel = "FROM", description = "The folder with the data files.")
  Path from = Path.of("");

  @Parameters(index = "1", paramLabel = "TO", description = "The folder of the new store.")
  Path to = Path.of("");

  @Override
  public Integer call() {
    GoBitcaskFolder.Result read;
    try (FileDisk disk = FileDisk.look(from)) {
      read = GoBitcaskFolder.read(disk);
    } catch (DiskException | IllegalArgumentException e) {
      throw new UsageException("cannot import " + from + ": " + e.getMessage());
    }
    read.findings().forEach(System.out::println);
    try (BitcaskStore store =
        BitcaskStore.open(to, StoreOptions.DEFAULT.withDurability(Durability.NONE))) {
      if (store.statistics().keyCount() > 0) {
        throw new UsageException(to + " holds a store already; name an empty or missing folder");
      }
      write(read.content(), store);
    } catch (DiskException e) {
      throw new UsageException("cannot write " + to + ": " + e.getMessage());
    }
    System.out.printf(
        "imported %,d keys from %,d records; %d batches that were never ended were left out%n",
        read.content().size(), read.records(), read.droppedBatches());
    boolean damaged =
        read.findings().stream().anyMatch(finding -> finding.severity() == Finding.Severity.DAMAGE);
    return damaged ? ExitCode.VIOLATION : ExitCode.OK;
  }

  private static void write(Map<byte[], byte[]> content, BitcaskStore store) {
    WriteBatch batch = new WriteBatch();
    long batchBytes = 0;
    for (Map.Entry<byte[], byte[]> entry : content.entrySet()) {
      batch.put(entry.getKey(), entry.getValue());
      batchBytes += entry.getKey().length + entry.getValue().length;
      if (batchBytes > BATCH_BYTES) {
        store.write(batch);
        batch = new WriteBatch();
        batchBytes = 0;
      }
    }
    store.write(batch);
    store.sync();
  }
}
