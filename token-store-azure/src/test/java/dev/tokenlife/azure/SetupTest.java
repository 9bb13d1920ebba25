package dev.tokenlife.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.credential.AccessToken;
import com.azure.data.tables.TableServiceClient;
import com.azure.data.tables.TableServiceClientBuilder;
import com.azure.data.tables.models.TableItem;
import com.azure.data.tables.sas.TableAccountSasPermission;
import com.azure.data.tables.sas.TableAccountSasResourceType;
import com.azure.data.tables.sas.TableAccountSasService;
import com.azure.data.tables.sas.TableAccountSasSignatureValues;
import dev.tokenlife.azure.emulator.Azurite;
import dev.tokenlife.azure.emulator.AzuriteExtension;
import dev.tokenlife.azure.emulator.WithAzurite;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.spi.StoreException.Kind;
import dev.tokenlife.testing.Race;
import dev.tokenlife.testing.Rows;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** How a store is described, reached and set up. */
@WithAzurite
final class SetupTest {
  private final Azurite azurite = AzuriteExtension.shared();
  private final String prefix = Stores.prefix();

  @Test
  void initializing_createsTheTables_onceAndForAll() {
    AzureTokenStore store = Stores.builder(azurite).tablePrefix(prefix).tokensView(true).build();
    store.initialize();
    store.initialize();
    assertThat(azurite.sdk().listTables().stream().map(TableItem::getName))
        .filteredOn(name -> name.startsWith(prefix))
        .containsExactlyInAnyOrder(
            prefix + "Chains", prefix + "DueIndex", prefix + "Leases", prefix + "Tokens");
  }

  @Test
  void processesThatInitializeAtOnce_allSucceed() {
    List<Boolean> usable =
        Race.of(
            6,
            i -> {
              AzureTokenStore store =
                  Stores.builder(azurite).tablePrefix(prefix).spread("spotify", 8).build();
              store.initialize();
              return store.health().usable();
            });
    assertThat(usable).containsOnly(true);
  }

  @Test
  void connecting_isOneLine() {
    AzureTokenStore store = AzureTokenStore.connect(azurite.connectionString());
    ChainKey key = ChainKey.of("connect", prefix);
    FaultCase.version(store.insert(Rows.minted(key), List.of()));
    assertThat(store.find(key)).isPresent();
    assertThat(store.processLocal()).isFalse();
  }

  // Fault 16.
  @Test
  void aWrongKey_isUnauthorized_atOnce() {
    String wrong =
        azurite.connectionString().replaceFirst("AccountKey=[^;]*", "AccountKey=d3Jvbmc=");
    AzureTokenStore store = AzureTokenStore.builder().connectionString(wrong).build();
    assertThat(FaultCase.timed(() -> FaultCase.failing(Kind.UNAUTHORIZED, store::initialize)))
        .isLessThan(Duration.ofSeconds(3));
    FaultCase.failing(Kind.UNAUTHORIZED, () -> store.find(ChainKey.of("a", "b")));
  }

  // Fault 17.
  @Test
  void aSignature_isEnough_andAnExpiredOneIsUnauthorized() {
    Stores.ready(Stores.builder(azurite).tablePrefix(prefix));
    AzureTokenStore store =
        withSignature("?" + sas(OffsetDateTime.now(ZoneOffset.UTC).plusHours(1)));
    store.initialize();
    ChainKey key = ChainKey.of("sas", "a");
    FaultCase.version(store.insert(Rows.minted(key), List.of()));
    AzureTokenStore expired = withSignature(sas(OffsetDateTime.now(ZoneOffset.UTC).minusHours(1)));
    FaultCase.failing(Kind.UNAUTHORIZED, () -> expired.find(key));
    FaultCase.failing(Kind.UNAUTHORIZED, () -> expired.insert(Rows.minted(key), List.of()));
  }

  private AzureTokenStore withSignature(String sas) {
    return AzureTokenStore.builder()
        .sas(azurite.endpoint(), sas)
        .tablePrefix(prefix)
        .addPolicy(new PartitionKeyGuard())
        .build();
  }

  private String sas(OffsetDateTime end) {
    TableServiceClient service =
        new TableServiceClientBuilder().connectionString(azurite.connectionString()).buildClient();
    return service.generateAccountSas(
        new TableAccountSasSignatureValues(
                end,
                TableAccountSasPermission.parse("raud"),
                TableAccountSasService.parse("t"),
                TableAccountSasResourceType.parse("sco"))
            .setStartTime(OffsetDateTime.now(ZoneOffset.UTC).minusDays(1)));
  }

