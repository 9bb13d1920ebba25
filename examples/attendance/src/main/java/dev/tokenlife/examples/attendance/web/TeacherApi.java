package dev.tokenlife.examples.attendance.web;

import dev.tokenlife.examples.attendance.lesson.AttendanceCsv;
import dev.tokenlife.examples.attendance.lesson.CodeRules;
import dev.tokenlife.examples.attendance.lesson.CodeType;
import dev.tokenlife.examples.attendance.lesson.Codes;
import dev.tokenlife.examples.attendance.lesson.Lessons;
import dev.tokenlife.examples.attendance.lesson.Session;
import dev.tokenlife.examples.attendance.lesson.Wall;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What the teacher of a session may do, and nobody else. */
final class TeacherApi {
  private final Access access;
  private final Codes codes;
  private final Lessons lessons;
  private final Wall wall;
  private final CodeRules rules;
  private final Streams streams;
  private final Origins origins;

  TeacherApi(Access access, Classroom classroom, Streams streams, Origins origins) {
    this.access = access;
    this.codes = classroom.codes();
    this.lessons = classroom.lessons();
    this.wall = classroom.wall();
    this.rules = classroom.rules();
    this.streams = streams;
    this.origins = origins;
  }

  void routes(Router router) {
    String session = "/api/sessions/{session}";
    router
        .post(session + "/seed", this::seed)
        .post(session + "/chains", this::open)
        .post(session + "/chains/{chain}/reassign", this::reassign)
        .post(session + "/chains/{chain}/close", this::close)
        .post(session + "/end", this::end)
        .get(session + "/wall/{type}", this::wall)
        .get(session + "/joining", this::joining)
        .get(session + "/dashboard", this::dashboard)
        .get(session + "/attendance", this::attendance)
        .get(session + "/attendance.csv", this::csv);
  }

  private Reply seed(Call call) {
    Session session = access.ownedActive(call);
    CodeType type = Access.type(call.text("type"));
    List<ChainKey> opened = codes.seed(session, type, call.number("count"));
    return Reply.json(201, Map.of("chains", opened.stream().map(ChainKey::id).toList()));
  }

  private Reply open(Call call) {
    Session session = access.ownedActive(call);
    CodeType type = Access.type(call.text("type"));
    String holder = Objects.requireNonNullElse(call.optional("holder"), session.teacherId());
    return Reply.json(201, Map.of("chainId", codes.open(session, type, holder).id()));
  }

  private Reply reassign(Call call) {
    Session session = access.ownedActive(call);
    String holder = Objects.requireNonNullElse(call.optional("holder"), session.teacherId());
    codes.reassign(session, call.path("chain"), holder);
    return Reply.ok(Map.of("holder", holder));
  }

  private Reply close(Call call) {
    codes.close(access.owned(call), call.path("chain"));
    return Reply.ok(Map.of("state", "CLOSED"));
  }

  private Reply end(Call call) {
    Session session = access.owned(call);
    lessons.end(session);
    streams.ended(session.id());
    return Reply.ok(Map.of("status", Session.Status.ENDED.name()));
  }

  private Reply wall(Call call) {
    Session session = access.ownedActive(call);
    CodeType type = Access.type(call.path("type"));
    Wall.WallCode code = wall.show(session, type);
    String link = origins.of(call) + "/s/" + session.id() + "?t=" + code.token();
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("type", type.name());
    shown.put("token", code.token());
    shown.put("link", link);
    shown.put("expiresAt", code.expiresAt() / 1000);
    shown.put("expiresAtMs", code.expiresAt());
    shown.put("rotatesIn", Shown.seconds(rules.rotate()));
    shown.put("pollAfter", Shown.seconds(rules.rotate()));
    shown.put("qr", QrPath.of(link));
    return Reply.ok(shown);
  }

  private Reply joining(Call call) {
    String link = origins.of(call) + "/s/" + access.ownedActive(call).id();
    return Reply.ok(Map.of("link", link, "qr", QrPath.of(link)));
  }

  private Reply dashboard(Call call) {
    Session session = access.owned(call);
    Map<String, Object> shown = SessionsApi.json(session);
    shown.put("attendance", lessons.attendance(session));
    shown.put("chains", codes.list(session.id()).stream().map(TeacherApi::chain).toList());
    shown.put("rotateSeconds", Shown.seconds(rules.rotate()));
    shown.put("challenge", rules.challenge());
    shown.put("sealed", rules.sealed());
    shown.put("push", streams.isOn());
    return Reply.ok(shown);
  }

  private Reply attendance(Call call) {
    return Reply.ok(Map.of("attendance", lessons.attendance(access.owned(call))));
  }

  private Reply csv(Call call) {
    Session session = access.owned(call);
    return Reply.text("text/csv; charset=utf-8", AttendanceCsv.of(lessons.attendance(session)))
        .with(
            "Content-Disposition", "attachment; filename=\"attendance-" + session.id() + ".csv\"");
  }

  private static Map<String, Object> chain(ChainView chain) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("chainId", chain.key().id());
    shown.put("type", chain.type());
    shown.put("state", chain.state().name());
    shown.put("stalled", chain.stalled());
    chain.holder().ifPresent(holder -> shown.put("lastHolder", holder));
    shown.put("seq", chain.seq());
    shown.put("rotationCount", chain.rotationCount());
    shown.put("lastRotation", chain.lastRotation().getEpochSecond());
    shown.put("createdAt", chain.createdAt().getEpochSecond());
    chain.closeReason().ifPresent(reason -> shown.put("closeReason", reason));
    return shown;
  }
}
