package dev.nucleusdb.linearizability.reader;

import dev.nucleusdb.linearizability.history.Action;
import java.util.Optional;
import java.util.function.Function;

/// How to read a history. The readings of nil and of failure decide verdicts; where they are empty,
/// the format decides:
///
/// | | nil from a read | a failed `cas` |
/// |---|---|---|
/// | EDN | unknown, as Knossos reads it | dropped, as Knossos reads it |
/// | console log | absent | observed: a client that lost its answer says `info` |
/// | JSON lines | absent | dropped: a refusal is written as `ok` with `false` |
///
/// @param format how the file is written
/// @param nilMeaning what nil from a read means, or empty for the format's own reading
/// @param failMeaning what a failed `cas` means, or empty for the format's own reading
/// @param maxSizeBytes the largest file that is read, 1 to 1 GiB; default 128 MiB
/// @param objection what keeps the judge from judging an action, in words that end "expected ...",
///   or empty
public record ReadOptions(
    HistoryFormat format,
    Optional<NilMeaning> nilMeaning,
    Optional<FailMeaning> failMeaning,
    long maxSizeBytes,
    Function<Action, Optional<String>> objection) {
  private static final long DEFAULT_MAX_SIZE_BYTES = 128L << 20;
  private static final long LARGEST_MAX_SIZE_BYTES = 1L << 30;

  /// Checks the size.
  ///
  /// @throws IllegalArgumentException if the size is not from 1 to 1 GiB
  public ReadOptions {
    if (maxSizeBytes < 1 || maxSizeBytes > LARGEST_MAX_SIZE_BYTES) {
      throw new IllegalArgumentException(
          "maxSizeBytes must be from 1 to " + LARGEST_MAX_SIZE_BYTES + ", but was " + maxSizeBytes);
    }
  }

  /// Any format, each with its own readings, for any model.
  public static ReadOptions defaults() {
    return new ReadOptions(
        HistoryFormat.AUTO,
        Optional.empty(),
        Optional.empty(),
        DEFAULT_MAX_SIZE_BYTES,
        _ -> Optional.empty());
  }

  /// The same in a given format.
  public ReadOptions in(HistoryFormat otherFormat) {
    return new ReadOptions(otherFormat, nilMeaning, failMeaning, maxSizeBytes, objection);
  }

  /// The same with another reading of nil.
  public ReadOptions withNil(NilMeaning meaning) {
    return new ReadOptions(format, Optional.of(meaning), failMeaning, maxSizeBytes, objection);
  }

  /// The same with another reading of a failed `cas`.
  public ReadOptions withFail(FailMeaning meaning) {
    return new ReadOptions(format, nilMeaning, Optional.of(meaning), maxSizeBytes, objection);
  }

  /// The same with another bound on the size.
  ///
  /// @throws IllegalArgumentException if the size is not from 1 to 1 GiB
  public ReadOptions atMost(long sizeBytes) {
    return new ReadOptions(format, nilMeaning, failMeaning, sizeBytes, objection);
  }

  /// The same for a judge with objections, which then become errors that name their line.
  public ReadOptions judgedBy(Function<Action, Optional<String>> otherObjection) {
    return new ReadOptions(format, nilMeaning, failMeaning, maxSizeBytes, otherObjection);
  }
}
