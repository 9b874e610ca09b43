package dev.nucleusdb.linearizability.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/// No input makes the reader throw anything but its own error, and its places lie inside the text.
final class HistoryReaderProperties {
  private static final String EDN =
      """
      ; a comment
      [{:process 0, :type :invoke, :f :write, :value 3, :time 10}
       #op{:process 0, :type :ok, :f :write, :value "a\\tb"}
       {:process 1, :type :invoke, :f :cas, :value [3 4]}
       {:process 1, :type :fail, :f :cas, :value [3 4]}]
      """;

  private static final String JSON =
      """
      {"process":1,"type":"invoke","f":"put","key":"x","value":"1","time":100}
      {"process":1,"type":"ok","f":"put","key":"x","time":200}
      {"process":2,"type":"invoke","f":"cas","key":"x","value":[null,"\\u00e9"],"time":250}
      {"process":2,"type":"ok","f":"cas","value":false,"time":350}
      """;

  private static final String INTERESTING = "{}[]()\"\\:;#_,-0159.eNnul\n\t \0é";

  @Property(tries = 4000)
  void mutated_text_is_read_or_refused_with_a_place(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 8) int mutations) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] bytes = (random.nextBoolean() ? EDN : JSON).getBytes(StandardCharsets.UTF_8);
    for (int mutation = 0; mutation < mutations && bytes.length > 1; mutation++) {
      bytes = mutate(random, bytes);
    }
    requireReadOrRefused(bytes);
  }

  @Property(tries = 500)
  void junk_is_read_or_refused_with_a_place(@ForAll byte[] junk) {
    requireReadOrRefused(junk);
  }

  private static byte[] mutate(SplittableRandom random, byte[] bytes) {
    int place = random.nextInt(bytes.length);
    byte[] changed = bytes.clone();
    switch (random.nextInt(5)) {
      case 0 -> changed[place] = (byte) random.nextInt(256);
      case 1 -> changed[place] = (byte) INTERESTING.charAt(random.nextInt(INTERESTING.length()));
      case 2 -> changed = Arrays.copyOf(bytes, place + 1);
      case 3 -> {
        changed = Arrays.copyOf(bytes, bytes.length - 1);
        System.arraycopy(bytes, place + 1, changed, place, bytes.length - place - 1);
      }
      default -> {
        int from = random.nextInt(bytes.length);
        int length = random.nextInt(Math.min(bytes.length - from, bytes.length - place));
        System.arraycopy(bytes, from, changed, place, length);
      }
    }
    return changed;
  }

  private static void requireReadOrRefused(byte[] bytes) {
    try {
      assertThat(HistoryReader.read("fuzz", bytes, ReadOptions.defaults())).isNotNull();
    } catch (MalformedHistoryException refused) {
      long lines =
          1 + new String(bytes, StandardCharsets.ISO_8859_1).chars().filter(c -> c == '\n').count();
      assertThat((long) refused.line()).isBetween(1L, lines);
      assertThat(refused.column()).isBetween(1, bytes.length + 1);
      assertThat(refused.problem()).isNotBlank().doesNotContain("\n");
    }
  }
}
