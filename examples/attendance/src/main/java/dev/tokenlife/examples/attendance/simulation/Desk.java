package dev.tokenlife.examples.attendance.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The teacher of one lesson, at the dashboard. */
final class Desk {
  private final Browser browser;
  private final Screens screens;
  private final Pupil ownPage;
  private final String session;
  private final String base;

  private Desk(Browser browser, Screens screens, Ledger ledger, String session) {
    this.browser = browser;
    this.screens = screens;
    this.session = session;
    this.base = "/api/sessions/" + session;
    this.ownPage = new Pupil(browser, screens, ledger, session);
  }

  static Desk start(Browser browser, Screens screens, Ledger ledger, String classId) {
    Answer created = browser.post("/api/sessions", Map.of("classId", classId), Set.of());
    return new Desk(browser, screens, ledger, created.text("sessionId"));
  }

  String session() {
    return session;
  }

  void seed(String type, int count) {
    browser.post(base + "/seed", Map.of("type", type, "count", count), Set.of());
  }

  /** Puts a LATE or EARLY code on the wall, as a chain or as a code that many may read. */
  void open(String type, boolean sealed) {
    if (!sealed) {
      browser.post(base + "/chains", Map.of("type", type), Set.of());
    }
    show(type, sealed);
  }

  /** Keeps the code on the wall fresh. */
  void show(String type, boolean sealed) {
    if (sealed) {
      Answer code = browser.get(base + "/wall/" + type);
      screens.show(new Screens.Screen(browser.userId(), type, code.text("token"), Map.of()));
    } else {
      ownPage.look();
    }
  }

  JsonNode dashboard() {
    return browser.get(base + "/dashboard").body();
  }

  /** Closes every chain of a type, and takes the code off the wall. */
  void close(String type) {
    for (JsonNode chain : dashboard().path("chains")) {
      if (chain.path("type").asText().equals(type)
          && chain.path("state").asText().equals("ACTIVE")) {
        browser.post(
            base + "/chains/" + chain.path("chainId").asText() + "/close", Map.of(), Set.of());
      }
    }
    screens.clear(browser.userId());
  }

  /** Gives the first chain of a type to somebody. */
  void reassign(String type, String holder) {
    for (JsonNode chain : dashboard().path("chains")) {
      if (chain.path("type").asText().equals(type)) {
        browser.post(
            base + "/chains/" + chain.path("chainId").asText() + "/reassign",
            Map.of("holder", holder),
            Set.of());
        return;
      }
    }
  }

  void end() {
    browser.post(base + "/end", Map.of(), Set.of());
  }

  /** Says who has a mark in the register. */
  static Set<String> marked(JsonNode dashboard, String column) {
    Set<String> marked = new TreeSet<>();
    for (JsonNode student : dashboard.path("attendance")) {
      if (student.path(column).isNumber()) {
        marked.add(student.path("studentId").asText());
      }
    }
    return marked;
  }
}
