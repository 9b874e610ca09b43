/// `simulate` and `replay`: many worlds, or one again.
///
/// ```
///   flags ──► WorldFlags ──► Campaign (threads) ──► CampaignText, CampaignJson, page
/// ```
///
/// Imports `shell` and `scenarios`.
package dev.nucleusdb.cli.simulate;
