package dev.tokenlife.examples.attendance.web;

import dev.tokenlife.examples.attendance.lesson.Person;
import dev.tokenlife.examples.attendance.lesson.Refusals;
import dev.tokenlife.examples.attendance.lesson.Scans;
import dev.tokenlife.examples.attendance.lesson.Session;
import dev.tokenlife.examples.attendance.lesson.Wall;
import dev.tokenlife.model.ChallengeResult;
import dev.tokenlife.model.HandOverResult;
import dev.tokenlife.model.Refusal;
import java.util.Map;
import java.util.Optional;

/** The scanner's side: presents a code, and confirms it where that is asked for. */
final class ScanApi {
  private final Access access;
  private final Scans scans;
  private final Wall wall;
  private final Shown shown;
  private final Origins origins;
  private final Activity activity;

  ScanApi(Access access, Classroom classroom, Shown shown, WebSettings settings) {
    this.access = access;
    this.scans = classroom.scans();
    this.wall = classroom.wall();
    this.shown = shown;
    this.origins = new Origins(settings.url());
    this.activity = settings.activity();
  }

  void routes(Router router) {
    router
        .post("/api/sessions/{session}/scan", this::scan)
        .post("/api/sessions/{session}/challenges", this::challenge)
        .post("/api/sessions/{session}/challenges/{challenge}", this::answer);
  }

  private Reply scan(Call call) {
    Person scanner = call.signedIn();
    Session session = access.session(call);
    String token = call.optional("token");
    Optional<Wall.Scanned> onWall = wall.scan(session, token, scanner);
    if (onWall.isPresent()) {
      return wallReply(onWall.get());
    }
    return reply(call, scans.scan(session, token, scanner, call.optional("requestId")));
  }

  private Reply wallReply(Wall.Scanned scanned) {
    if (scanned.refusal().isPresent()) {
      activity.refused(scanned.refusal().get());
      return refused(scanned.refusal().get());
    }
    activity.scannedWall();
    return Reply.ok(Map.of("isHolder", false, "wall", true, "type", scanned.type().name()));
  }

  private Reply challenge(Call call) {
    Person scanner = call.signedIn();
    Session session = access.session(call);
    ChallengeResult result = scans.challenge(session, call.optional("token"), scanner);
    if (result instanceof ChallengeResult.Given given) {
      return Reply.json(
          201,
          Map.of(
              "challengeId",
              given.challengeId(),
              "chainId",
              given.chain().id(),
              "expiresAt",
              given.expiresAt().getEpochSecond(),
              "attempts",
              given.attempts()));
    }
    Refusal refusal = ((ChallengeResult.Refused) result).refusal();
    activity.refused(refusal);
    return refused(refusal);
  }

  private Reply answer(Call call) {
    Person scanner = call.signedIn();
    return reply(
        call,
        scans.answer(
            access.session(call),
            call.text("chainId"),
            call.path("challenge"),
            call.optional("code"),
            scanner));
  }

  private Reply reply(Call call, HandOverResult result) {
    if (result instanceof HandOverResult.Accepted accepted) {
      Map<String, Object> body =
          shown.live(accepted.token(), origins.of(call), call.query("qr").isPresent());
      body.put("repeat", accepted.repeat());
      return Reply.ok(body);
    }
    Refusal refusal = ((HandOverResult.Refused) result).refusal();
    activity.refused(refusal);
    return refused(refusal);
  }

  /** A refusal is an answer, never a server error. */
  static Reply refused(Refusal refusal) {
    int status =
        switch (refusal) {
          case INVALID -> 400;
          case NOT_HOLDER, NOT_ELIGIBLE -> 403;
          case NOT_FOUND -> 404;
          case TOKEN_EXPIRED, CHAIN_CLOSED, CHAIN_EXPIRED, REVOKED -> 410;
          case BUSY, LOCKED -> 429;
          case ALREADY_CONSUMED, SUPERSEDED, SUSPENDED, CHALLENGE_REQUIRED, CHALLENGE_FAILED -> 409;
        };
    Reply reply =
        Reply.error(
            status, refusal.name(), Refusals.sentence(refusal), Optional.of(refusal.askAgain()));
    return status == 429 ? reply.with("Retry-After", "1") : reply;
  }
}
