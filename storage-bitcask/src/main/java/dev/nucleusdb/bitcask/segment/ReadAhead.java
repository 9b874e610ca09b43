package dev.nucleusdb.bitcask.segment;

import dev.nucleusdb.bitcask.index.OrderedKeydir;
import dev.nucleusdb.bitcask.index.Place;

/// Tells the files what a scan will read next. Records stand in the order in which they were
/// written, so a scan in the order of keys reads here and there, and would wait for memory at each
/// record.
public final class ReadAhead {
  /// So many records are told of at once: about as many fetches as a processor has under way.
  private static final int RECORDS = 32;

  /// Who moves less than this does not scan.
  private static final int MOVES_MIN = 4;

  private final SegmentFolder folder;
  private final OrderedKeydir.Cursor cursor;
  private final long[] places = new long[RECORDS];
  private int moves;

  /// How many moves are left within what was told of.
  private int left;

  /// @param cursor of this read-ahead alone, over what is scanned
  public ReadAhead(SegmentFolder folder, OrderedKeydir.Cursor cursor) {
    this.folder = folder;
    this.cursor = cursor;
  }

  /// The scan stands elsewhere.
  public void restart() {
    moves = 0;
    left = 0;
  }

  /// The scan is about to go to the next key, or the one before.
  ///
  /// @param from the key that it stands at
  public void moves(byte[] from, boolean forwards) {
    moves++;
    if (moves < MOVES_MIN || --left > 0) {
      return;
    }
    boolean more = moves > MOVES_MIN || (forwards ? cursor.seek(from) : cursor.seekLast(from));
    int count = 0;
    while (more && count < RECORDS) {
      more = forwards ? cursor.next() : cursor.previous();
      if (more) {
        places[count++] = cursor.place();
      }
    }
    for (int i = 0; i < count; i++) {
      long place = places[i];
      int bytes = (int) Math.max(1, Place.sizeBytes(place));
      folder.segmentOf(place).file().willRead(Place.offset(place), bytes);
    }
    left = more ? RECORDS : Integer.MAX_VALUE;
  }
}
