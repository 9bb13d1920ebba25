package dev.tokenlife.examples.attendance.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.data.tables.TableClient;
import com.azure.data.tables.models.TableEntity;
import com.azure.data.tables.models.TableTransactionAction;
import com.azure.data.tables.models.TableTransactionActionType;
import dev.tokenlife.azure.emulator.Azurite;
import dev.tokenlife.azure.emulator.AzuriteExtension;
import dev.tokenlife.azure.emulator.WithAzurite;
import dev.tokenlife.spi.StoreException;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@WithAzurite
final class AzureAppStoreTest extends AppStoreContract {
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private final String prefix = "app" + NUMBER.incrementAndGet();

  @Override
  protected AppStore store() {
    return AzureAppStore.open(AzuriteExtension.shared().connectionString(), prefix);
  }

  @Test
  void tablesThatAreThere_areOpenedAsTheyAre() {
    store().putIfAbsent(AppTable.ATTENDANCE, new AppRow("s1", "anna", Map.of("at", 1L)));
    assertThat(store().get(AppTable.ATTENDANCE, "s1", "anna")).isPresent();
  }

  @Test
  void whatAnotherApplicationWrote_isRead_andSurvivesAnUpdate(Azurite azurite) {
    AppStore store = store();
    TableClient table = azurite.sdk().getTableClient(prefix + "Attendance");
    table.createEntity(
        new TableEntity("s1", "anna")
            .addProperty("joinedAt", 1_700_000_000)
            .addProperty("exitVerified", false)
            .addProperty("distance", 1.5));
    StoredRow found = store.get(AppTable.ATTENDANCE, "s1", "anna").orElseThrow();
    assertThat(found.row().seconds("joinedAt")).isEqualTo(1_700_000_000L);
    AppRow left = found.row().with("exitVerified", true);
    assertThat(store.update(AppTable.ATTENDANCE, left, found.version())).isTrue();
    TableEntity entity = table.getEntity("s1", "anna");
    assertThat(entity.getProperty("distance")).isEqualTo(1.5);
    assertThat(entity.getProperty("exitVerified")).isEqualTo(true);
  }

  @Test
  void aPartitionOfManyPages_isListedToTheLast(Azurite azurite) {
    AppStore store = store();
    TableClient table = azurite.sdk().getTableClient(prefix + "Sessions");
    for (int batch = 0; batch < 11; batch++) {
      int first = batch * 100;
      table.submitTransaction(
          IntStream.range(first, first + 100)
              .mapToObj(
                  i ->
                      new TableTransactionAction(
                          TableTransactionActionType.CREATE, new TableEntity("SESSION", "s" + i)))
              .toList());
    }
    assertThat(store.list(AppTable.SESSIONS, "SESSION")).hasSize(1_100);
  }

  @Test
  void aTableThatIsMissing_andAServiceThatIsAway_areNamed() throws IOException {
    AppStore store = store();
    AzuriteExtension.shared().sdk().deleteTable(prefix + "Sessions");
    assertThatThrownBy(() -> store.get(AppTable.SESSIONS, "SESSION", "s1"))
        .isInstanceOfSatisfying(
            StoreException.class,
            e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.MISCONFIGURED))
        .hasMessageContaining("Sessions");
    String nowhere = AzuriteExtension.shared().connectionString(freePort());
    assertThatThrownBy(() -> AzureAppStore.open(nowhere, ""))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.retryable()).as("%s", e).isTrue());
  }

  @Test
  void textThatIsNoConnectionString_isRefused_andNotShown() {
    String secret = "AccountKey=Zm9vYmFy;nonsense";
    assertThatThrownBy(() -> AzureAppStore.open(secret, ""))
        .isInstanceOf(IllegalArgumentException.class)
        .satisfies(
            e ->
                assertThat(Objects.toString(e.getMessage()) + e.getCause())
                    .doesNotContain("Zm9vYmFy"));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
