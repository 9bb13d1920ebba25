package dev.tokenlife.examples.attendance.web;

import dev.tokenlife.examples.attendance.lesson.Attendee;
import dev.tokenlife.examples.attendance.lesson.CodeRules;
import dev.tokenlife.examples.attendance.lesson.Person;
import dev.tokenlife.examples.attendance.lesson.Roster;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.LiveToken;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a person is shown of the chains they hold. Times in seconds, except those named Ms. */
final class Shown {
  private static final Duration IDLE = Duration.ofSeconds(4);
  private static final Duration CHALLENGED = Duration.ofSeconds(1);
  private static final Duration SOONEST = Duration.ofMillis(100);

  private final CodeRules rules;
  private final Roster roster;

  Shown(CodeRules rules, Roster roster) {
    this.rules = rules;
    this.roster = roster;
  }

  /** The holder's live token. */
  Map<String, Object> live(LiveToken token, String origin, boolean qr) {
    String text = token.token().reveal();
    String link = origin + "/s/" + token.chain().partition() + "?t=" + text;
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("isHolder", true);
    shown.put("chainId", token.chain().id());
    shown.put("type", token.type());
    shown.put("token", text);
    shown.put("seq", token.seq());
    shown.put("generation", token.generation());
    shown.put("expiresAt", token.expiresAt().getEpochSecond());
    shown.put("expiresAtMs", token.expiresAt().toEpochMilli());
    shown.put("expiresIn", seconds(token.pollAfter().plus(rules.overlap())));
    shown.put("rotatesIn", seconds(token.pollAfter()));
    shown.put("pollAfter", seconds(next(token.pollAfter())));
    shown.put("link", link);
    shown.put("codes", token.codes().stream().map(code -> code(token, code)).toList());
    if (qr) {
      shown.put("qr", QrPath.of(link));
    }
    return shown;
  }

  /** Several chains: the first is shown, the others are named. */
  Map<String, Object> live(List<LiveToken> tokens, String origin, boolean qr) {
    Map<String, Object> shown = live(tokens.get(0), origin, qr);
    shown.put("others", tokens.stream().skip(1).map(LiveToken::chain).map(ChainKey::id).toList());
    return shown;
  }

  /** Nothing to show. */
  Map<String, Object> nothing(String reason) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("isHolder", false);
    shown.put("reason", reason);
    shown.put("pollAfter", seconds(rules.challenge() ? CHALLENGED : IDLE));
    return shown;
  }

  /** Who is signed in. */
  static Map<String, Object> person(Person person) {
    return Map.of("userId", person.id(), "name", person.name(), "role", person.role().written());
  }

  static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }

  /** While confirmation codes may come the holder has to look more often. */
  private Duration next(Duration pollAfter) {
    Duration capped =
        rules.challenge() && pollAfter.compareTo(CHALLENGED) > 0 ? CHALLENGED : pollAfter;
    return capped.compareTo(SOONEST) < 0 ? SOONEST : capped;
  }

  private Map<String, Object> code(LiveToken token, LiveToken.PendingCode code) {
    String scanner = code.scanner();
    return Map.of(
        "scanner",
        scanner,
        "scannerName",
        roster.attendee(token.chain().partition(), scanner).map(Attendee::name).orElse(scanner),
        "code",
        code.code().reveal(),
        "expiresAt",
        code.expiresAt().getEpochSecond(),
        "expiresAtMs",
        code.expiresAt().toEpochMilli());
  }
}
