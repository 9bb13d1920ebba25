package dev.tokenlife.examples.attendance.web;

import dev.tokenlife.examples.attendance.lesson.CodeType;
import dev.tokenlife.examples.attendance.lesson.Person;
import dev.tokenlife.examples.attendance.lesson.RefusedException;
import dev.tokenlife.examples.attendance.lesson.Session;
import dev.tokenlife.examples.attendance.lesson.Sessions;

/** Who may do what. Every handler begins here. */
final class Access {
  private final Sessions sessions;

  Access(Sessions sessions) {
    this.sessions = sessions;
  }

  static Person teacher(Call call) {
    Person person = call.signedIn();
    if (!person.isTeacher()) {
      throw forbidden("TEACHERS_ONLY", "Only a teacher may do this.");
    }
    return person;
  }

  static Person student(Call call) {
    Person person = call.signedIn();
    if (person.isTeacher()) {
      throw forbidden("STUDENTS_ONLY", "Sign in as a student for this.");
    }
    return person;
  }

  Session session(Call call) {
    return sessions.get(call.path("session"));
  }

  /** The session in the path, which must be the caller's own. */
  Session owned(Call call) {
    Person teacher = teacher(call);
    Session session = session(call);
    if (!session.teacherId().equals(teacher.id())) {
      throw forbidden("NOT_YOURS", "This is another teacher's session.");
    }
    return session;
  }

  /** The caller's own session, which must go on. */
  Session ownedActive(Call call) {
    Session session = owned(call);
    return sessions.active(session.id());
  }

  static CodeType type(String name) {
    for (CodeType type : CodeType.values()) {
      if (type.name().equals(name)) {
        return type;
      }
    }
    throw new RefusedException(
        RefusedException.Reason.BAD_REQUEST, "BAD_TYPE", "The type is ENTRY, EXIT, LATE or EARLY.");
  }

  private static RefusedException forbidden(String code, String message) {
    return new RefusedException(RefusedException.Reason.FORBIDDEN, code, message);
  }
}
