package dev.tokenlife.examples.due;

import dev.tokenlife.PullEngine;
import dev.tokenlife.Tokens;
import dev.tokenlife.TokensBuilder;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.PassReport;
import dev.tokenlife.model.Secret;
import dev.tokenlife.oauth2.OAuth2Source;
import dev.tokenlife.spi.FetchRequest;
import dev.tokenlife.spi.FetchedToken;
import dev.tokenlife.spi.TokenSource;
import dev.tokenlife.spi.TokenStore;
import java.net.URI;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One pass over everything due. {@link #handle} is the whole body of a serverless handler: keep one
 * instance for the life of the function's process and return what it returns.
 */
public final class RefreshDue implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RefreshDue.class);
  private static final String DEMO = "demo";
  private static final Duration DEMO_CALL = Duration.ofMillis(150);

  private final TokenStore store;
  private final Tokens tokens;
  private final Duration horizon;
  private final Duration deadline;
  private boolean clean = true;

  private RefreshDue(TokenSource source, Settings settings, Duration horizon) {
    this.store = Stores.open(settings);
    TokensBuilder builder =
        Tokens.builder().source(source).engine(PullEngine.create()).store(store);
    if (!store.processLocal()) {
      builder.keys(Stores.keys(settings));
    }
    this.tokens = builder.build();
    this.horizon = horizon;
    this.deadline = settings.duration("DEADLINE", Duration.ofSeconds(60));
  }

  /** Keeps the chains of a real authorization server. */
  static RefreshDue of(Settings settings, Duration horizon) {
    RefreshDue due = new RefreshDue(source(settings), settings, horizon);
    for (String chain : settings.chains()) {
      String[] name = chain.split("/", 2);
      due.tokens.adopt(
          name.length == 1 ? ChainKey.of(name[0]) : ChainKey.of(name[0], name[1]),
          "first",
          FetchedToken.of("none-yet", Duration.ZERO));
    }
    return due;
  }

  private static OAuth2Source source(Settings settings) {
    URI server = URI.create(settings.need("TOKEN_URI"));
    String client = settings.need("CLIENT_ID");
    Supplier<Secret> secret = settings.secret("CLIENT_SECRET");
    String grant = settings.text("GRANT", "client_credentials");
    return switch (grant) {
      case "client_credentials" -> OAuth2Source.clientCredentials(server, client, secret);
      case "refresh_token" -> OAuth2Source.refreshToken(server, client, secret).singleUse();
      default ->
          throw new IllegalArgumentException(
              "GRANT is " + grant + ": set it to client_credentials or refresh_token");
    };
  }

  /** Keeps so many grants, about to expire, of a source that takes 150 ms for each call. */
  static RefreshDue demo(Settings settings, Duration horizon, int grants) {
    RefreshDue due = new RefreshDue(RefreshDue::slowly, settings, horizon);
    for (int i = 0; i < grants; i++) {
      due.tokens.adopt(
          ChainKey.of(DEMO, "user-" + i), "seed", FetchedToken.of("seed", Duration.ofMinutes(4)));
    }
    return due;
  }

  /** Makes one pass; returns its report as JSON. Never throws. */
  public String handle() {
    String run = JsonLines.nextRun();
    PassReport report = tokens.refreshDue(horizon, deadline);
    clean = report.failures() == 0 && !report.truncated() && report.listingFailure() == null;
    log.atInfo().addKeyValue("run", run).addKeyValue("clean", clean).log("The pass has ended");
    return report.toJson();
  }

  /** Returns whether the last pass refreshed all that was due. */
  public boolean isClean() {
    return clean;
  }

  @Override
  public void close() {
    tokens.close();
    store.close();
  }

  private static FetchedToken slowly(FetchRequest request) throws InterruptedException {
    Thread.sleep(DEMO_CALL.toMillis());
    return FetchedToken.of("fresh-" + request.key().id(), Duration.ofHours(1));
  }
}
