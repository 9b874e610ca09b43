package dev.nucleusdb.scenarios.bug;

import dev.nucleusdb.bitcask.BitcaskRules;
import dev.nucleusdb.bitcask.merge.InstallStep;
import dev.nucleusdb.bitcask.recovery.TailRule;
import dev.nucleusdb.scenarios.bug.disk.RottingDisk;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// Bugs in the store.
final class StoreBugs {
  private StoreBugs() {}

  static List<Bug> all() {
    List<Bug> bugs = new ArrayList<>(aboutRecords());
    bugs.addAll(aboutMerges());
    bugs.addAll(aboutTheWholeStore());
    return bugs;
  }

  private static List<Bug> aboutRecords() {
    return List.of(
        rules(
            "older-record-wins",
            "recovery lets any later place win, also an old record that a merge has moved",
            "basho/bitcask 148",
            rules -> rules.withSupersede((found, known) -> true)),
        rules(
            "torn-record-accepted",
            "recovery believes frames of the store whose checksum is wrong",
            "basho/bitcask 15007b6",
            rules -> rules.withFrameCheck((stored, computed) -> true)),
        new Bug(
            "damage-cut-away",
            "recovery cuts the file at any bad frame, also below what was durable, on a disk that rots",
            "Protocol-Aware Recovery, FAST 2018",
            blueprint ->
                blueprint
                    .withSeams(RottingDisk::underStore)
                    .withBitcaskRules(
                        blueprint
                            .bitcaskRules()
                            .withTail((badOffset, durableBytes) -> TailRule.Judgement.CUT))),
        rules(
            "first-record-wins",
            "recovery keeps the first record of a key that it finds",
            "basho/bitcask fa7c52c",
            rules -> rules.withSupersede((found, known) -> false)),
        rules(
            "torn-end-refused",
            "recovery takes every torn end for damage",
            "HaloDB 4a90338; Kafka before KAFKA-3919",
            rules -> rules.withTail((badOffset, durableBytes) -> TailRule.Judgement.CORRUPT)),
        rules(
            "sync-claims-too-much",
            "a sync that has completed counts for what was written while it was under way",
            "redpanda 8a4b612d47",
            rules -> rules.withSynced((atCall, atCompletion) -> atCompletion)));
  }

  private static List<Bug> aboutMerges() {
    return List.of(
        rules(
            "tombstone-dropped",
            "a merge drops tombstones whose key still stands in an older file",
            "basho/bitcask 82",
            rules -> rules.withTombstone((tombstone, lowestOutside) -> true)),
        rules(
            "hint-without-tombstones",
            "hints leave tombstones out, so that a delete is forgotten at the next open",
            "rosedb 258; basho/bitcask 171",
            rules -> rules.withHint(tombstone -> !tombstone)),
        rules(
            "merge-forgets-to-sync",
            "a merge names its outputs before they are durable, and removes its inputs",
            "rosedb merge.go",
            rules ->
                rules.withInstallOrder(() ->
                    List.of(
                        InstallStep.SWITCH_MANIFEST,
                        InstallStep.MOVE_INDEX,
                        InstallStep.DELETE_INPUTS,
                        InstallStep.SYNC_WITNESSES,
                        InstallStep.SYNC_OUTPUTS))),
        rules(
            "inputs-deleted-first",
            "a merge removes its inputs before the manifest names its outputs",
            "basho/bitcask 956cec0; NucleusDB 3",
            rules ->
                rules.withInstallOrder(() ->
                    List.of(
                        InstallStep.SYNC_WITNESSES,
                        InstallStep.SYNC_OUTPUTS,
                        InstallStep.DELETE_INPUTS,
                        InstallStep.SWITCH_MANIFEST,
                        InstallStep.MOVE_INDEX))));
  }

  private static List<Bug> aboutTheWholeStore() {
    return List.of(
        new Bug(
            "applied-index-forgotten",
            "a restarted store does not know which commands it holds already",
            "etcd 13766",
            blueprint -> blueprint.withStore(OtherStore.IndexForgotten::new)),
        new Bug(
            "store-never-synced",
            "the store says durable without a sync, and the log before is dropped",
            "etcd 437bcb8; Badger c20628f",
            blueprint -> blueprint.withStore(OtherStore.DurableTooSoon::new)),
        new Bug(
            "applied-index-ahead",
            "a restarted store says that it holds one more command than it does",
            "raft-rs 7e7322b; ratis 502",
            blueprint -> blueprint.withStore(CarelessStore.IndexAhead::new)),
        new Bug(
            "stale-cache",
            "a cache in front of the store does not hear of deletes",
            "HaloDB 929206b",
            blueprint -> blueprint.withStore(CarelessStore.StaleCache::new)),
        new Bug(
            "batch-split",
            "the last part of each batch is written with the next one",
            "TiKV 4.0.8, raft-engine; LevelDB issue 333",
            blueprint -> blueprint.withStore(CarelessStore.BatchSplit::new)));
  }

  private static Bug rules(
      String name, String description, String source, UnaryOperator<BitcaskRules> change) {
    return new Bug(
        name,
        description,
        source,
        blueprint -> blueprint.withBitcaskRules(change.apply(blueprint.bitcaskRules())));
  }
}
