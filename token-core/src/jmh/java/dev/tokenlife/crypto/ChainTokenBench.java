package dev.tokenlife.crypto;

import dev.tokenlife.model.Budgets;
import dev.tokenlife.model.ChainControl;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainKind;
import dev.tokenlife.model.ChainOrigin;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.ChainState;
import dev.tokenlife.model.CurrentToken;
import dev.tokenlife.model.Position;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** An issued token, made and verified, beside nothing but HMAC-SHA-256 over the same bytes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
@Fork(1)
public class ChainTokenBench {
  private static final long NOW = 1_900_000_000_000L;

  private final ChainTokens tokens = new ChainTokens(KeyRing.of(1, KeyRing.newKey()));
  private ChainRow row;
  private String token;
  private Mac bare;
  private byte[] fields;

  @Setup
  public void setUp() throws Exception {
    row = row(new CurrentToken(120, 3, NOW, NOW + 10_000, 1));
    token = tokens.mint(row);
    fields = new byte[bytesUnderTheTag()];
    bare = Mac.getInstance("HmacSHA256");
    bare.init(new SecretKeySpec(new byte[32], "HmacSHA256"));
  }

  @Benchmark
  public byte[] bareHmac() {
    return bare.doFinal(fields);
  }

  @Benchmark
  public String mint() {
    return tokens.mint(row);
  }

  @Benchmark
  public boolean parseAndVerify() {
    return tokens.parse(token).filter(read -> tokens.verify(read, row)).isPresent();
  }

  private int bytesUnderTheTag() {
    return new Fields()
        .number(1)
        .number(1)
        .text(row.key().partition())
        .text(row.origin().type())
        .pair(1, 1)
        .number(1)
        .number(1)
        .number(1)
        .text(row.origin().nonce())
        .length();
  }

  private static ChainRow row(CurrentToken current) {
    return new ChainRow(
        ChainKey.of("session-2030-01-01-hall-7", ChainIds.fromName("entry")),
        new ChainOrigin(
            ChainKind.MINTED,
            "ENTRY",
            "qr",
            null,
            NOW,
            "open",
            Long.MAX_VALUE,
            null,
            "AAECAwQFBgcICQoLDA0ODw"),
        new ChainControl(1, "op", null, ChainState.ACTIVE, null, NOW, NOW),
        new Position(3, 120, "ann", null, null, NOW),
        current,
        null,
        null,
        null,
        null,
        List.of(),
        Budgets.NONE);
  }
}
