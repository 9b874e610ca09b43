package dev.nucleusdb.cli.bench;

import picocli.CommandLine.Command;

/// `nucleus bench`: figures.
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "WHAT",
    description = "Measures.",
    subcommands = {
      BenchSimCommand.class,
      BenchWritesCommand.class,
      BenchReadsCommand.class,
      BenchCheckCommand.class,
      BenchRaftCommand.class,
      BenchGroupsCommand.class,
      BenchStorageCommand.class
    },
    footer = {
      "",
      "Examples:",
      "  nucleus bench sim",
      "  nucleus bench reads",
      "  nucleus bench check",
      "  nucleus bench raft --systems nucleus,jraft",
      "  nucleus bench groups --groups 1,48",
      "  nucleus bench storage --engines nucleus,rocksdb",
      "  nucleus bench writes --connect 127.0.0.1:7101,127.0.0.1:7102,127.0.0.1:7103"
    })
public final class BenchCommand {}
