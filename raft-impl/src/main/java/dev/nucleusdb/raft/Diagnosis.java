package dev.nucleusdb.raft;

import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.raft.election.Role;
import dev.nucleusdb.raft.membership.Ballots.Ballot;
import dev.nucleusdb.raft.membership.Configuration;
import dev.nucleusdb.raft.membership.Stores;
import dev.nucleusdb.raft.membership.VoteResult;
import dev.nucleusdb.raft.replication.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Why there is no leader, or why nothing is committed, as far as one member knows.
///
/// @param role what the member is
/// @param term its term
/// @param leader whom it believes to lead
/// @param commitIndex how far it knows the log to be committed
/// @param durableIndex how far its log is durable
/// @param lastIndex the end of its log
/// @param diskWaits how long its oldest unfinished write has been waiting
/// @param diskStandsStill whether that is too long
/// @param lostIndex the first entry that is damaged on its disk and not found again; 0 if none is
/// @param commitWaits how much longer a leader commits nothing, because an earlier one may serve
///   reads by a lease
/// @param transferTarget to whom it is handing leadership
/// @param missingVotes if it campaigns: who has not granted
/// @param emptied voters that count for nothing because their files were damaged and set aside
/// @param majorityIsEmptied whether the others are no quorum
/// @param peers the other voters
public record Diagnosis(
    Role role,
    long term,
    @Nullable NodeId leader,
    long commitIndex,
    long durableIndex,
    long lastIndex,
    Duration diskWaits,
    boolean diskStandsStill,
    long lostIndex,
    Duration commitWaits,
    @Nullable NodeId transferTarget,
    List<NodeId> missingVotes,
    List<NodeId> emptied,
    boolean majorityIsEmptied,
    List<Peer> peers) {

  private static final String EMPTIED =
      ": the log was damaged and set aside; no vote before a leader has filled it anew";

  private static final String NO_MAJORITY =
      "; the others are no majority: start a voter whose folder is whole, or see 'nucleus client"
          + " admin recover'";

  /// Another voter.
  ///
  /// @param id who
  /// @param silence how long it has said nothing; null if it never said anything
  /// @param following what a leader knows of its log; null if this member does not lead
  public record Peer(NodeId id, @Nullable Duration silence, @Nullable Following following) {}

  /// A follower's log, as its leader knows it.
  ///
  /// @param missingEntries how many entries it is not known to have durably
  /// @param mode how entries are sent to it
  /// @param blocked whether nothing more is sent before it answers
  /// @param snapshotPiece which piece of a snapshot is on its way to it; null if it is sent none
  /// @param isLogGone whether it needs entries that the leader does not have any more
  /// @param hasLostDisk whether it speaks from another disk than the one that it is known by
  public record Following(
      long missingEntries,
      Progress.Mode mode,
      boolean blocked,
      @Nullable Integer snapshotPiece,
      boolean isLogGone,
      boolean hasLostDisk) {}

  static Diagnosis of(
      MemberState state,
      Elections elections,
      @Nullable Leadership leadership,
      @Nullable NodeId transferTarget,
      long nowNanos) {
    boolean asks = state.role() == Role.CANDIDATE || state.role() == Role.PRE_CANDIDATE;
    List<Peer> peers = new ArrayList<>();
    for (NodeId voter : state.configuration().voters()) {
      if (!voter.equals(state.self)) {
        Long heard = state.heardNanos(voter);
        Progress progress = leadership == null ? null : leadership.followerOf(voter);
        peers.add(
            new Peer(
                voter,
                heard == null ? null : Duration.ofNanos(nowNanos - heard),
                leadership == null || progress == null
                    ? null
                    : following(state, progress, leadership.snapshotPieceTo(voter))));
      }
    }
    List<NodeId> emptied = state.emptied();
    return new Diagnosis(
        state.role(),
        state.term(),
        state.leader(),
        state.commitIndex(),
        state.durability.durableIndex(),
        state.log.lastIndex(),
        Duration.ofNanos(state.disk.waitedNanos(nowNanos)),
        nowNanos >= state.diskDeadlineNanos(),
        state.log.isSound() ? 0 : state.log.soundIndex() + 1,
        Duration.ofNanos(state.leases.waitsNanos(nowNanos)),
        transferTarget,
        asks ? elections.missing() : List.of(),
        emptied,
        isQuorumAmong(state.configuration(), emptied),
        peers);
  }

  /// Whether the others decide nothing without these.
  private static boolean isQuorumAmong(Configuration configuration, List<NodeId> emptied) {
    return configuration.vote(id -> emptied.contains(id) ? Ballot.REFUSED : Ballot.GRANTED)
        != VoteResult.WON;
  }

  private static Following following(
      MemberState state, Progress progress, @Nullable Integer snapshotPiece) {
    return new Following(
        state.log.lastIndex() - progress.matchIndex(),
        progress.mode(),
        !progress.maySend(),
        snapshotPiece,
        progress.nextIndex() - 1 < state.log.baseIndex(),
        progress.strangeStoreId() != Stores.UNKNOWN);
  }

  /// What is in the way, one line each; empty if nothing is.
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    if (leader == null) {
      addElection(lines);
    }
    if (!emptied.isEmpty()) {
      lines.add(words(emptied) + EMPTIED + (majorityIsEmptied ? NO_MAJORITY : ""));
    }
    if (diskStandsStill) {
      lines.add("the disk stands still: a write has been waiting for " + words(diskWaits));
    }
    if (lostIndex > 0) {
      lines.add(
          "entry "
              + lostIndex
              + " is damaged on this disk, perhaps others behind it: they are asked of the other"
              + " members, and until they are there this one cannot lead, nor acknowledge anything");
    } else if (durableIndex < lastIndex) {
      lines.add(
          "the disk is behind: log to "
              + lastIndex
              + ", durable to "
              + durableIndex
              + ", oldest write "
              + words(diskWaits)
              + " old");
    }
    if (role == Role.LEADER && commitIndex < lastIndex) {
      String wait =
          commitWaits.isZero()
              ? ""
              : ", for another " + words(commitWaits) + ": an earlier leader may have a lease";
      lines.add("not committed: entries " + (commitIndex + 1) + " to " + lastIndex + wait);
    }
    for (Peer peer : peers) {
      Following following = peer.following();
      if (following != null && following.hasLostDisk()) {
        lines.add(
            peer.id() + " came back with another disk: it does not count until it has caught up");
      } else if (following != null && following.missingEntries() > 0) {
        lines.add(words(peer, following));
      }
    }
    if (transferTarget != null) {
      lines.add("leadership is being handed to " + transferTarget);
    }
    return lines;
  }

  private void addElection(List<String> lines) {
    lines.add("no leader is known in term " + term);
    if (!missingVotes.isEmpty()) {
      lines.add(
          (role == Role.CANDIDATE ? "no vote from " : "no promise of a vote from ")
              + words(missingVotes));
    }
    for (Peer peer : peers) {
      lines.add(peer.id() + " " + heard(peer));
    }
  }

  private static String words(Peer peer, Following following) {
    String mode =
        switch (following.mode()) {
          case SNAPSHOT -> "piece " + following.snapshotPiece() + " of a snapshot is being sent";
          case PROBE ->
              following.isLogGone()
                  ? "it needs a snapshot, and is sent one once it is heard"
                  : "the place where its log agrees is looked for";
          case REPLICATE -> following.blocked() ? "the window is full" : "entries are being sent";
        };
    return peer.id()
        + " lacks "
        + following.missingEntries()
        + " entries, "
        + heard(peer)
        + "; "
        + mode;
  }

  private static String words(List<NodeId> nodes) {
    return nodes.stream().map(NodeId::toString).collect(Collectors.joining(", "));
  }

  private static String heard(Peer peer) {
    return peer.silence() == null
        ? "was never heard"
        : "was heard " + words(peer.silence()) + " ago";
  }

  private static String words(Duration duration) {
    return duration.toMillis() + " ms";
  }
}
