/// What a loss of power may leave, as choices that somebody makes: chance, or a search that makes
/// all of them.
///
/// ```
///   FileSystem ──► which questions are asked: names in order or each for itself, pages torn or whole
///   Choices    ──► the answers: DrawnChoices by chance, EnumeratedChoices one after the other
/// ```
///
/// Imports `core.random`. The personalities follow Pillai et al. (OSDI 2014) for crashes and
/// Rebello et al. (ATC 2020) for failed syncs; read `FileSystem` first.
package dev.nucleusdb.sim.disk.legal;
