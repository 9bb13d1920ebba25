package dev.tokenlife.examples.attendance.lesson;

import dev.tokenlife.model.ChainPolicy;
import dev.tokenlife.model.ChainPolicyBuilder;
import dev.tokenlife.model.ChallengeRule;
import java.time.Duration;
import java.util.Set;

/**
 * How codes behave.
 *
 * @param rotate how often the code on the screen changes
 * @param challenge whether the scanner types a code that the holder's page shows
 * @param sealed the types that are a wall code, which many may scan, and no chain
 */
public record CodeRules(Duration rotate, boolean challenge, Set<CodeType> sealed) {
  private static final Duration LONGEST_OVERLAP = Duration.ofSeconds(3);

  /** Copies the set. */
  public CodeRules {
    sealed = Set.copyOf(sealed);
  }

  /** Returns how long a code is still good after it has changed: while somebody aims a camera. */
  public Duration overlap() {
    Duration half = rotate.dividedBy(2);
    return half.compareTo(LONGEST_OVERLAP) < 0 ? half : LONGEST_OVERLAP;
  }

  /** Returns the rules of a type's chains. */
  public ChainPolicy policy(CodeType type) {
    ChainPolicyBuilder policy =
        ChainPolicy.screenCode(type.name(), rotate, overlap()).effects(true);
    return (challenge ? policy.challenge(ChallengeRule.standard()) : policy).build();
  }
}
