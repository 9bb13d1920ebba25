package dev.tokenlife.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tokenlife.azure.FaultProxy.Mode;
import dev.tokenlife.azure.emulator.Azurite;
import dev.tokenlife.azure.emulator.AzuriteInstall;
import dev.tokenlife.azure.emulator.WithAzurite;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.spi.StoreException.Kind;
import dev.tokenlife.spi.StoredChain;
import dev.tokenlife.testing.Rows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Below HTTP: connections that break, a service that stands still, goes away and comes back. */
@WithAzurite
final class ConnectionTest {
  private static final ChainKey KEY = ChainKey.of("partition-1", "a");
  private static final Duration DEADLINE = Duration.ofSeconds(3);

  @TempDir Path directory = Path.of("");

  private final AzuriteInstall install;
  private Azurite azurite;
  private FaultProxy proxy;
  private AzureTokenStore store;
  private StoredChain there;

  @SuppressWarnings("NullAway.Init") // Set before each test.
  ConnectionTest(AzuriteInstall install) {
    this.install = install;
  }

  @BeforeEach
  void start() {
    azurite = Azurite.onDisk(install, directory);
    proxy = new FaultProxy(azurite.port());
    store =
        Stores.ready(
            AzureTokenStore.builder()
                .connectionString(azurite.connectionString(proxy.port()))
                .deadline(DEADLINE)
                .responseTimeout(Duration.ofMillis(700)));
    ChainRow row = Rows.minted(KEY);
    there = new StoredChain(row, FaultCase.version(store.insert(row, List.of())));
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
    azurite.close();
  }

  // Faults 7, 8, 9: reads.
  @ParameterizedTest
  @EnumSource(
      value = Mode.class,
      names = {"PASS", "SLOW"},
      mode = EnumSource.Mode.EXCLUDE)
  void aReadOverABrokenConnection_isSentAgain(Mode how) {
    proxy.breakNext(how, 1);
    assertThat(store.find(KEY)).contains(there);
  }

  // Faults 7, 8, 9 and the lost answers of 4: writes.
  @ParameterizedTest
  @EnumSource(
      value = Mode.class,
      names = {"PASS", "SLOW"},
      mode = EnumSource.Mode.EXCLUDE)
  void aWriteOverABrokenConnection_hasOneEffect_andIsWritten(Mode how) {
    ChainRow next = Rows.next(there.row());
    proxy.breakNext(how, 1);
    String version = FaultCase.version(store.replace(next, there.version(), List.of()));
    assertThat(store.find(KEY)).contains(new StoredChain(next, version));
  }

  // Fault 10.
  @Test
  void anAnswerThatIsLateButInTime_isAnAnswer() {
    proxy.breakNext(Mode.SLOW, 100);
    RequestCounts before = store.requests();
    assertThat(store.find(KEY)).contains(there);
    assertThat(store.requests().since(before).total()).isEqualTo(1);
  }

  // Fault 1.
  @Test
  void aServiceThatIsGone_isUnavailable_withinTheDeadline_andNothingIsWritten() throws IOException {
    azurite.stop();
    proxy.close();
    ChainRow next = Rows.next(there.row());
    Duration took =
        FaultCase.timed(
            () -> {
              FaultCase.failing(Kind.UNAVAILABLE, () -> store.find(KEY));
              FaultCase.failing(
                  Kind.UNAVAILABLE, () -> store.replace(next, there.version(), List.of()));
            });
    assertThat(took).isLessThan(DEADLINE.multipliedBy(2).plusSeconds(1));
    assertThat(store.health().problem()).contains(Kind.UNAVAILABLE);
  }

  // Fault 2.
  @Test
  void aServiceThatStandsStill_isGivenUpAtTheDeadline_andGoneOnWithLater() {
    azurite.pause();
    Duration reading =
        FaultCase.timed(() -> FaultCase.failing(Kind.UNAVAILABLE, () -> store.find(KEY)));
    assertThat(reading).isLessThan(DEADLINE.plusSeconds(1));
    Duration writing =
        FaultCase.timed(
            () ->
                FaultCase.failing(
                    Kind.UNKNOWN,
                    () -> store.replace(Rows.next(there.row()), there.version(), List.of())));
    assertThat(writing).isLessThan(DEADLINE.plusSeconds(1));
    azurite.resume();
    StoredChain now = store.find(KEY).orElseThrow();
    FaultCase.version(store.replace(Rows.next(now.row()), now.version(), List.of()));
  }

  @Test
  void whatWasWritten_isThereAfterARestart_withTheSameVersion() {
    azurite.stop();
    azurite.start();
    assertThat(store.find(KEY)).contains(there);
    FaultCase.version(store.replace(Rows.next(there.row()), there.version(), List.of()));
  }

  // Fault 34: what the harness does with a file that is no file of the emulator's.
  @Test
  void anEmulatorThatCannotStart_saysWhy_andDoesNotHang() throws IOException {
    azurite.stop();
    Path data = directory.resolve("__azurite_db_table__.json");
    String whole = Files.readString(data);
    Files.writeString(data, whole.substring(0, whole.length() / 2));
    assertThatThrownBy(azurite::start).hasStackTraceContaining("JSON");
  }
}
