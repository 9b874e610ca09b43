package dev.nucleusdb.scenarios.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

/// A log of frames says what a sorted map would.
class FrameLogProperties {
  @Property
  void a_log_of_frames_is_a_sorted_map_whose_end_each_new_frame_cuts(
      @ForAll @Size(max = 300) long[] moves) {
    FrameLog log = new FrameLog();
    TreeMap<Long, Long> map = new TreeMap<>();
    long next = 1;
    for (long move : moves) {
      long index = 1 + Math.floorMod(move >>> 8, next);
      switch ((int) (move & 7)) {
        case 0 -> {
          log.forgetBefore(index);
          map.headMap(index).clear();
        }
        case 1 -> {
          log.keep(place -> log.term(place) % 3 != 0);
          map.values().removeIf(term -> term % 3 == 0);
        }
        case 2 -> {
          log.put(index, move >>> 16, index + 1, index + 2);
          map.tailMap(index, true).clear();
          map.put(index, move >>> 16);
        }
        case 3 -> {
          log.move(index, move >>> 16, index + 1, index + 2);
          map.put(index, move >>> 16);
        }
        default -> {
          log.put(next, move >>> 16, next + 1, next + 2);
          map.tailMap(next, true).clear();
          map.put(next, move >>> 16);
          next += 1 + (move >>> 4 & 1);
        }
      }
      assertThat(log.count()).isEqualTo(map.size());
    }
    for (long index = 0; index <= next; index++) {
      assertThat(log.count() - log.placeFrom(index)).isEqualTo(map.tailMap(index).size());
      int place = log.placeOf(index);
      assertThat(place >= 0).isEqualTo(map.containsKey(index));
      if (place >= 0) {
        assertThat(log.term(place)).isEqualTo(map.get(index));
        assertThat(log.segment(place)).isEqualTo(index + 1);
        assertThat(log.endOffset(place)).isEqualTo(index + 2);
      }
    }
  }
}
