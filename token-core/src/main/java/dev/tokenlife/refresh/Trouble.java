package dev.tokenlife.refresh;

import dev.tokenlife.model.FailureKind;
import dev.tokenlife.model.TokenUnavailableException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * How the last attempt for a chain failed.
 *
 * @param reason what stood in the way
 * @param kind how the upstream failed; null if it was not asked
 * @param message one line for people, without secrets
 * @param failures how many attempts failed in a row
 * @param retryAt callers without a usable token are refused at once before this, epoch milliseconds
 */
record Trouble(
    Reason reason, @Nullable FailureKind kind, String message, int failures, long retryAt) {}
