package dev.tokenlife.examples.storetool;

/** The command line or the environment is not what it must be; the message says the next step. */
final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }
}
