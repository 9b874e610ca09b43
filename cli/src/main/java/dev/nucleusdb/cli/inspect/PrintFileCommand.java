package dev.nucleusdb.cli.inspect;

import dev.nucleusdb.bitcask.cipher.WrongKeyException;
import dev.nucleusdb.bitcask.inspect.FilePrinter;
import dev.nucleusdb.cli.shell.ExitCode;
import dev.nucleusdb.cli.shell.UsageException;
import dev.nucleusdb.core.disk.DiskException;
import dev.nucleusdb.core.system.FileDisk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `nucleus inspect file`: any file of a store, line by line.
@Command(
    name = "file",
    mixinStandardHelpOptions = true,
    description = {
      "Prints a file of a store: a manifest, data file, hint or saved index, as far as it can be",
      "read. Exit code 1 if some of it cannot. The bytes are described in docs/formats/bitcask.md."
    },
    footer = {"", "Example:", "  nucleus inspect file nucleus-data/store/data-0000000001.bitcask"})
public final class PrintFileCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "FILE", description = "A file in the folder of a store.")
  Path file = Path.of("");

  @Mixin KeyOption key = new KeyOption();

  @Override
  public Integer call() {
    Path absolute = file.toAbsolutePath().normalize();
    Path folder = absolute.getParent();
    Path above = folder == null ? null : folder.getParent();
    if (folder == null || above == null || !Files.isRegularFile(absolute)) {
      throw new UsageException("there is no file " + file);
    }
    try (FileDisk disk = FileDisk.look(above)) {
      String directory = String.valueOf(folder.getFileName());
      String name = String.valueOf(absolute.getFileName());
      boolean whole = new FilePrinter(System.out::println, key.key()).print(disk, directory, name);
      return whole ? ExitCode.OK : ExitCode.VIOLATION;
    } catch (DiskException | IllegalArgumentException | WrongKeyException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }
}
