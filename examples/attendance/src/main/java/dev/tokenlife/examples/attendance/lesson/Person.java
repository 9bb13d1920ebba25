package dev.tokenlife.examples.attendance.lesson;

/**
 * Somebody who has signed in.
 *
 * @param id unique, and drawn at sign-in: nobody becomes somebody else by giving the same name
 * @param name what they call themselves
 * @param role what they may do
 */
public record Person(String id, String name, Role role) {
  /** What a person may do. */
  public enum Role {
    TEACHER,
    STUDENT;

    /** Returns how the role is written in tables and in the API. */
    public String written() {
      return this == TEACHER ? "teacher" : "student";
    }
  }

  /** Returns whether this is a teacher. */
  public boolean isTeacher() {
    return role == Role.TEACHER;
  }
}
