package dev.tokenlife.azure;

import java.util.Optional;

/**
 * What one clean-up did.
 *
 * @param partitions how many partitions it looked at
 * @param removed how many chains it removed
 * @param kept how many were over but changed under its hands, or could not be removed now
 * @param next where to go on; empty when everything was looked at
 */
public record CleanUpReport(long partitions, long removed, long kept, Optional<String> next) {}
