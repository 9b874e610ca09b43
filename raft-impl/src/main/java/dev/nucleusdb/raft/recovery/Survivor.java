package dev.nucleusdb.raft.recovery;

import static dev.nucleusdb.core.assertion.Assertions.require;

import dev.nucleusdb.core.disk.Disk;
import dev.nucleusdb.core.disk.DiskFile;
import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.node.Member;
import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.core.random.RandomSource;
import dev.nucleusdb.core.trace.Trace;
import dev.nucleusdb.raft.group.GroupHost;
import dev.nucleusdb.raft.group.HostOptions;
import dev.nucleusdb.raft.log.Entry;
import dev.nucleusdb.raft.log.HardState;
import dev.nucleusdb.raft.log.LogRule;
import dev.nucleusdb.raft.log.RaftLog;
import dev.nucleusdb.raft.log.WriteAheadLog;
import dev.nucleusdb.raft.membership.ClusterId;
import dev.nucleusdb.raft.membership.Configuration;
import dev.nucleusdb.raft.membership.Membership;
import dev.nucleusdb.raft.membership.Stores;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What is left of a group on the disk of a node that is down.
///
/// When a majority is lost for good, nobody can say any more what was committed. Somebody may then
/// decide that the history goes on with what one node has: it becomes a cluster of its own, with
/// another [ClusterId], of which it is the only voter. Others are taken in with empty disks.
///
/// Whatever a majority had acknowledged without this node is lost, and whatever it has that was
/// never committed is committed now. So it takes a word that this is understood, and the log that
/// is most up to date.
public final class Survivor {
  private final WriteAheadLog wal;
  private final RandomSource random;
  private final Disk disk;
  private final HardState hardState;
  private final RaftLog log;

  private Survivor(Disk disk, WriteAheadLog wal, RandomSource random) {
    this.disk = disk;
    this.wal = wal;
    this.random = random;
    this.hardState = wal.recovered(GroupHost.LONE_GROUP).hardState();
    this.log = wal.recovered(GroupHost.LONE_GROUP).toLog();
  }

  /// Opens what a node has; it must not run.
  ///
  /// @param random for another cluster's id
  /// @throws dev.nucleusdb.core.disk.CorruptionException if the log is damaged
  /// @throws IllegalArgumentException if there is no log
  public static Survivor open(Disk disk, RandomSource random) {
    require(!disk.list(GroupHost.DIRECTORY).isEmpty(), "there is no log in the folder");
    return new Survivor(
        disk,
        WriteAheadLog.open(
            disk,
            GroupHost.DIRECTORY,
            HostOptions.DEFAULT.segmentSizeBytes(),
            LogRule.RAFT,
            Trace.NONE,
            random),
        random);
  }

  /// Where its log ends.
  public long lastIndex() {
    return log.lastIndex();
  }

  /// To which cluster it belongs.
  public long clusterId() {
    return wal.clusterId();
  }

  /// Who takes part, as its log says; null if it does not.
  public @Nullable Membership membership() {
    return log.membership();
  }

  /// Whether its log is at least as up to date as another's (Raft, §5.4.1), of the same cluster.
  public boolean isAtLeast(Survivor other) {
    int terms = Long.compare(log.lastTerm(), other.log.lastTerm());
    return clusterId() == other.clusterId()
        && (terms > 0 || (terms == 0 && lastIndex() >= other.lastIndex()));
  }

  /// Why this cannot go on alone; null if it can.
  ///
  /// @param address where it is, if its log does not say so
  public @Nullable String obstacle(NodeId self, @Nullable Address address) {
    Membership now = membership();
    if (lastIndex() == 0) {
      return "its log is empty";
    }
    if (now != null && now.member(self) == null) {
      return self + " is no member: its log names " + now.configuration().members();
    }
    long bound = now == null ? Stores.UNKNOWN : now.stores().of(self);
    if (bound == Stores.UNKNOWN ? Stores.isReplacement(wal.storeId()) : bound != wal.storeId()) {
      return "its log is no whole one: it was lost or damaged, and not filled again to its end";
    }
    return now == null && address == null
        ? "its log does not say where " + self + " is: say it with --address"
        : null;
  }

