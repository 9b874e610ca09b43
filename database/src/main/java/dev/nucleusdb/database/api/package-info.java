/// What can be asked of the database, and what comes of it.
///
/// ```
///   Operation ──► Reply      what the store answered
///             ──► Outcome    what the client knows: Ok(reply), Failed (no effect), Unknown
/// ```
///
/// Imports `core.assertion`. Everything else in `database` imports this.
package dev.nucleusdb.database.api;
