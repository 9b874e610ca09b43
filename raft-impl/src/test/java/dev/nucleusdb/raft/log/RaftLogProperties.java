package dev.nucleusdb.raft.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nucleusdb.core.assertion.InvariantViolation;
import dev.nucleusdb.core.random.SplitMix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/// Against a list that forgets nothing.
class RaftLogProperties {
  private static final int ENTRY_SIZE = 16;

  private final List<Entry> all = new ArrayList<>(List.of(new Entry(0, new byte[0])));
  private long base;

  @Property(tries = 300)
  void the_log_is_the_list_behind_its_base(@ForAll long seed) {
    SplitMix random = new SplitMix(seed);
    all.subList(1, all.size()).clear();
    base = 0;
    RaftLog log = new RaftLog(0, 0, List.of());
    for (int step = 0; step < 60; step++) {
      long last = all.size() - 1L;
      switch (random.nextInt(5)) {
        case 0, 1, 2 -> {
          Entry entry =
              new Entry(all.getLast().term() + random.nextInt(2), new byte[random.nextInt(9)]);
          all.add(entry);
          log.append(entry);
        }
        case 3 -> {
          if (last > base) {
            long cut = random.nextBetween(base + 1, last);
            all.subList((int) cut, all.size()).clear();
            log.truncateFrom(cut);
          }
        }
        default -> {
          long index = random.nextBetween(0, last);
          base = Math.max(base, index);
          log.release(index);
        }
      }
      requireEqual(log, random);
    }
  }

  private void requireEqual(RaftLog log, SplitMix random) {
    long last = all.size() - 1L;
    assertThat(log.baseIndex()).isEqualTo(base);
    assertThat(log.lastIndex()).isEqualTo(last);
    assertThat(log.lastTerm()).isEqualTo(all.getLast().term());
    long bytes = 0;
    for (long i = base; i <= last; i++) {
      assertThat(log.termAt(i)).isEqualTo(all.get((int) i).term());
      if (i > base) {
        assertThat(log.entryAt(i)).isSameAs(all.get((int) i));
        bytes += all.get((int) i).command().length;
      }
    }
    assertThat(log.sizeBytes()).isEqualTo(bytes);
    long index = random.nextBetween(0, last + 2);
    long term = random.nextBetween(0, all.getLast().term() + 1);
    boolean there = index <= last && all.get((int) index).term() == term;
    assertThat(log.matches(index, term)).isEqualTo(index < base || there);
    long most = Math.min(index, last);
    while (most > base && all.get((int) most).term() > term) {
      most--;
    }
    assertThat(log.lastIndexWithTermAtMost(index, term)).isEqualTo(most);
    requireSlice(log, random);
  }

  private void requireSlice(RaftLog log, SplitMix random) {
    long first = random.nextBetween(base + 1, all.size());
    int countMax = random.nextInt(6) + 1;
    int bytesMax = random.nextInt(20) + 1;
    List<Entry> slice = log.slice(first, countMax, bytesMax);
    List<Entry> rest = all.subList((int) first, all.size());
    int count = 0;
    int bytes = 0;
    while (count < Math.min(countMax, rest.size())) {
      bytes += rest.get(count).command().length;
      if (count > 0 && bytes > bytesMax) {
        break;
      }
      count++;
    }
    assertThat(slice).isEqualTo(rest.subList(0, count));
  }

  /// Entries come in requests whose arrays they share, a fourth of each for other things; followers
  /// cut and release wherever they please.
  @Property(tries = 300)
  void it_keeps_no_more_than_twice_what_it_holds(@ForAll long seed) {
    SplitMix random = new SplitMix(seed);
    RaftLog log = new RaftLog(0, 0, List.of());
    List<String> said = new ArrayList<>();
    for (int step = 0; step < 60; step++) {
      switch (random.nextInt(4)) {
        case 0, 1 -> {
          byte[] shared = new byte[4 * ENTRY_SIZE];
          for (int i = 0; i < shared.length; i++) {
            shared[i] = (byte) random.nextInt(256);
          }
          for (int i = 0; i < 3; i++) {
            Entry entry = new Entry(1, Entry.Kind.COMMAND, shared, i * ENTRY_SIZE, ENTRY_SIZE);
            log.append(entry);
            said.add(Arrays.toString(entry.command()));
          }
        }
        case 2 -> log.release(random.nextBetween(log.baseIndex(), log.lastIndex()));
        default -> {
          long cut = random.nextBetween(log.baseIndex() + 1, log.lastIndex() + 1);
          log.truncateFrom(cut);
          said.subList((int) cut - 1, said.size()).clear();
        }
      }
      Set<byte[]> kept = Collections.newSetFromMap(new IdentityHashMap<>());
      for (long i = log.baseIndex() + 1; i <= log.lastIndex(); i++) {
        kept.add(log.entryAt(i).bytes());
        assertThat(Arrays.toString(log.entryAt(i).command())).isEqualTo(said.get((int) i - 1));
      }
      int keptBytes = kept.stream().mapToInt(bytes -> bytes.length).sum();
      assertThat((long) keptBytes).isLessThanOrEqualTo(2 * log.sizeBytes());
    }
  }

  @Example
  void what_it_does_not_hold_it_does_not_make_up() {
    RaftLog log = new RaftLog(3, 2, List.of(new Entry(2, new byte[1])));
    assertThat(log.termAt(3)).isEqualTo(2);
    assertThatThrownBy(() -> log.termAt(2)).isInstanceOf(InvariantViolation.class);
    assertThatThrownBy(() -> log.termAt(5)).isInstanceOf(InvariantViolation.class);
    assertThatThrownBy(() -> log.entryAt(3)).isInstanceOf(InvariantViolation.class);
    assertThatThrownBy(() -> log.truncateFrom(3)).isInstanceOf(InvariantViolation.class);
    assertThatThrownBy(() -> log.release(5)).isInstanceOf(InvariantViolation.class);
    assertThatThrownBy(() -> log.append(new Entry(1, new byte[0])))
        .isInstanceOf(InvariantViolation.class)
        .hasMessage("term 1 after term 2");
  }
}
