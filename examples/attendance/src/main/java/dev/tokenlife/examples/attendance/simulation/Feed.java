package dev.tokenlife.examples.attendance.simulation;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** A pupil's open page, pushed to by server-sent events. */
final class Feed implements Flow.Subscriber<String> {
  private final Pupil pupil;
  private final Findings findings;
  private final CompletableFuture<HttpResponse<Void>> response;
  private Flow.@Nullable Subscription subscription;
  private String event = "";

  Feed(HttpClient http, Pupil pupil, String session, Findings findings) {
    this.pupil = pupil;
    this.findings = findings;
    this.response =
        http.sendAsync(
            pupil.browser().request("/api/sessions/" + session + "/stream").GET().build(),
            HttpResponse.BodyHandlers.fromLineSubscriber(this));
  }

  void close() {
    response.cancel(true);
    Flow.Subscription open = subscription;
    if (open != null) {
      open.cancel();
    }
  }

  @Override
  public void onSubscribe(Flow.Subscription opened) {
    subscription = opened;
    opened.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(String line) {
    if (line.startsWith("event: ")) {
      event = line.substring("event: ".length());
    } else if (line.startsWith("data: ")) {
      data(line.substring("data: ".length()));
    }
  }

  @Override
  public void onError(Throwable failure) {
    // The end of a lesson, or of the server.
  }

  @Override
  public void onComplete() {
    // The end of a lesson, or of the server.
  }

  private void data(String data) {
    try {
      if (event.equals("token")) {
        pupil.see(Browser.json(data));
      } else if (event.equals("over")) {
        pupil.over(Browser.json(data));
      }
    } catch (IOException broken) {
      findings.add("a pushed event is no JSON");
    }
  }
}
