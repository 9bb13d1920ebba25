package dev.tokenlife.examples.attendance.browser;

import static org.awaitility.Awaitility.await;

import dev.tokenlife.examples.attendance.School;
import java.time.Duration;
import java.util.Optional;

/** What people do with their phones. */
final class People {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private People() {}

  static Page phone(Chromium browser) {
    return browser.person().sized(390, 844, true);
  }

  /** Joins a session. */
  static Page student(Chromium browser, School school, String session, String name) {
    Page page = phone(browser).open(school.address() + "/s/" + session);
    page.type("#sign-in-form input[name=name]", name);
    page.click("#sign-in-button");
    page.awaitVisible("#message");
    return page;
  }

  /** As people do: whoever is too slow scans the code that is there then. */
  static Page scanUntilTaken(Chromium browser, Page holder) {
    Page ben = phone(browser);
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              ben.open(read(holder, "#code-frame"));
              awaitPanel(ben);
              if (ben.isVisible("#sign-in")) {
                ben.awaitText("#sign-in-title", "Who has scanned");
                ben.type("#sign-in-form input[name=name]", "Ben");
                ben.click("#sign-in-button");
                await().atMost(PATIENCE).until(() -> !ben.isVisible("#sign-in"));
                awaitPanel(ben);
              }
              return ben.isVisible("#holding");
            });
    return ben;
  }

  /** Reads the code on the screen, once it is that of the live token. */
  static String live(Page page, String session, String chain) {
    String poll = "fetch('/api/sessions/" + session + "/poll?chainId=" + chain + "')";
    return await()
        .atMost(PATIENCE)
        .until(
            () -> {
              String token =
                  page.evaluate(poll + ".then(r => r.json()).then(b => b.token)").asText();
              String link = "/s/" + session + "?t=" + token;
              return page.readCode("#code-frame")
                  .filter(seen -> seen.endsWith(link))
                  .map(seen -> token);
            },
            Optional::isPresent)
        .orElseThrow();
  }

  /** Reads the code on the screen. */
  static String read(Page page, String selector) {
    return await()
        .atMost(PATIENCE)
        .until(() -> page.readCode(selector), Optional::isPresent)
        .orElseThrow();
  }

  private static void awaitPanel(Page page) {
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                page.isVisible("#sign-in")
                    || page.isVisible("#holding")
                    || page.isVisible("#message"));
  }
}
