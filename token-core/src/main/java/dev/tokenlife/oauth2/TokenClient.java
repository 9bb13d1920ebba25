package dev.tokenlife.oauth2;

import dev.tokenlife.model.FailureKind;
import dev.tokenlife.model.Secret;
import dev.tokenlife.spi.FetchRequest;
import dev.tokenlife.spi.FetchedToken;
import dev.tokenlife.spi.SourceException;
import java.security.GeneralSecurityException;
import java.time.Duration;

/** Puts a request together, has it sent once, and reads what comes back. */
record TokenClient(SourceSettings settings) {
  static final Duration DEADLINE = Duration.ofSeconds(10);

  /** Obtains a token; {@code spends} if a success uses the grant up. */
  FetchedToken obtain(Grant grant, FetchRequest request, boolean spends) {
    Deadline deadline = Deadline.in(settings.time, request.deadline());
    TokenForm form = new TokenForm();
    TokenCall blank = call(settings.endpoint, spends, grant, form);
    refusePlain(blank);
    read(blank, "the grant", () -> grant.write(form, request));
    read(blank, "a parameter", () -> writeParameters(form, grant));
    read(blank, "the client's credentials", () -> authenticate(form));
    TokenCall call = call(settings.endpoint, spends, grant, form);
    HttpAnswer answer = new TokenPost(settings, call, form, deadline).send();
    return new TokenAnswer(answer, call, settings).token();
  }

  /** Takes a refresh token back (RFC 7009 section 2.1), if it is known where. */
  void revoke(Secret refreshToken) {
    Endpoint endpoint = settings.revocation;
    if (endpoint == null) {
      return;
    }
    Deadline deadline = Deadline.in(settings.time, DEADLINE);
    Grant grant = new Grant.RefreshToken();
    TokenForm form = new TokenForm();
    TokenCall blank = call(endpoint, false, grant, form);
    refusePlain(blank);
    form.add("token", refreshToken).add("token_type_hint", "refresh_token");
    read(blank, "the client's credentials", () -> authenticate(form));
    TokenCall call = call(endpoint, false, grant, form);
    HttpAnswer answer = new TokenPost(settings, call, form, deadline).send();
    if (!answer.isSuccess()) {
      throw new TokenAnswer(answer, call, settings).refusal();
    }
  }

  private static TokenCall call(Endpoint endpoint, boolean spends, Grant grant, TokenForm form) {
    return new TokenCall(endpoint, spends, grant.isPersonal(), form.redaction());
  }

  private void refusePlain(TokenCall call) {
    if (call.endpoint().isPlain() && !settings.plainOnLoopback) {
      throw call.failure(
          FailureKind.CONFIG, "http is not used, not even here, without allowHttpOnLoopback()");
    }
  }

  private void writeParameters(TokenForm form, Grant grant) {
    for (SourceSettings.Parameter parameter : settings.parameters) {
      if (grant.takesScope() || !parameter.name().equals("scope")) {
        parameter.write(form);
      }
    }
  }

  private void authenticate(TokenForm form) throws GeneralSecurityException {
    settings.authentication.write(form, settings.endpoint, settings.time);
  }

  /**
   * Code of the application, which may fail, and may put a secret into the message when it does.
   */
  private static void read(TokenCall call, String what, Step step) {
    try {
      step.run();
    } catch (SourceException own) {
      throw own;
    } catch (GeneralSecurityException unusable) {
      throw call.failure(FailureKind.CONFIG, unread(what, unusable));
    } catch (RuntimeException failure) {
      throw call.failure(FailureKind.TRANSIENT, unread(what, failure));
    }
  }

  private static String unread(String what, Exception failure) {
    return what + " could not be read, by a " + failure.getClass().getSimpleName();
  }

  /** A step of putting the form together. */
  @FunctionalInterface
  private interface Step {
    void run() throws GeneralSecurityException;
  }
}
