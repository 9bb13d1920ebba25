package dev.tokenlife.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.data.tables.models.TableEntity;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.Upstream;
import dev.tokenlife.spi.StoreException;
import dev.tokenlife.spi.StoreException.Kind;
import dev.tokenlife.spi.StoredChain;
import dev.tokenlife.testing.Rows;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the service would refuse is refused here, also where the emulator would take it. */
final class LimitsTest extends FaultCase {
  // Fault 37.
  @Test
  void aRowBeyondTheSizeLimit_isRejected_beforeAnythingIsSent() {
    ChainRow row = withToken("x".repeat(140_000));
    StoreException failure = failing(Kind.REJECTED, () -> store.insert(row, List.of()));
    assertThat(failure).hasMessageContaining("Chains").hasMessageContaining("c:a");
    assertThat(failure).hasMessageNotContaining("xxx");
    assertThat(faults.seen()).noneMatch(request -> request.contains("Chains"));
  }

  // Fault 37: one column cannot hold it, several can.
  @Test
  void aTokenLargerThanAColumn_isKeptInSeveral() {
    ChainRow row = withToken("x".repeat(100_000));
    String version = version(store.insert(row, List.of()));
    assertThat(store.find(row.key())).contains(new StoredChain(row, version));
    ChainRow smaller = withToken("small").draft().control(Rows.next(row).control()).row();
    String next = version(store.replace(smaller, version, List.of()));
    assertThat(store.find(row.key())).contains(new StoredChain(smaller, next));
  }

  // Fault 42.
  @Test
  void aLargeTextBeyondAscii_isReadAsItWasWritten() {
    for (int i = 0; i < 20; i++) {
      ChainRow row = withToken("日é\uD83D\uDE00".repeat(2_000) + i);
      StoredChain there = store.find(row.key()).orElse(null);
      String version =
          version(
              there == null
                  ? store.insert(row, List.of())
                  : store.replace(
                      row.draft().control(Rows.next(there.row()).control()).row(),
                      there.version(),
                      List.of()));
      StoredChain read = store.find(row.key()).orElseThrow();
      assertThat(read.row().upstream()).isEqualTo(row.upstream());
      assertThat(read.version()).isEqualTo(version);
    }
  }

  // Fault 37.
  @Test
  void tooManyColumnsOrTooLongATextInOne_isRejected() {
    TableEntity wide = new TableEntity("p", "r");
    for (int i = 0; i < 253; i++) {
      wide.addProperty("c" + i, "");
    }
    failing(Kind.REJECTED, () -> Entities.check("T", wide));
    TableEntity longText = new TableEntity("p", "r").addProperty("c", "x".repeat(32_769));
    failing(Kind.REJECTED, () -> Entities.check("T", longText));
    Entities.check("T", new TableEntity("p", "r").addProperty("c", "x".repeat(32_768)));
  }

  // Fault 24.
  @Test
  void aBatchTheServiceWouldRefuse_isRejected() {
    List<Op> many = new ArrayList<>();
    for (int i = 0; i < 101; i++) {
      many.add(Op.insert(new TableEntity("p", "r" + i)));
    }
    failing(Kind.REJECTED, () -> Batches.check("T", many));
    Batches.check("T", many.subList(0, 100));
    failing(Kind.REJECTED, () -> Batches.check("T", List.of()));
    Op one = Op.insert(new TableEntity("p", "r"));
    failing(Kind.REJECTED, () -> Batches.check("T", List.of(one, Op.delete("p", "r"))));
    failing(
        Kind.REJECTED,
        () -> Batches.check("T", List.of(one, Op.insert(new TableEntity("q", "s")))));
    List<Op> heavy = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      TableEntity row = new TableEntity("p", "r" + i);
      for (int c = 0; c < 3; c++) {
        row.addProperty("c" + c, "x".repeat(32_000));
      }
      heavy.add(Op.insert(row));
    }
    failing(Kind.REJECTED, () -> Batches.check("T", heavy));
  }

  // Fault 22.
  @Test
  void aConditionalWriteWithoutAnEtag_isRefused_beforeAnythingIsSent() {
    for (String etag : new String[] {"", " ", "*"}) {
      assertThatThrownBy(() -> Op.replace(new TableEntity("p", "r"), etag))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("unconditionally");
    }
    assertThatThrownBy(() -> Etags.require(null)).isInstanceOf(IllegalStateException.class);
    ChainRow row = Rows.minted(chain("a"));
    assertThatThrownBy(() -> store.replace(row, "-@", List.of()))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> store.replace(row, "nonsense", List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(rival.find(row.key())).isEmpty();
  }

  // Fault 23.
  @Test
  void anEtagWithoutItsClosingQuote_isRepaired() {
    assertThat(Etags.repaired("W/\"datetime'x'")).isEqualTo("W/\"datetime'x'\"");
    assertThat(Etags.repaired("W/\"datetime'x'\"")).isEqualTo("W/\"datetime'x'\"");
    StoredChain there = inserted(Rows.minted(chain("a")));
    String cut = there.version().substring(0, there.version().length() - 1);
    version(store.replace(Rows.next(there.row()), cut, List.of()));
  }

  private static ChainRow withToken(String token) {
    ChainRow row = Rows.fetched(chain("a"));
    return row.draft()
        .upstream(new Upstream("grant", token, null, "Bearer", "", null, Rows.NOW, 0, 0))
        .row();
  }
}
