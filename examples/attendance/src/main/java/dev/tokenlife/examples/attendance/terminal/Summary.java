package dev.tokenlife.examples.attendance.terminal;

import dev.tokenlife.examples.attendance.simulation.ClassStatus;
import dev.tokenlife.examples.attendance.simulation.SimulatedClass;
import dev.tokenlife.examples.attendance.web.Activity;
import dev.tokenlife.spi.TokenEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the terminal says about the application and its simulated class. */
public final class Summary {
  private final Activity activity;
  private final Optional<SimulatedClass> simulated;

  /** Summarises these. */
  public Summary(Activity activity, Optional<SimulatedClass> simulated) {
    this.activity = activity;
    this.simulated = simulated;
  }

  /** The block for people. */
  public List<String> block(Duration elapsed, Optional<Duration> of) {
    List<String> rows = new ArrayList<>();
    rows.add("");
    rows.add(row("time", clock(elapsed) + of.map(whole -> " of " + clock(whole)).orElse("")));
    simulated.ifPresent(some -> rows.addAll(classRows(some)));
    rows.add(
        row(
            "codes",
            String.format(
                Locale.ROOT,
                "opened %d   handed over %d   rotated %d   closed %d",
                count(TokenEvent.Type.OPENED),
                count(TokenEvent.Type.HANDED_OVER),
                count(TokenEvent.Type.MINTED),
                count(TokenEvent.Type.CLOSED))));
    rows.add(row("refused", refusals()));
    rows.add(
        row(
            "server",
            String.format(
                Locale.ROOT, "polls %d   faults %d", activity.polls(), activity.faults())));
    return rows;
  }

  /** The same in one line, for logs and scripts. */
  public String line(Duration elapsed) {
    ClassStatus status = simulated.map(SimulatedClass::status).orElse(null);
    String people =
        status == null
            ? ""
            : String.format(
                Locale.ROOT,
                " students=%d present=%d late=%d early=%d exited=%d active=%d stalled=%d",
                status.joined(),
                status.present(),
                status.late(),
                status.early(),
                status.exited(),
                status.active(),
                status.stalled());
    return String.format(
        Locale.ROOT,
        "t=%ds%s handed_over=%d rotated=%d refused=%d polls=%d requests=%d errors=%d",
        elapsed.toSeconds(),
        people,
        count(TokenEvent.Type.HANDED_OVER),
        count(TokenEvent.Type.MINTED),
        activity.refusals().values().stream().mapToLong(Long::longValue).sum(),
        activity.polls(),
        simulated.map(SimulatedClass::requests).orElse(0L),
        errors());
  }

  /** Returns what went wrong, on either side. */
  public long errors() {
    return activity.faults() + simulated.map(SimulatedClass::errors).orElse(0L);
  }

  private static List<String> classRows(SimulatedClass some) {
    ClassStatus status = some.status();
    return List.of(
        row(
            "class",
            String.format(
                Locale.ROOT,
                "session %s   lessons over %d   requests %d   errors %d",
                status.session().isEmpty() ? "-" : status.session(),
                some.finished(),
                some.requests(),
                some.errors())),
        row(
            "students",
            String.format(
                Locale.ROOT,
                "joined %d   present %d   late %d   left early %d   till the end %d",
                status.joined(),
                status.present(),
                status.late(),
                status.early(),
                status.exited())),
        row(
            "chains",
            String.format(
                Locale.ROOT, "going round %d   stalled %d", status.active(), status.stalled())));
  }

  private String refusals() {
    String refused =
        activity.refusals().entrySet().stream()
            .map(entry -> entry.getKey() + " " + entry.getValue())
            .collect(Collectors.joining("   "));
    return refused.isEmpty() ? "none" : refused;
  }

  private long count(TokenEvent.Type type) {
    return activity.count(type);
  }

  private static String row(String name, String value) {
    return String.format(Locale.ROOT, "  %-9s %s", name, value);
  }

  private static String clock(Duration time) {
    return String.format(Locale.ROOT, "%02d:%02d", time.toMinutes(), time.toSecondsPart());
  }
}
