package dev.nucleusdb.cli.inspect;

import picocli.CommandLine.Command;

/// `nucleus inspect`: parts of the house, looked at from outside.
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "WHAT",
    description = "Looks at parts of the house from outside.",
    subcommands = {
      StoreReportCommand.class,
      VerifyStoreCommand.class,
      RepairStoreCommand.class,
      PrintFileCommand.class,
      ImportStoreCommand.class,
      RaftScriptsCommand.class
    },
    footer = {"", "Example:", "  nucleus inspect verify nucleus-data"})
public final class InspectCommand {}
