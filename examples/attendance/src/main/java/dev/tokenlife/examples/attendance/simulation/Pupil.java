package dev.tokenlife.examples.attendance.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Somebody in one lesson: looks at their own page, and at the screens of others. One thread at a
 * time scans; pages may be pushed meanwhile.
 */
final class Pupil {
  /** What losing a race, or being slow, is answered with. */
  private static final Set<String> EXPECTED =
      Set.of(
          "ALREADY_CONSUMED",
          "SUPERSEDED",
          "TOKEN_EXPIRED",
          "CHAIN_CLOSED",
          "BUSY",
          "CHALLENGE_REQUIRED",
          "CHALLENGE_FAILED",
          "LOCKED");

  private static final int PATIENCE = 12;

  private final Browser browser;
  private final Screens screens;
  private final Ledger ledger;
  private final String base;
  private volatile Optional<String> chain = Optional.empty();
  private Optional<Confirmation> confirmation = Optional.empty();

  /** A confirmation code that has been asked for, and how often it was looked for since. */
  private record Confirmation(Screens.Screen seen, String id, String chain, int looks) {}

  Pupil(Browser browser, Screens screens, Ledger ledger, String session) {
    this.browser = browser;
    this.screens = screens;
    this.ledger = ledger;
    this.base = "/api/sessions/" + session;
  }

  String id() {
    return browser.userId();
  }

  Browser browser() {
    return browser;
  }

  void join() {
    browser.post(base + "/join", Map.of(), Set.of());
  }

  /** Looks at the own page; returns after how many seconds to look again. */
  double look() {
    String query = chain.map(id -> "?chainId=" + id).orElse("");
    Answer answer = browser.get(base + "/poll" + query);
    if (answer.ok()) {
      see(answer.body());
    }
    return answer.ok() ? answer.body().path("pollAfter").asDouble() : 1;
  }

  /** Takes in what the own page shows, and lets others see it. */
  void see(JsonNode page) {
    if (page.path("isHolder").asBoolean()) {
      chain = Optional.of(page.path("chainId").asText());
      Map<String, String> confirmations = new HashMap<>();
      for (JsonNode code : page.path("codes")) {
        confirmations.put(code.path("scanner").asText(), code.path("code").asText());
      }
      screens.show(
          new Screens.Screen(
              id(), page.path("type").asText(), page.path("token").asText(), confirmations));
    } else {
      chain = Optional.empty();
      screens.clear(id());
    }
  }

  /** The own page says that a chain is over; about another chain it says nothing. */
  void over(JsonNode page) {
    if (chain.equals(Optional.of(page.path("chainId").asText()))) {
      see(page);
    }
  }

  /** Points the camera at somebody's code, unless there is nothing to gain from it. */
  void scan(String type) {
    if (confirmation.isPresent()) {
      confirm(confirmation.get());
      return;
    }
    if (ledger.has(type, id()) || chain.isPresent()) {
      return;
    }
    Optional<Screens.Screen> seen = screens.pick(type, id());
    if (seen.isPresent()) {
      Answer answer =
          browser.post(
              base + "/scan",
              Map.of("token", seen.get().token(), "requestId", UUID.randomUUID().toString()),
              EXPECTED);
      if (answer.error().equals("CHALLENGE_REQUIRED")) {
        challenge(seen.get());
      } else {
        settle(seen.get(), answer);
      }
    }
  }

  private void settle(Screens.Screen seen, Answer answer) {
    if (answer.ok()) {
      ledger.accepted(seen.type(), seen.owner(), id());
      if (!answer.body().path("wall").asBoolean()) {
        screens.taken(seen);
        see(answer.body());
      }
    } else if (answer.error().equals("ALREADY_CONSUMED")) {
      screens.taken(seen);
    }
  }

  private void challenge(Screens.Screen seen) {
    Answer given = browser.post(base + "/challenges", Map.of("token", seen.token()), EXPECTED);
    if (given.ok()) {
      confirmation =
          Optional.of(new Confirmation(seen, given.text("challengeId"), given.text("chainId"), 0));
    }
  }

  /** Types what the holder's screen shows, once it shows it. */
  private void confirm(Confirmation asked) {
    Optional<Screens.Screen> screen = screens.of(asked.seen.owner());
    Optional<String> code = screen.map(shown -> shown.confirmations().get(id()));
    if (code.isPresent()) {
      confirmation = Optional.empty();
      settle(
          asked.seen,
          browser.post(
              base + "/challenges/" + asked.id,
              Map.of("chainId", asked.chain, "code", code.get()),
              EXPECTED));
    } else if (screen.isEmpty() || asked.looks > PATIENCE) {
      confirmation = Optional.empty();
    } else {
      confirmation =
          Optional.of(new Confirmation(asked.seen, asked.id, asked.chain, asked.looks + 1));
    }
  }
}
