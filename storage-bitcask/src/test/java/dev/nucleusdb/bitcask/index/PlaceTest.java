package dev.nucleusdb.bitcask.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class PlaceTest {
  @Test
  void the_parts_of_a_place_come_out_as_they_went_in() {
    int[] files = {0, 1, 77, Place.FILE_NUMBER_MAX};
    long[] offsets = {0, 8, 4096, Place.OFFSET_MAX};
    long[] sizes = {0, 1, 8, 9, 65_000, 0xfffeL * 8, 0xfffeL * 8 + 1, 1L << 40, Long.MAX_VALUE};
    for (int file : files) {
      for (long offset : offsets) {
        for (long size : sizes) {
          for (boolean tombstone : new boolean[] {false, true}) {
            long place = Place.of(file, offset, size, tombstone);
            assertThat(place).isNotNegative();
            assertThat(Place.fileNumber(place)).isEqualTo(file);
            assertThat(Place.offset(place)).isEqualTo(offset);
            assertThat(Place.isTombstone(place)).isEqualTo(tombstone);
            assertThat(Place.isSizeKnown(place)).isEqualTo(size <= 0xfffeL * 8);
            if (Place.isSizeKnown(place)) {
              assertThat(Place.sizeBytes(place)).isBetween(size, size + 7);
            }
          }
        }
      }
    }
  }

  @Test
  void what_does_not_fit_is_refused() {
    assertThatIllegalArgumentException().isThrownBy(() -> Place.of(-1, 0, 0, false));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Place.of(Place.FILE_NUMBER_MAX + 1, 0, 0, false));
    assertThatIllegalArgumentException().isThrownBy(() -> Place.of(0, 4, 0, false));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Place.of(0, Place.OFFSET_MAX + 8, 0, false));
    assertThatIllegalArgumentException().isThrownBy(() -> Place.of(0, 0, -1, false));
  }
}
