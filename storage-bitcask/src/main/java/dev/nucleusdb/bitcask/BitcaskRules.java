package dev.nucleusdb.bitcask;

import dev.nucleusdb.bitcask.cipher.NonceRule;
import dev.nucleusdb.bitcask.format.FrameCheck;
import dev.nucleusdb.bitcask.hint.HintRule;
import dev.nucleusdb.bitcask.merge.InstallOrder;
import dev.nucleusdb.bitcask.merge.MoveRule;
import dev.nucleusdb.bitcask.merge.TombstoneRule;
import dev.nucleusdb.bitcask.recovery.SupersedeRule;
import dev.nucleusdb.bitcask.recovery.TailRule;

/// The decisions on which the safety of the engine rests, each a question of two lines with one
/// right answer. They can be handed in so that a test can ask what would catch a wrong one.
///
/// @param frameCheck is what was read what was written?
/// @param supersede which of two records of a key counts?
/// @param tail are bytes that are no frame a torn end, or damage?
/// @param tombstone may a merge drop this tombstone?
/// @param move may the index be pointed at a merge's copy?
/// @param installOrder in which order is a merge put in force?
/// @param synced what is durable once a sync has completed?
/// @param nonce under which nonce is a record encrypted?
/// @param hint does a record go into the hint of its file?
/// @param free are the parts of a large value freed that no key has any more?
public record BitcaskRules(
    FrameCheck frameCheck,
    SupersedeRule supersede,
    TailRule tail,
    TombstoneRule tombstone,
    MoveRule move,
    InstallOrder installOrder,
    SyncedRule synced,
    NonceRule nonce,
    HintRule hint,
    FreeRule free) {

  /// The right answers.
  public static final BitcaskRules DEFAULT =
      new BitcaskRules(
          FrameCheck.EQUAL,
          SupersedeRule.HIGHER_SEQUENCE,
          TailRule.DURABLE_IS_NEVER_CUT,
          TombstoneRule.NOTHING_OLDER_OUTSIDE,
          MoveRule.UNCHANGED,
          InstallOrder.DURABLE_BEFORE_NAMED,
          SyncedRule.AT_THE_CALL,
          NonceRule.FRESH,
          HintRule.ALL,
          FreeRule.ALWAYS);

  /// The same with another frame check.
  public BitcaskRules withFrameCheck(FrameCheck rule) {
    return new BitcaskRules(
        rule, supersede, tail, tombstone, move, installOrder, synced, nonce, hint, free);
  }

  /// The same with another rule for superseding.
  public BitcaskRules withSupersede(SupersedeRule rule) {
    return new BitcaskRules(
        frameCheck, rule, tail, tombstone, move, installOrder, synced, nonce, hint, free);
  }

  /// The same with another rule for damaged ends.
  public BitcaskRules withTail(TailRule rule) {
    return new BitcaskRules(
        frameCheck, supersede, rule, tombstone, move, installOrder, synced, nonce, hint, free);
  }

  /// The same with another rule for tombstones.
  public BitcaskRules withTombstone(TombstoneRule rule) {
    return new BitcaskRules(
        frameCheck, supersede, tail, rule, move, installOrder, synced, nonce, hint, free);
  }

  /// The same with another rule for moves of the index.
  public BitcaskRules withMove(MoveRule rule) {
    return new BitcaskRules(
        frameCheck, supersede, tail, tombstone, rule, installOrder, synced, nonce, hint, free);
  }

  /// The same with another order of installing a merge.
  public BitcaskRules withInstallOrder(InstallOrder rule) {
    return new BitcaskRules(
        frameCheck, supersede, tail, tombstone, move, rule, synced, nonce, hint, free);
  }

  /// The same with another rule for what a sync has covered.
  public BitcaskRules withSynced(SyncedRule rule) {
    return new BitcaskRules(
        frameCheck, supersede, tail, tombstone, move, installOrder, rule, nonce, hint, free);
  }

  /// The same with another rule for nonces.
  public BitcaskRules withNonce(NonceRule rule) {
    return new BitcaskRules(
        frameCheck, supersede, tail, tombstone, move, installOrder, synced, rule, hint, free);
  }

  /// The same with another rule for hints.
  public BitcaskRules withHint(HintRule rule) {
    return new BitcaskRules(
        frameCheck, supersede, tail, tombstone, move, installOrder, synced, nonce, rule, free);
  }

  /// The same with another rule for freeing.
  public BitcaskRules withFree(FreeRule rule) {
    return new BitcaskRules(
        frameCheck, supersede, tail, tombstone, move, installOrder, synced, nonce, hint, rule);
  }
}
