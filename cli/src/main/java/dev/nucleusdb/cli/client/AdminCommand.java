package dev.nucleusdb.cli.client;

import picocli.CommandLine.Command;

/// `nucleus client admin`: what is done by hand, and seldom.
@Command(
    name = "admin",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "OPERATION",
    subcommands = RecoverCommand.class,
    description = "What is done by hand, and seldom.")
public final class AdminCommand {}
