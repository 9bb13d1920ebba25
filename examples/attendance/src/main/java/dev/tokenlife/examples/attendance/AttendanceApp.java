package dev.tokenlife.examples.attendance;

import dev.tokenlife.Chains;
import dev.tokenlife.ChainsBuilder;
import dev.tokenlife.examples.attendance.lesson.CodeRules;
import dev.tokenlife.examples.attendance.lesson.CodeType;
import dev.tokenlife.examples.attendance.lesson.Codes;
import dev.tokenlife.examples.attendance.lesson.Holders;
import dev.tokenlife.examples.attendance.lesson.Lessons;
import dev.tokenlife.examples.attendance.lesson.Register;
import dev.tokenlife.examples.attendance.lesson.Roster;
import dev.tokenlife.examples.attendance.lesson.Scans;
import dev.tokenlife.examples.attendance.lesson.Sessions;
import dev.tokenlife.examples.attendance.lesson.Wall;
import dev.tokenlife.examples.attendance.records.AppStore;
import dev.tokenlife.examples.attendance.web.Activity;
import dev.tokenlife.examples.attendance.web.Classroom;
import dev.tokenlife.examples.attendance.web.WebServer;
import dev.tokenlife.examples.attendance.web.WebSettings;
import dev.tokenlife.time.TimeSource;
import java.io.IOException;
import java.net.InetSocketAddress;

/** The application, put together and serving. Closing it leaves the stores open. */
public final class AttendanceApp implements AutoCloseable {
  private final Chains chains;
  private final WebServer server;
  private final Activity activity;
  private final String host;

  private AttendanceApp(Chains chains, WebServer server, Activity activity, String host) {
    this.chains = chains;
    this.server = server;
    this.activity = activity;
    this.host = host;
  }

  /** Puts the application together on these stores and starts to serve. */
  public static AttendanceApp start(Options options, Stores stores) throws IOException {
    return start(options, stores, TimeSource.system());
  }

  /** The same, living by that time. */
  static AttendanceApp start(Options options, Stores stores, TimeSource time) throws IOException {
    Activity activity = new Activity();
    Roster roster = new Roster(stores.records(), time);
    ChainsBuilder builder =
        Chains.builder()
            .store(stores.chains())
            .time(time)
            .listener(activity)
            .eligibility((chain, actor) -> roster.isStudent(chain.key().partition(), actor));
    stores.keys().ifPresent(builder::keys);
    for (CodeType type : CodeType.values()) {
      builder.type(type.name(), options.rules().policy(type));
    }
    Chains chains = builder.build();
    WebServer server =
        WebServer.start(
            chains,
            roster,
            options.rules(),
            holders -> classroom(options.rules(), stores.records(), chains, holders, time),
            new WebSettings(
                new InetSocketAddress(options.host(), options.port()),
                options.push(),
                options.url(),
                activity,
                time));
    return new AttendanceApp(chains, server, activity, options.host());
  }

  private static Classroom classroom(
      CodeRules rules, AppStore store, Chains chains, Holders holders, TimeSource time) {
    Sessions sessions = new Sessions(store, time);
    Roster roster = new Roster(store, time);
    Register register = new Register(chains.effects(), store);
    Codes codes = new Codes(chains, rules, sessions, roster, holders);
    return new Classroom(
        chains,
        rules,
        sessions,
        roster,
        codes,
        new Scans(chains, register, holders),
        new Lessons(sessions, roster, codes, register),
        new Wall(rules, chains.keys(), roster, register, time));
  }

  /** Returns the address to open on this machine. */
  public String address() {
    String reachable = host.equals("0.0.0.0") || host.equals("::") ? "127.0.0.1" : host;
    return "http://" + reachable + ":" + server.port();
  }

  /** Returns the chains, for looking behind the pages. */
  public Chains chains() {
    return chains;
  }

  /** Returns what was counted. */
  public Activity activity() {
    return activity;
  }

  /** Returns the server. */
  public WebServer server() {
    return server;
  }

  @Override
  public void close() {
    server.close();
    chains.close();
  }
}
