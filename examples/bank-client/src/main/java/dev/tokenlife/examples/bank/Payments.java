package dev.tokenlife.examples.bank;

import dev.tokenlife.Tokens;
import dev.tokenlife.model.AccessToken;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.TokenUnavailableException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Makes one payment after the other and counts what became of them. */
final class Payments {
  private static final ChainKey BANK = ChainKey.of("bank");

  private final Tokens tokens;
  private final HttpClient http;
  private final URI payments;
  private final AtomicLong made = new AtomicLong();
  private final AtomicLong waited = new AtomicLong();
  private final AtomicLong rejected = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();

  Payments(Tokens tokens, HttpClient http, URI payments) {
    this.tokens = tokens;
    this.http = http;
    this.payments = payments;
  }

  /** Pays once; a payment that finds no token at once has waited. */
  void pay() throws IOException, InterruptedException {
    AccessToken token;
    Optional<AccessToken> fresh = tokens.getIfFresh(BANK);
    try {
      if (fresh.isEmpty()) {
        waited.incrementAndGet();
      }
      token = fresh.isPresent() ? fresh.get() : tokens.get(BANK);
    } catch (TokenUnavailableException none) {
      failed.incrementAndGet();
      return;
    }
    HttpRequest request =
        HttpRequest.newBuilder(payments)
            .header("Authorization", token.bearer())
            .POST(HttpRequest.BodyPublishers.ofString("{\"amount\":1}"))
            .build();
    int status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    if (status == 201) {
      made.incrementAndGet();
    } else if (status == 401) {
      rejected.incrementAndGet();
      tokens.invalidate(BANK, token);
    } else {
      failed.incrementAndGet();
    }
  }

  /** Logs in before the first payment, as a service does before it opens. */
  void open() {
    tokens.get(BANK);
  }

  long made() {
    return made.get();
  }

  long waited() {
    return waited.get();
  }

  long rejected() {
    return rejected.get();
  }

  long failed() {
    return failed.get();
  }
}
