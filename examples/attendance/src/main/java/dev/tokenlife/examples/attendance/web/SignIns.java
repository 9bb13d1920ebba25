package dev.tokenlife.examples.attendance.web;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tokenlife.crypto.KeyRing;
import dev.tokenlife.crypto.Opening;
import dev.tokenlife.crypto.SealedTokens;
import dev.tokenlife.examples.attendance.lesson.Person;
import dev.tokenlife.examples.attendance.lesson.RandomIds;
import dev.tokenlife.examples.attendance.lesson.RefusedException;
import dev.tokenlife.time.TimeSource;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who is asking. A demonstration: people say who they are and are believed, but only once; from
 * then on a sealed token in a cookie says so, and nobody can make one for somebody else.
 */
final class SignIns {
  static final Duration LIFE = Duration.ofHours(12);
  private static final String PLACE = "attendance";
  private static final int LONGEST_NAME = 40;

  private final SealedTokens tokens;

  SignIns(KeyRing keys, TimeSource time) {
    tokens = SealedTokens.builder(keys).type("sign-in").ttl(LIFE).time(time).build();
  }

  /** Makes somebody new of a name and a role. */
  Person person(String name, String role) {
    String stripped = name.strip();
    boolean printable = stripped.codePoints().noneMatch(Character::isISOControl);
    if (stripped.isEmpty() || stripped.length() > LONGEST_NAME || !printable) {
      throw refused("BAD_NAME", "A name has 1 to " + LONGEST_NAME + " letters.");
    }
    for (Person.Role known : Person.Role.values()) {
      if (known.written().equals(role)) {
        return new Person(RandomIds.person(stripped), stripped, known);
      }
    }
    throw refused("BAD_ROLE", "The role is teacher or student.");
  }

  /** Returns what the person shows from now on. */
  String tokenFor(Person person) {
    return tokens.seal(
        PLACE,
        Json.text(Map.of("id", person.id(), "name", person.name(), "role", person.role().name())));
  }

  /** Returns who shows this; empty for anything that was not made here, or long ago. */
  Optional<Person> find(@Nullable String token) {
    if (token != null && tokens.open(token, PLACE) instanceof Opening.Opened opened) {
      JsonNode person = Json.parse(opened.payload());
      return Optional.of(
          new Person(
              person.path("id").asText(),
              person.path("name").asText(),
              Person.Role.valueOf(person.path("role").asText())));
    }
    return Optional.empty();
  }

  private static RefusedException refused(String code, String message) {
    return new RefusedException(RefusedException.Reason.BAD_REQUEST, code, message);
  }
}