  // Fault 17: an identity whose token is refused, asked anew for the next call.
  @Test
  void anIdentity_isAskedForItsToken_andARefusalIsSaid() {
    FaultPolicy faults = new FaultPolicy();
    faults.next(
        1,
        FaultPolicy::any,
        (request, forward) -> {
          assertThat(request.getUrl().getHost()).isEqualTo("account.table.core.windows.net");
          return FaultPolicy.error(404, "ResourceNotFound").apply(request, forward);
        });
    faults.next(1, FaultPolicy::any, FaultPolicy.error(401, "InvalidAuthenticationInfo"));
    AzureTokenStore store =
        AzureTokenStore.builder()
            .credential(
                "https://account.table.core.windows.net",
                request ->
                    Mono.just(
                        new AccessToken("token", OffsetDateTime.now(ZoneOffset.UTC).plusHours(1))))
            .olderRows(false)
            .addPolicy(faults)
            .build();
    assertThat(store.find(ChainKey.of("a", "b"))).isEmpty();
    FaultCase.failing(Kind.UNAUTHORIZED, () -> store.find(ChainKey.of("a", "b")));
  }

  // Fault 17: the token ends, the process does not.
  @Test
  void anIdentityWhoseTokenEnds_isAskedForTheNext() {
    FaultPolicy faults = new FaultPolicy();
    faults.always(FaultPolicy::any, FaultPolicy.error(404, "ResourceNotFound"));
    AtomicInteger asked = new AtomicInteger();
    OffsetDateTime over = OffsetDateTime.now(ZoneOffset.UTC).minusSeconds(1);
    AzureTokenStore store =
        AzureTokenStore.builder()
            .credential(
                "https://account.table.core.windows.net",
                request ->
                    Mono.fromSupplier(
                        () -> new AccessToken("token-" + asked.incrementAndGet(), over)))
            .olderRows(false)
            .addPolicy(faults)
            .build();
    for (int calls = 1; calls <= 3; calls++) {
      assertThat(store.find(ChainKey.of("a", "b"))).isEmpty();
      assertThat(asked).hasValue(calls);
    }
  }

  @Test
  void anIdentityThatGetsNoToken_isUnauthorized_orUnavailable() {
    AzureTokenStore store =
        AzureTokenStore.builder()
            .credential(
                "https://account.table.core.windows.net",
                request ->
                    Mono.error(
                        new com.azure.core.exception.ClientAuthenticationException(
                            "no identity here", null)))
            .build();
    FaultCase.failing(Kind.UNAUTHORIZED, () -> store.find(ChainKey.of("a", "b")));
  }

  @Test
  void anIdentityOverHttp_isRefusedAtOnce() {
    assertThatThrownBy(
            () -> AzureTokenStore.builder().credential(azurite.endpoint(), request -> Mono.empty()))
        .hasMessageContaining("https");
  }

  @Test
  void exactlyOneWayToTheService_isNeeded() {
    assertThatThrownBy(() -> AzureTokenStore.builder().build())
        .hasMessageContaining("connectionString, sas, credential or client");
    assertThatThrownBy(
            () ->
                AzureTokenStore.builder()
                    .connectionString(azurite.connectionString())
                    .client(azurite.sdk())
                    .build())
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(
            () ->
                AzureTokenStore.builder()
                    .client(azurite.sdk())
                    .addPolicy(new PartitionKeyGuard())
                    .build())
        .hasMessageContaining("policies");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1abc", "a-b", "a b", "ä", "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeef"})
  void aPrefixTheServiceWouldRefuse_isRefused(String wrong) {
    assertThatThrownBy(() -> Stores.builder(azurite).tablePrefix(wrong).build())
        .hasMessageContaining(wrong);
  }

  @Test
  void settingsWithoutSense_areRefused() {
    AzureTokenStoreBuilder builder = AzureTokenStore.builder();
    for (Map.Entry<String, Runnable> setting :
        Map.<String, Runnable>of(
                "deadline", () -> builder.deadline(Duration.ZERO),
                "responseTimeout", () -> builder.responseTimeout(Duration.ofMillis(-1)),
                "connectTimeout", () -> builder.connectTimeout(Duration.ZERO),
                "retention", () -> builder.retention(Duration.ZERO),
                "hintGrace", () -> builder.hintGrace(Duration.ZERO),
                "slices", () -> builder.spread("p", 1))
            .entrySet()) {
      assertThatThrownBy(() -> setting.getValue().run()).hasMessageContaining(setting.getKey());
    }
  }
}