  /// Which entry it would need that its disk has lost; null if none. Without others nobody has it.
  ///
  /// @param appliedIndex how far its store is, durably: what is up to there is needed no more
  public @Nullable String hole(long appliedIndex) {
    long lost = log.lastLostUpTo(Long.MAX_VALUE);
    return lost <= appliedIndex
        ? null
        : "entry "
            + lost
            + " of its log is damaged, and its store does not have it: start it beside another"
            + " member, or recover that one";
  }

  /// What there is, and what becomes of it, in lines.
  ///
  /// @param appliedIndex how far its store is, durably: committed at least so far
  public List<String> report(NodeId self, long appliedIndex) {
    List<String> lines = new ArrayList<>();
    lines.add(
        self
            + ": term "
            + hardState.term()
            + ", log to entry "
            + lastIndex()
            + " of term "
            + log.lastTerm()
            + ", store to entry "
            + appliedIndex
            + ", "
            + clusterWords(clusterId()));
    Membership now = membership();
    if (now != null) {
      lines.add(
          "cut off for ever: "
              + now.configuration().members().stream().filter(id -> !id.equals(self)).toList());
    }
    lines.add("kept: everything to entry " + lastIndex());
    if (appliedIndex < lastIndex()) {
      lines.add(
          "entries "
              + (appliedIndex + 1)
              + " to "
              + lastIndex()
              + " may never have been committed; they will be");
    }
    lines.add(
        "lost: whatever the others acknowledged without "
            + self
            + " after entry "
            + lastIndex()
            + " of term "
            + log.lastTerm());
    return lines;
  }

  private static String clusterWords(long clusterId) {
    int generation = ClusterId.generation(clusterId);
    return generation == 0 ? "never recovered" : "recovered " + generation + " times";
  }

  /// Makes it a cluster of its own. Its log gets an entry of a later term that says so, which is
  /// replicated to all who are taken in, and the disk a file that people can read.
  ///
  /// @param address where it is, if its log does not say so
  /// @param record lines for that file
  /// @return the file
  public String becomeCluster(NodeId self, @Nullable Address address, List<String> record) {
    String reason = obstacle(self, address);
    require(reason == null, "%s cannot go on alone: %s", self, reason);
    long clusterId = ClusterId.next(clusterId(), random.nextLong());
    // First: what follows must never be taken for news of the cluster that was.
    wal.enterCluster(clusterId);
    String file = "recovered-" + ClusterId.generation(clusterId) + ".txt";
    write(file, String.join("\n", record) + "\n");
    long term = hardState.term() + 1;
    Member here = new Member(self, addressOf(self, address));
    Entry alone = Entry.configuration(term, alone(here, wal.storeId()));
    wal.append(GroupHost.LONE_GROUP, new HardState(term, null), lastIndex() + 1, List.of(alone));
    // Said again behind the entry, which makes both durable.
    wal.enterCluster(clusterId);
    return file;
  }

  /// The membership of a cluster of one.
  ///
  /// @param storeId the disk that it is known by
  public static Membership alone(Member self, long storeId) {
    return new Membership(
        Configuration.ofVoters(List.of(self.id())),
        List.of(self),
        new Stores(List.of(new Stores.Bound(self.id(), storeId))));
  }

  private Address addressOf(NodeId self, @Nullable Address said) {
    Membership now = membership();
    Member known = now == null ? null : now.member(self);
    return said != null || known == null
        ? Objects.requireNonNull(said, "as the obstacles say")
        : known.address();
  }

  private void write(String path, String text) {
    if (disk.exists(path)) {
      disk.delete(path);
    }
    DiskFile file = disk.open(path, Disk.OpenMode.CREATE);
    file.append(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    file.syncNow();
    file.close();
    disk.syncDirectory("");
  }

  /// Lets the files go.
  public void close() {
    wal.close();
  }
}
