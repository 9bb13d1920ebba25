package dev.tokenlife.examples.attendance.web;

import dev.tokenlife.Chains;
import dev.tokenlife.crypto.ChainIds;
import dev.tokenlife.examples.attendance.lesson.Person;
import dev.tokenlife.examples.attendance.lesson.Session;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.LiveToken;
import dev.tokenlife.model.PollResult;
import dev.tokenlife.model.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The holder's view: their own live code and nobody else's, by asking or by being told. */
final class HolderApi {
  private final Access access;
  private final Chains chains;
  private final Shown shown;
  private final Streams streams;
  private final Origins origins;
  private final Activity activity;

  HolderApi(Access access, Chains chains, Shown shown, Streams streams, WebSettings settings) {
    this.access = access;
    this.chains = chains;
    this.shown = shown;
    this.streams = streams;
    this.origins = new Origins(settings.url());
    this.activity = settings.activity();
  }

  void routes(Router router) {
    router
        .get("/api/sessions/{session}/poll", this::poll)
        .get("/api/sessions/{session}/stream", this::stream);
  }

  /** With {@code chainId} one point read; without it everything the caller holds is found. */
  private Reply poll(Call call) {
    Person person = call.signedIn();
    activity.polled();
    Optional<String> chain = call.query("chainId");
    return chain.isPresent()
        ? pollChain(call, person, chain.get())
        : pollSession(call, access.session(call), person);
  }

  private Reply pollChain(Call call, Person person, String chainId) {
    if (ChainIds.decode(chainId).isEmpty()) {
      return Reply.ok(shown.nothing(Refusal.NOT_FOUND.name()));
    }
    PollResult result = chains.poll(ChainKey.of(call.path("session"), chainId), person.id());
    if (result instanceof PollResult.Live live) {
      return Reply.ok(shown.live(live.token(), origins.of(call), qr(call)));
    }
    return result instanceof PollResult.Busy
        ? ScanApi.refused(Refusal.BUSY)
        : Reply.ok(shown.nothing(reason(result)));
  }

  private Reply pollSession(Call call, Session session, Person person) {
    List<LiveToken> held = chains.pollHolder(session.id(), person.id());
    if (!held.isEmpty()) {
      return Reply.ok(shown.live(held, origins.of(call), qr(call)));
    }
    Map<String, Object> nothing =
        shown.nothing(session.isActive() ? "NOT_HOLDER" : "SESSION_ENDED");
    return Reply.ok(nothing);
  }

  private Reply stream(Call call) {
    return streams.open(call, access.session(call), call.signedIn(), origins.of(call));
  }

  private static boolean qr(Call call) {
    return call.query("qr").isPresent();
  }

  /** Says why nothing is shown. */
  static String reason(PollResult result) {
    if (result instanceof PollResult.Over over) {
      return over.reason().name();
    }
    return result instanceof PollResult.Suspended ? "SUSPENDED" : "NOT_HOLDER";
  }
}
