package dev.nucleusdb.scenarios.bug;

import dev.nucleusdb.bitcask.BitcaskRules;
import dev.nucleusdb.bitcask.merge.InstallStep;
import dev.nucleusdb.scenarios.bug.disk.SloppyDisk;
import dev.nucleusdb.scenarios.bug.disk.SloppyDisk.Sloppiness;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// Bugs with which stores of this kind have lost data, or all of it. Their witnesses are lives of
/// one store alone.
final class IncidentBugs {
  private IncidentBugs() {}

  static List<Bug> all() {
    List<Bug> bugs = new ArrayList<>(ofAppends());
    bugs.addAll(ofSyncs());
    bugs.addAll(ofFiles());
    bugs.addAll(ofMerges());
    bugs.addAll(ofWhatIsShown());
    return bugs;
  }

  private static List<Bug> ofAppends() {
    return List.of(
        sloppy(
            "failed-append-left",
            "what a failed append left is not cut off, and the next batch stands behind it",
            "rosedb/wal segment.go; rocksdb-js 748; dittofs 2245",
            Sloppiness.CUTS_NOTHING),
        sloppy(
            "short-write-not-finished",
            "a long record is copied in part, and nobody looks how much was written",
            "HaloDB CompactionManager",
            Sloppiness.WRITES_SHORT),
        sloppy(
            "last-chunk-missed",
            "a file whose size is a multiple of the chunk is read without its last chunk",
            "basho/bitcask e3ae214",
            Sloppiness.MISSES_LAST_CHUNK),
        sloppy(
            "read-error-is-the-end",
            "recovery takes a read that failed for the end of the file",
            "RocksDB 6963",
            Sloppiness.READS_PAST_ERRORS));
  }

  private static List<Bug> ofSyncs() {
    return List.of(
        sloppy(
            "manifest-not-synced",
            "a new manifest gets its name before its bytes are durable",
            "RocksDB 10185; Pebble, April 2026",
            Sloppiness.SYNCS_NO_MANIFEST),
        sloppy(
            "sealed-file-not-synced",
            "a file is sealed, and left for the next one, before it is durable",
            "RocksDB 10560",
            Sloppiness.SYNCS_NO_SEALED_FILE),
        sloppy(
            "repair-not-synced",
            "what recovery found and cut is not made durable, and a crash brings back what it cut",
            "HaloDB 0.4.2",
            Sloppiness.SYNCS_NO_REPAIR),
        sloppy(
            "length-not-synced",
            "a sync covers the bytes and not the length of a file that has grown",
            "sled 1077",
            Sloppiness.SYNCS_OLD_LENGTH));
  }

  private static List<Bug> ofFiles() {
    return List.of(
        sloppy(
            "handle-leaked",
            "files that are read are never closed",
            "basho/bitcask c174af6, 52bce9c",
            Sloppiness.CLOSES_NO_READER),
        sloppy(
            "room-kept-behind-a-seal",
            "a file is sealed with the room that was reserved behind its end, and is found too long",
            "of this house: the first thing to go wrong when room is reserved",
            Sloppiness.KEEPS_ROOM),
        sloppy(
            "merged-files-kept",
            "files that were merged are never removed, until the disk is full",
            "nutsdb 77, 488, 491",
            Sloppiness.DELETES_NO_DATA),
        sloppy(
            "renamed-in-two-steps",
            "the old manifest is removed first, and then the new one gets its name",
            "rosedb 342",
            Sloppiness.RENAMES_IN_TWO_STEPS),
        sloppy(
            "manifest-written-over",
            "a new manifest is written over the old one, in its place",
            "MapDB 550 and 706, a header that is broken after a kill",
            Sloppiness.COPIES_OVER));
  }

  private static List<Bug> ofMerges() {
    return List.of(
        rules(
            "merge-overwrites-newer",
            "a merge points the index at its copy, whatever was written meanwhile",
            "nutsdb 392; basho/bitcask 4ab96d4",
            rules -> rules.withMove((current, copied) -> true)),
        rules(
            "tombstones-never-dropped",
            "merges carry every tombstone on, for ever",
            "basho/bitcask 196; nutsdb 77",
            rules -> rules.withTombstone((tombstone, lowestOutside) -> false)),
        rules(
            "successors-not-synced",
            "a merge drops a record whose successor is not durable yet",
            "Badger 12dea02",
            rules ->
                rules.withInstallOrder(() ->
                    List.of(
                        InstallStep.SYNC_OUTPUTS,
                        InstallStep.SWITCH_MANIFEST,
                        InstallStep.MOVE_INDEX,
                        InstallStep.DELETE_INPUTS))),
        rules(
            "index-moved-before-the-switch",
            "the index points at a merge's copies before the manifest names them",
            "basho/bitcask 150; rosedb 242",
            rules ->
                rules.withInstallOrder(() ->
                    List.of(
                        InstallStep.SYNC_WITNESSES,
                        InstallStep.SYNC_OUTPUTS,
                        InstallStep.MOVE_INDEX,
                        InstallStep.SWITCH_MANIFEST,
                        InstallStep.DELETE_INPUTS))));
  }

  private static List<Bug> ofWhatIsShown() {
    return List.of(
        new Bug(
            "deleted-before-written",
            "a delete leaves the index before its tombstone is written, also if that fails",
            "HaloDB",
            blueprint -> blueprint.withStore(CarelessStore.DeletesFirst::new)),
        new Bug(
            "snapshot-misses-its-epoch",
            "a snapshot shows what was written before its last batch, and not that batch",
            "basho/bitcask 091fea6",
            blueprint -> blueprint.withStore(CarelessStore.SnapshotWithoutLast::new)),
        new Bug(
            "snapshot-begins-late",
            "a snapshot begins with its first read",
            "basho/bitcask 44b9a1b",
            blueprint -> blueprint.withStore(CarelessStore.SnapshotAtFirstRead::new)),
        new Bug(
            "snapshot-follows-the-writes",
            "a snapshot shows what was written since it was taken",
            "basho/bitcask de71701 and aab5137",
            blueprint -> blueprint.withStore(CarelessStore.SnapshotOfNow::new)),
        new Bug(
            "damage-read-as-absence",
            "a record that cannot be read counts as one that is not there",
            "basho/bitcask a9aada3; HaloDB, reads without a checksum",
            blueprint -> blueprint.withStore(CarelessStore.DamageIsAbsence::new)));
  }

  private static Bug sloppy(String name, String description, String source, Sloppiness how) {
    return new Bug(
        name, description, source, blueprint -> blueprint.withSeams(SloppyDisk.that(how)));
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
