package dev.nucleusdb.bitcask.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nucleusdb.bitcask.index.image.BadImageException;
import dev.nucleusdb.bitcask.index.image.IndexSource;
import dev.nucleusdb.core.random.RandomSource;
import dev.nucleusdb.core.random.SplitMix;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/// An image gives the same index again or is refused.
class ImageProperties {
  private static final long BINDING = 0x1234_5678_9abcL;

  /// Loads an image of one of the two indexes.
  private interface Loader {
    Keydir load(IndexSource source, long binding) throws BadImageException;
  }

  private static final Loader HASH = (source, binding) -> HashKeydir.load(source, binding, 1, 2);
  private static final Loader TREE = OrderedTree::load;

  @Property(tries = 30, seed = "3", shrinking = ShrinkingMode.OFF)
  void a_loaded_index_is_the_one_saved_and_lives_on(
      @ForAll long seed, @ForAll Keys family, @ForAll boolean ordered) throws BadImageException {
    RandomSource random = new SplitMix(seed);
    int numbers = family == Keys.VERY_LONG ? 200 : 4000;
    Keydir index = ordered ? new OrderedTree() : new HashKeydir(1, 2);
    change(index, random.fork("before"), family, numbers);
    List<Keydir.View> views = List.of(index.view(), index.view());
    change(index, random.fork("under views"), family, numbers);
    views.getFirst().close();

    byte[] image = save(index);
    Keydir loaded = (ordered ? TREE : HASH).load(source(image), BINDING);

    assertThat(loaded.size()).isEqualTo(index.size());
    assertThat(shown(loaded)).isEqualTo(shown(index));
    for (int i = 0; i < numbers; i++) {
      assertThat(loaded.get(family.key(i))).isEqualTo(index.get(family.key(i)));
    }
    List<Long> saved = shown(index);
    try (Keydir.View view = loaded.view()) {
      change(index, random.fork("after"), family, numbers);
      change(loaded, random.fork("after"), family, numbers);
      assertThat(shown(loaded)).isEqualTo(shown(index));
      assertThat(shown(view)).isEqualTo(saved);
    }
    views.getLast().close();
  }

  @Example
  void what_only_a_view_saw_is_free_in_the_image() throws BadImageException {
    for (boolean ordered : new boolean[] {false, true}) {
      Loader loader = ordered ? TREE : HASH;
      Keydir index = ordered ? new OrderedTree() : new HashKeydir(1, 2);
      change(index, new SplitMix(1), Keys.RANDOM, 4000);
      try (Keydir.View view = index.view()) {
        change(index, new SplitMix(2), Keys.RANDOM, 4000);
        Keydir loaded = loader.load(source(save(index)), BINDING);
        long most = loaded.memoryBytes();
        for (int i = 0; i < 2000; i++) {
          loaded.put(Keys.RANDOM.key(4000 + i), 8);
        }
        assertThat(loaded.memoryBytes()).isLessThanOrEqualTo(most + 4096);
        assertThat(view.size()).isPositive();
      }
    }
  }

  @Example
  void an_empty_index_can_be_saved() throws BadImageException {
    assertThat(TREE.load(source(save(new OrderedTree())), BINDING).size()).isZero();
    assertThat(HASH.load(source(save(new HashKeydir(1, 2))), BINDING).size()).isZero();
  }

  @Property(tries = 400, seed = "4", shrinking = ShrinkingMode.OFF)
  void any_damage_is_noticed(@ForAll long seed, @ForAll boolean ordered) {
    byte[] image = ordered ? TREE_IMAGE : HASH_IMAGE;
    RandomSource random = new SplitMix(seed);
    byte[] damaged = image.clone();
    int at = random.nextInt(random.chance(0.3) ? 200 : image.length);
    switch (random.nextInt(4)) {
      case 0 -> damaged[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> damaged = Arrays.copyOf(image, at);
      case 2 -> {
        int block = random.nextInt(image.length / 65536 - 1);
        int from = 65536 * block + 4096;
        System.arraycopy(image, from + 65536, damaged, from, 32768);
      }
      default -> Arrays.fill(damaged, at, Math.min(at + 512, image.length), (byte) 0xff);
    }
    byte[] tried = damaged;
    if (!Arrays.equals(image, tried)) {
      assertThatThrownBy(() -> (ordered ? TREE : HASH).load(source(tried), BINDING))
          .isInstanceOf(BadImageException.class);
    }
  }

  @Example
  void an_image_of_something_else_is_refused() {
    assertThatThrownBy(() -> TREE.load(source(TREE_IMAGE), BINDING + 1))
        .isInstanceOf(BadImageException.class)
        .hasMessageContaining("another state");
    assertThatThrownBy(() -> TREE.load(source(HASH_IMAGE), BINDING))
        .isInstanceOf(BadImageException.class)
        .hasMessageContaining("another kind");
    assertThatThrownBy(() -> HashKeydir.load(source(HASH_IMAGE), BINDING, 1, 3))
        .isInstanceOf(BadImageException.class)
        .hasMessageContaining("another secret");
  }

  private static final byte[] HASH_IMAGE = save(filled(new HashKeydir(1, 2)));
  private static final byte[] TREE_IMAGE = save(filled(new OrderedTree()));

  private static Keydir filled(Keydir index) {
    change(index, new SplitMix(8), Keys.RANDOM, 9000);
    return index;
  }

  private static void change(Keydir index, RandomSource random, Keys family, int numbers) {
    for (int i = 0; i < numbers; i++) {
      byte[] key = family.draw(random, numbers);
      if (random.chance(0.8)) {
        index.put(key, 8L * random.nextInt(1 << 20));
      } else {
        index.remove(key);
      }
    }
  }

  private static List<Long> shown(Keydir index) {
    try (Keydir.View view = index.view()) {
      return shown(view);
    }
  }

  private static List<Long> shown(Keydir.View view) {
    List<Long> places = new ArrayList<>();
    view.forEach(places::add);
    return places;
  }

  private static byte[] save(Keydir index) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    index.save(
        bytes -> {
          byte[] chunk = new byte[bytes.remaining()];
          bytes.get(chunk);
          out.writeBytes(chunk);
        },
        BINDING);
    return out.toByteArray();
  }

  private static IndexSource source(byte[] image) {
    return (offset, into) -> {
      int length = (int) Math.max(0, Math.min(into.remaining(), image.length - offset));
      if (length > 0) {
        into.put(image, (int) offset, length);
      }
      return length;
    };
  }
}
