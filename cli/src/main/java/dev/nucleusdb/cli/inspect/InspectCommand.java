package dev.nucleusdb.cli.inspect;

import picocli.CommandLine.Command;

/// `nucleus inspect`: parts of the house, looked at from outside.
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "WHAT",
    description = "Looks at parts of the house from outside.",
    subcommands = {RaftScriptsCommand.class},
    footer = {"", "Example:", "  nucleus inspect raft-scripts DIR"})
public final class InspectCommand {}
