package dev.tokenlife.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.testing.FullRows;
import dev.tokenlife.testing.Race;
import dev.tokenlife.testing.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whatever goes into a packed row comes out of it. */
final class PackingTest {
  private static final ChainKey KEY = ChainKey.of("p", "c");

  private final Words words = new Words();

  @Test
  void everyNumber_isReadAsItWasWritten() {
    List<Long> numbers = new ArrayList<>(List.of(0L, -1L, Long.MAX_VALUE, Long.MIN_VALUE));
    for (int shift = 0; shift < 63; shift++) {
      numbers.add(1L << shift);
      numbers.add(-(1L << shift) - 1);
    }
    for (long base : new long[] {0, Rows.NOW, Long.MIN_VALUE, Long.MAX_VALUE}) {
      PackWriter out = new PackWriter(words, base);
      numbers.forEach(out::number);
      numbers.forEach(out::time);
      PackReader in = new PackReader(words, out.done());
      in.base(base);
      numbers.forEach(number -> assertThat(in.number()).isEqualTo(number));
      numbers.forEach(number -> assertThat(in.time()).isEqualTo(number));
    }
  }

  @Test
  void everyText_isReadAsItWasWritten() {
    List<@Nullable String> texts = new ArrayList<>();
    texts.add(null);
    texts.addAll(List.of("", FullRows.ODD, "\uD800", "é", "Ā", "é" + "a".repeat(50), "\u0000"));
    SplittableRandom random = new SplittableRandom(1);
    for (int length = 0; length < 70; length++) {
      texts.add(letters(random, length));
      texts.add("s1.77." + letters(random, length));
      texts.add("日" + letters(random, length));
      texts.add(letters(random, length) + ".");
    }
    PackWriter out = new PackWriter(words, 0);
    texts.forEach(out::text);
    PackReader in = new PackReader(words, out.done());
    texts.forEach(text -> assertThat(in.optionalText()).isEqualTo(text));
  }

  @Test
  void lettersOfBase64_takeSixBits() {
    PackWriter out = new PackWriter(words, 0);
    out.text("s1.1234567." + "Ab_-".repeat(30));
    assertThat(out.done()).hasSizeBetween(90, 110);
  }

  @Test
  void aSharedWord_takesAByteOrTwo_untilTheRoomIsUsedUp() {
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < Words.ROOM + 100; i++) {
        PackWriter out = new PackWriter(words, 0);
        out.word("word number " + i);
        byte[] packed = out.done();
        assertThat(packed.length <= 2).isEqualTo(i < Words.ROOM);
        assertThat(new PackReader(words, packed).text()).isEqualTo("word number " + i);
      }
    }
    assertThat(new Words().number("x".repeat(Words.LONGEST + 1))).isZero();
  }

  @Test
  void aWordThatManyThreadsMeetAtOnce_hasOneNumber() {
    List<List<Integer>> numbers =
        Race.of(
            8,
            thread -> {
              List<Integer> given = new ArrayList<>();
              for (int i = 0; i < Words.ROOM; i++) {
                given.add(words.number("word " + i));
              }
              return given;
            });
    assertThat(numbers).containsOnly(numbers.get(0));
    assertThat(numbers.get(0)).doesNotHaveDuplicates().doesNotContain(0);
  }

  @Test
  void aChainWithoutLimits_isMuchSmallerPackedThanAsText() {
    ChainRow row = Rows.fetched(KEY);
    byte[] packed = RowPacker.pack(words, row);
    assertThat(packed.length).isLessThan(row.toString().length() / 4);
    assertThat(RowUnpacker.unpack(words, KEY, packed)).isEqualTo(row);
  }

  private static String letters(SplittableRandom random, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append((char) Letters.letter(random.nextInt(64)));
    }
    return text.toString();
  }
}
