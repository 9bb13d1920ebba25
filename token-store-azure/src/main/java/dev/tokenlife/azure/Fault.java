package dev.tokenlife.azure;

import dev.tokenlife.spi.StoreException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What one request brought instead of what was hoped for; never leaves this package. */
final class Fault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What it means for the loop above. */
  enum Kind {
    /** The ETag was not the expected one. */
    PRECONDITION,
    /** A row that had to be absent is there. */
    EXISTS,
    /** There is no such row. */
    MISSING,
    /** There is no such table. */
    NO_TABLE,
    /** The table is being deleted; its name is blocked for a while. */
    BEING_DELETED,
    /** Asked for patience; not executed. */
    THROTTLED,
    /** Never left this process. */
    NOT_SENT,
    /** No answer, or half of one: executed or not. */
    LOST,
    /** Credentials refused. */
    UNAUTHORIZED,
    /** Can never succeed. */
    REJECTED,
    /** The thread was interrupted; its flag is set again. */
    INTERRUPTED,
    /** The client could not read the answer for want of a class. */
    BROKEN
  }

  private final Kind kind;
  private final String detail;
  private final int index;
  private final @Nullable Duration retryAfter;

  /**
   * Says what happened.
   *
   * @param index the operation of a batch that failed; 0 for single requests; -1 if unknown
   */
  Fault(
      Kind kind, String detail, int index, @Nullable Duration retryAfter, @Nullable Throwable why) {
    super(detail, why);
    this.kind = kind;
    this.detail = detail;
    this.index = index;
    this.retryAfter = retryAfter;
  }

  Kind kind() {
    return kind;
  }

  int index() {
    return index;
  }

  @Nullable Duration retryAfter() {
    return retryAfter;
  }

  /** Returns whether the same request may be answered otherwise a little later. */
  boolean passing() {
    return switch (kind) {
      case THROTTLED, NOT_SENT, LOST, BEING_DELETED -> true;
      default -> false;
    };
  }

  /** Puts it into the terms of the SPI for a request that writes nothing or may be repeated. */
  StoreException giveUp(String what) {
    return giveUp(what, false);
  }

  /**
   * Puts it into the terms of the SPI.
   *
   * @param what table, key and operation, for people
   * @param unknown whether an earlier attempt, or this one, may have been executed
   */
  StoreException giveUp(String what, boolean unknown) {
    StoreException.Kind said =
        switch (kind) {
          case NO_TABLE, BEING_DELETED, BROKEN -> StoreException.Kind.MISCONFIGURED;
          case THROTTLED -> StoreException.Kind.THROTTLED;
          case UNAUTHORIZED -> StoreException.Kind.UNAUTHORIZED;
          case REJECTED -> StoreException.Kind.REJECTED;
          case NOT_SENT, LOST, INTERRUPTED, PRECONDITION, EXISTS, MISSING ->
              StoreException.Kind.UNAVAILABLE;
        };
    return new StoreException(
        unknown ? StoreException.Kind.UNKNOWN : said,
        what + ": " + detail + hint(),
        retryAfter,
        getCause());
  }

  private String hint() {
    return switch (kind) {
      case NO_TABLE -> "; create the tables with initialize() or the init-tables command";
      case BEING_DELETED ->
          "; the service blocks the name of a deleted table for a while: wait, or use another table"
              + " prefix";
      case UNAUTHORIZED ->
          "; check the key, the SAS or the role Storage Table Data Contributor (changes take"
              + " minutes)";
      case BROKEN -> "; add com.fasterxml.jackson.dataformat:jackson-dataformat-xml";
      default -> "";
    };
  }
}
