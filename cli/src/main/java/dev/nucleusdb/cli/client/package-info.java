/// `client`: the database from the shell.
///
/// ```
///   words ──► Operation ──► BlockingClient (thread, sockets) ──► DatabaseClient
/// ```
///
/// Imports `shell`, `serve` for the default address, and `database`.
package dev.nucleusdb.cli.client;
