package dev.nucleusdb.raft.log;

import dev.nucleusdb.raft.membership.Membership;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// An entry of the log. Its index is its place and is not repeated here.
///
/// Its command is a part of an array that may hold those of others: entries that came in one
/// message share an array. Nobody changes such an array.
///
/// ```
///   bytes   [ head · entry · entry · … · tail ]
///                          └size┘
///                          ↑ offset
/// ```
///
/// A log holds very many of them: kind and size share a number, so that one takes 32 bytes and not
/// 40.
public final class Entry {
  private static final byte[] NOTHING = new byte[0];
  private static final Kind[] KINDS = {
    Kind.COMMAND, Kind.CONFIGURATION, Kind.LOST, Kind.LOST_CONFIGURATION
  };
  private static final int KIND_BITS = 2;
  private static final int SIZE_MAX = Integer.MAX_VALUE >> KIND_BITS;

  private final long term;
  private final byte[] bytes;
  private final int offset;
  private final int sizeAndKind;

  /// @param term the term of the leader that made it
  /// @param kind whom it is for
  /// @param bytes where the command is: what the state machine is to do, empty for a leader's first
  ///   entry of its term; or a membership in bytes
  /// @param offset where in `bytes` the command begins
  /// @param size bytes of the command, less than 512 MiB
  public Entry(long term, Kind kind, byte[] bytes, int offset, int size) {
    Objects.checkIndex(size, SIZE_MAX + 1);
    this.term = term;
    this.bytes = bytes;
    this.offset = offset;
    this.sizeAndKind = size << KIND_BITS | kind.code;
  }

  /// The term of the leader that made it.
  public long term() {
    return term;
  }

  /// Whom it is for.
  public Kind kind() {
    return KINDS[sizeAndKind & (1 << KIND_BITS) - 1];
  }

  /// The array in which the command is.
  public byte[] bytes() {
    return bytes;
  }

  /// Where in [#bytes] the command begins.
  public int offset() {
    return offset;
  }

  /// Bytes of the command.
  public int size() {
    return sizeAndKind >> KIND_BITS;
  }

  /// Whom an entry is for.
  public enum Kind {
    /// The state machine.
    COMMAND(0),
    /// The group itself: who takes part from here on, committed or not (thesis §4.1).
    CONFIGURATION(1),
    /// Not known: the disk has lost all but the entry's place and term. Another member has it.
    LOST(2),
    /// As [#LOST], but it is known to have been a [#CONFIGURATION].
    LOST_CONFIGURATION(3);

    /// Its place among [#KINDS]; in memory alone.
    private final int code;

    Kind(int code) {
      this.code = code;
    }
  }

  /// An entry with an array of its own.
  public Entry(long term, Kind kind, byte[] command) {
    this(term, kind, command, 0, command.length);
  }

  /// An entry for the state machine, with an array of its own.
  public Entry(long term, byte[] command) {
    this(term, Kind.COMMAND, command);
  }

  /// The entry with which a leader begins its term (§5.4.2, thesis §6.4): once it is committed, so
  /// is everything before it.
  public static Entry noOp(long term) {
    return new Entry(term, NOTHING);
  }

  /// An entry that says who takes part from here on.
  public static Entry configuration(long term, Membership membership) {
    return new Entry(term, Kind.CONFIGURATION, membership.toBytes());
  }

  /// An entry of which only place and term are left.
  ///
  /// @param configuration whether it said who takes part
  public static Entry lost(long term, boolean configuration) {
    Kind kind = configuration ? Kind.LOST_CONFIGURATION : Kind.LOST;
    return new Entry(term, kind, NOTHING);
  }

  /// Whether only its place and term are left.
  public boolean isLost() {
    return kind() == Kind.LOST || kind() == Kind.LOST_CONFIGURATION;
  }

  /// The command in an array that holds nothing else: a copy, unless the entry has one of its own.
  public byte[] command() {
    return isAlone() ? bytes : Arrays.copyOfRange(bytes, offset, offset + size());
  }

  /// The same entry with an array of its own, so that it keeps nothing else in memory.
  public Entry alone() {
    return isAlone() ? this : new Entry(term, kind(), command());
  }

  private boolean isAlone() {
    return size() == bytes.length;
  }

  /// Whether it carries no command.
  public boolean isNoOp() {
    return kind() == Kind.COMMAND && size() == 0;
  }

  /// How many bytes the state machine is handed for it: none, if it is not for it.
  public int sizeForMachine() {
    return kind() == Kind.COMMAND ? size() : 0;
  }

  /// Who takes part from here on, or null if the entry does not speak of it.
  public @Nullable Membership membership() {
    return kind() == Kind.CONFIGURATION ? Membership.ofBytes(command()) : null;
  }

  /// Whether both say the same, wherever their commands are.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Entry that
        && term == that.term
        && sizeAndKind == that.sizeAndKind
        && Arrays.equals(
            bytes, offset, offset + size(), that.bytes, that.offset, that.offset + size());
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(term) + ByteBuffer.wrap(bytes, offset, size()).hashCode();
  }

  @Override
  public String toString() {
    return kind() + " of term " + term + ", " + size() + " bytes";
  }
}
