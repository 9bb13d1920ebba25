package dev.tokenlife.examples.attendance.web;

import dev.tokenlife.examples.attendance.lesson.Attendee;
import dev.tokenlife.examples.attendance.lesson.Lessons;
import dev.tokenlife.examples.attendance.lesson.Person;
import dev.tokenlife.examples.attendance.lesson.Roster;
import dev.tokenlife.examples.attendance.lesson.Session;
import dev.tokenlife.examples.attendance.lesson.Sessions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sessions, for everybody: create, list, look at, join. */
final class SessionsApi {
  private final Access access;
  private final Sessions sessions;
  private final Roster roster;
  private final Lessons lessons;

  SessionsApi(Access access, Sessions sessions, Roster roster, Lessons lessons) {
    this.access = access;
    this.sessions = sessions;
    this.roster = roster;
    this.lessons = lessons;
  }

  void routes(Router router) {
    router
        .post("/api/sessions", this::create)
        .get("/api/sessions", this::list)
        .get("/api/sessions/{session}", this::show)
        .post("/api/sessions/{session}/join", this::join);
  }

  private Reply create(Call call) {
    Person teacher = Access.teacher(call);
    Session session =
        sessions.create(teacher, call.text("classId"), call.optionalNumber("startAt"));
    roster.join(session, teacher);
    return Reply.json(201, json(session));
  }

  /** A teacher's active sessions (all of them with {@code ?all=true}); those a student is in. */
  private Reply list(Call call) {
    Person person = call.signedIn();
    boolean all = call.query("all").isPresent();
    List<Session> found =
        person.isTeacher()
            ? sessions.of(person)
            : roster.sessionsOf(person).stream().flatMap(id -> sessions.find(id).stream()).toList();
    return Reply.ok(
        Map.of(
            "sessions",
            found.stream()
                .filter(session -> all || session.isActive())
                .map(SessionsApi::json)
                .toList()));
  }

  private Reply show(Call call) {
    Person person = call.signedIn();
    Session session = access.session(call);
    Map<String, Object> shown = json(session);
    Optional<Attendee> attendee = roster.attendee(session.id(), person.id());
    shown.put("joined", session.isActive() && roster.isStudent(session.id(), person.id()));
    shown.put("mine", session.teacherId().equals(person.id()));
    attendee.ifPresent(found -> shown.put("attendance", found));
    return Reply.ok(shown);
  }

  private Reply join(Call call) {
    Person student = Access.student(call);
    Session session = access.session(call);
    lessons.join(session, student);
    Map<String, Object> shown = json(session);
    roster.attendee(session.id(), student.id()).ifPresent(found -> shown.put("attendance", found));
    return Reply.ok(shown);
  }

  static Map<String, Object> json(Session session) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("sessionId", session.id());
    shown.put("classId", session.classId());
    shown.put("teacherId", session.teacherId());
    shown.put("startAt", session.startAt());
    shown.put("status", session.status().name());
    shown.put("createdAt", session.createdAt());
    return shown;
  }
}
