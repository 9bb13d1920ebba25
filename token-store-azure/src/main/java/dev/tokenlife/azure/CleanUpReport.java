package dev.tokenlife.azure;

import java.util.Optional;

/**
 * What one clean-up did.
 *
 * @param looked how many times it looked into a partition, or into a slice of one
 * @param removed how many chains it removed
 * @param kept how many were over but changed under its hands, or could not be removed now
 * @param next where to go on; empty when everything was looked at
 */
public record CleanUpReport(long looked, long removed, long kept, Optional<String> next) {
  CleanUpReport goingOnAt(Optional<String> cursor) {
    return new CleanUpReport(looked, removed, kept, cursor);
  }

  CleanUpReport plus(Removal.Tally tally) {
    return new CleanUpReport(looked + 1, removed + tally.removed(), kept + tally.kept(), next);
  }
}
