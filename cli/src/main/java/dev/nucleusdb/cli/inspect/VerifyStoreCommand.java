package dev.nucleusdb.cli.inspect;

import dev.nucleusdb.bitcask.cipher.WrongKeyException;
import dev.nucleusdb.bitcask.inspect.Finding;
import dev.nucleusdb.bitcask.inspect.Verification;
import dev.nucleusdb.cli.shell.ExitCode;
import dev.nucleusdb.cli.shell.Json;
import dev.nucleusdb.cli.shell.UsageException;
import dev.nucleusdb.core.disk.DiskException;
import dev.nucleusdb.core.system.FileDisk;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `nucleus inspect verify`: every byte of a store is read and held to its checksums.
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Reads every byte of a store and says what is wrong with it. Changes nothing.",
      "Exit code 1 if records are lost. For a store that no process writes to. An encrypted store is",
      "verified without its key as well; with it, also that nobody has altered it who lacks the key."
    },
    footer = {"", "Example:", "  nucleus inspect verify nucleus-data"})
public final class VerifyStoreCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "DIR", description = "The folder of a store or a node.")
  Path folder = Path.of("");

  @Option(names = "--json", description = "Ends with one line of JSON.")
  boolean json;

  @Mixin KeyOption key = new KeyOption();

  @Override
  public Integer call() {
    StoreFolder store = StoreFolder.of(folder);
    try (FileDisk disk = store.look()) {
      Verification.Result result = Verification.of(disk, store.name(), key.key());
      StringBuilder text = new StringBuilder();
      result.findings().forEach(finding -> text.append(finding).append('\n'));
      text.append(
          "%s: %,d records in %,d frames of %d data files, %,d bytes%n"
              .formatted(
                  result.hasDamage() ? "DAMAGED" : "whole",
                  result.records(),
                  result.frames(),
                  result.files(),
                  result.bytes()));
      (json ? System.err : System.out).print(text);
      if (json) {
        System.out.println(line(result));
      }
      return result.hasDamage() ? ExitCode.VIOLATION : ExitCode.OK;
    } catch (DiskException | WrongKeyException e) {
      throw new UsageException("cannot read " + store + ": " + e.getMessage());
    }
  }

  private static String line(Verification.Result result) {
    List<String> findings = result.findings().stream().map(VerifyStoreCommand::line).toList();
    return "{\"damaged\":%b,\"files\":%d,\"frames\":%d,\"records\":%d,\"bytes\":%d,\"findings\":[%s]}"
        .formatted(
            result.hasDamage(),
            result.files(),
            result.frames(),
            result.records(),
            result.bytes(),
            String.join(",", findings));
  }

  private static String line(Finding finding) {
    return "{\"severity\":%s,\"file\":%s,\"offset\":%d,\"detail\":%s}"
        .formatted(
            Json.quoted(finding.severity() == Finding.Severity.DAMAGE ? "damage" : "harmless"),
            Json.quoted(finding.file()),
            finding.offset(),
            Json.quoted(finding.detail()));
  }
}
