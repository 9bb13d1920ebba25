package dev.tokenlife.examples.attendance.simulation;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A class and its teacher, who hold one lesson after the other over HTTP. */
public final class SimulatedClass {
  private static final List<String> NAMES =
      List.of(
          "Ada", "Ben", "Chloe", "Dev", "Elif", "Finn", "Grace", "Hugo", "Ines", "Jonas", "Kofi",
          "Lena", "Mei", "Noah", "Olga", "Pia", "Quinn", "Rosa", "Sam", "Tariq", "Uma", "Vera",
          "Wim", "Xenia", "Yusuf", "Zoe");

  private final Findings findings = new Findings();
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
  private volatile ClassStatus status = ClassStatus.none();
  private final AtomicInteger finished = new AtomicInteger();
  private final Browser teacher;
  private final List<Browser> students = new ArrayList<>();
  private final Lesson.Script script;
  private final String address;

  private SimulatedClass(String address, Lesson.Script script) {
    this.address = address;
    this.script = script;
    this.teacher = Browser.signIn(http, address, findings, "Ms Simulated", "teacher");
  }

  /**
   * Lets a class sign in.
   *
   * @param address where the application is
   * @param size how many students
   * @param lesson how long a lesson takes
   * @param push whether pages are pushed to
   * @param sealed the types that are wall codes
   */
  public static SimulatedClass of(
      String address, int size, Duration lesson, boolean push, Set<String> sealed) {
    SimulatedClass simulated = new SimulatedClass(address, new Lesson.Script(lesson, push, sealed));
    Stream.iterate(0, i -> i < size, i -> i + 1)
        .map(SimulatedClass::name)
        .forEach(
            name ->
                simulated.students.add(
                    Browser.signIn(simulated.http, address, simulated.findings, name, "student")));
    return simulated;
  }

  /** Holds one lesson on the calling thread; false if it was interrupted. */
  public boolean lesson() {
    Screens screens = new Screens();
    Ledger ledger = new Ledger();
    Desk desk = Desk.start(teacher, screens, ledger, "Simulated class " + (finished.get() + 1));
    List<Pupil> pupils =
        students.stream()
            .map(student -> new Pupil(student, screens, ledger, desk.session()))
            .toList();
    Lesson lesson =
        new Lesson(
            desk,
            pupils,
            ledger,
            script,
            findings,
            new Clockwork(findings),
            latest -> status = latest);
    boolean whole = lesson.run(http);
    finished.incrementAndGet();
    return whole;
  }

  /** Returns an address that opens the dashboard of the lesson that goes on. */
  public String dashboard() {
    String session = status.session();
    String page = session.isEmpty() ? "" : "?to=/t/" + session;
    return address + "/enter/" + teacher.bearer() + page;
  }

  /** Returns how the lesson goes. */
  public ClassStatus status() {
    return status;
  }

  /** Returns how many lessons are over. */
  public int finished() {
    return finished.get();
  }

  /** Returns how many requests the class has sent. */
  public long requests() {
    return findings.requests();
  }

  /** Returns how much went wrong. */
  public long errors() {
    return findings.count();
  }

  /** Returns the first of what went wrong, in words. */
  public List<String> firstErrors() {
    return findings.first();
  }

  private static String name(int number) {
    String name = NAMES.get(number % NAMES.size());
    int round = number / NAMES.size();
    return round == 0 ? name : name + " " + (round + 1);
  }
}
