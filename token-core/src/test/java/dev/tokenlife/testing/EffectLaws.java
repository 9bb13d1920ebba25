package dev.tokenlife.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.spi.Companion;
import dev.tokenlife.spi.CompanionChange;
import dev.tokenlife.spi.Effect;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** An effect is delivered until it is acknowledged. */
public interface EffectLaws extends StoreLaws {
  @Test
  default void withoutEffects_nothingIsRead() {
    assertThat(store().effects().read("partition-1", 10)).isEmpty();
  }

  @Test
  default void everyField_ofAnEffect_isReadAsItWasWritten() {
    Effect full =
        new Effect(
            chain(FullRows.ODD), 7, FullRows.ODD, FullRows.ODD, FullRows.ODD, Rows.NOW, true);
    Effect bare = new Effect(chain("bare"), 1, "EXIT", null, "to", Rows.NOW + 1, false);
    insertedWith(full, bare);
    assertThat(store().effects().read("partition-1", 10)).containsExactlyInAnyOrder(full, bare);
  }

  @Test
  default void anEffect_isReadAgain_untilItIsAcknowledged() {
    Effect first = effect(chain("a"), 1);
    Effect second = effect(chain("a"), 2);
    Effect other = effect(chain("b"), 1);
    insertedWith(first, second, other);
    assertThat(read()).containsExactlyInAnyOrder(first, second, other);
    assertThat(read()).containsExactlyInAnyOrder(first, second, other);
    store().effects().acknowledge(second);
    assertThat(read()).containsExactlyInAnyOrder(first, other);
    store().effects().acknowledge(first);
    store().effects().acknowledge(other);
    assertThat(read()).isEmpty();
  }

  @Test
  default void acknowledgingWhatIsGone_doesNothing() {
    Effect effect = effect(chain("a"), 1);
    Effect other = effect(chain("a"), 2);
    insertedWith(effect, other);
    store().effects().acknowledge(effect);
    store().effects().acknowledge(effect);
    store().effects().acknowledge(effect(chain("never"), 1));
    store().effects().acknowledge(effect(ChainKey.of("nobody", "never"), 1));
    assertThat(read()).containsExactly(other);
  }

  @Test
  default void effects_areReadUpToTheLimit_andTheRestAfterThese() {
    Set<Effect> expected = new HashSet<>();
    for (int i = 0; i < 10; i++) {
      Effect effect = effect(chain("chain-" + i), 1);
      expected.add(effect);
      insertedWith(effect);
    }
    Set<Effect> seen = new HashSet<>();
    for (int reads = 0; reads < 10 && seen.size() < 10; reads++) {
      List<Effect> some = store().effects().read("partition-1", 3);
      assertThat(some).isNotEmpty().hasSizeLessThanOrEqualTo(3);
      some.forEach(store().effects()::acknowledge);
      seen.addAll(some);
    }
    assertThat(seen).isEqualTo(expected);
    assertThat(read()).isEmpty();
  }

  @Test
  default void effects_areReadByPartition() {
    Effect here = effect(chain("a"), 1);
    Effect there = effect(ChainKey.of("partition-10", "a"), 1);
    insertedWith(here);
    inserted(Rows.minted(there.chain()), CompanionChange.insert(new Companion.EffectRow(there)));
    assertThat(read()).containsExactly(here);
    store().effects().acknowledge(here);
    assertThat(store().effects().read("partition-10", 10)).containsExactly(there);
  }

  @Test
  default void anEffect_outlivesItsChain() {
    Effect effect = effect(chain("a"), 1);
    ChainRow row = Rows.minted(chain("a"));
    String version = inserted(row, CompanionChange.insert(new Companion.EffectRow(effect)));
    version = replaced(Rows.closed(row), version);
    assertThat(read()).containsExactly(effect);
    assertThat(store().delete(row.key(), version)).isTrue();
    assertThat(read()).containsExactly(effect);
  }

  private List<Effect> read() {
    return store().effects().read("partition-1", 100);
  }

  private void insertedWith(Effect... effects) {
    CompanionChange[] changes = new CompanionChange[effects.length];
    for (int i = 0; i < effects.length; i++) {
      changes[i] = CompanionChange.insert(new Companion.EffectRow(effects[i]));
    }
    inserted(Rows.minted(chain("carrier of " + effects[0].chain() + effects[0].seq())), changes);
  }

  private static Effect effect(ChainKey key, long seq) {
    return new Effect(key, seq, "ENTRY", "from", "to", Rows.NOW, false);
  }
}
