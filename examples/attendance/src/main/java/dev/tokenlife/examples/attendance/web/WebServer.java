package dev.tokenlife.examples.attendance.web;

import com.sun.net.httpserver.HttpServer;
import dev.tokenlife.Chains;
import dev.tokenlife.examples.attendance.lesson.CodeRules;
import dev.tokenlife.examples.attendance.lesson.Holders;
import dev.tokenlife.examples.attendance.lesson.Person;
import dev.tokenlife.examples.attendance.lesson.Roster;
import dev.tokenlife.time.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** The HTTP server of the JDK, with a bounded number of threads and no thread per open stream. */
public final class WebServer implements AutoCloseable {
  private static final int BACKLOG = 2048;
  private static final int THREADS = 48;
  private static final Duration BEAT = Duration.ofSeconds(10);

  private final HttpServer server;
  private final ExecutorService requests;
  private final ExecutorService writers;
  private final Streams streams;
  private final SignIns signIns;
  private final TimeSource time;
  private volatile TimeSource.Cancellable beat;

  private WebServer(
      WebSettings settings,
      Router router,
      SignIns signIns,
      Streams streams,
      ExecutorService writers)
      throws IOException {
    this.server = HttpServer.create(settings.address(), BACKLOG);
    this.requests = threads("attendance-http");
    this.writers = writers;
    this.streams = streams;
    this.signIns = signIns;
    this.time = settings.time();
    server.setExecutor(requests);
    server.createContext("/", new Requests(router, signIns, settings.activity()));
    server.start();
    this.beat = time.schedule(BEAT, this::beat);
  }

  /**
   * Starts to serve.
   *
   * @param chains the chains to show
   * @param roster who is in which session
   * @param rules how codes behave
   * @param classroom makes the rest, given whom to tell of new holders
   */
  public static WebServer start(
      Chains chains,
      Roster roster,
      CodeRules rules,
      Function<Holders, Classroom> classroom,
      WebSettings settings)
      throws IOException {
    // Small answers must not wait for the acknowledgement of the one before.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    ExecutorService writers = threads("attendance-push");
    Shown shown = new Shown(rules, roster);
    Streams streams = new Streams(chains, shown, writers, settings.push());
    SignIns signIns = new SignIns(chains.keys(), settings.time());
    Router router = router(classroom.apply(streams), shown, streams, signIns, settings);
    return new WebServer(settings, router, signIns, streams, writers);
  }

  private static Router router(
      Classroom classroom, Shown shown, Streams streams, SignIns signIns, WebSettings settings) {
    Router router = new Router();
    Access access = new Access(classroom.sessions());
    Origins origins = new Origins(settings.url());
    new Pages().routes(router);
    new PeopleApi(signIns).routes(router);
    new SessionsApi(access, classroom.sessions(), classroom.roster(), classroom.lessons())
        .routes(router);
    new TeacherApi(access, classroom, streams, origins).routes(router);
    new HolderApi(access, classroom.chains(), shown, streams, settings).routes(router);
    new ScanApi(access, classroom, shown, settings).routes(router);
    return router.get("/api/config", call -> Reply.ok(config(classroom.rules(), settings)));
  }

  private static Map<String, Object> config(CodeRules rules, WebSettings settings) {
    return Map.of(
        "push", settings.push(),
        "challenge", rules.challenge(),
        "sealed", rules.sealed(),
        "rotateSeconds", Shown.seconds(rules.rotate()));
  }

  /** Returns the port the server listens on. */
  public int port() {
    return server.getAddress().getPort();
  }

  /** Returns what signs a program in as somebody. */
  public String credentialFor(Person person) {
    return signIns.tokenFor(person);
  }

  /** Returns how many pages are being pushed to. */
  public int openStreams() {
    return streams.size();
  }

  @Override
  public void close() {
    beat.cancel();
    streams.close();
    server.stop(0);
    requests.shutdownNow();
    writers.shutdownNow();
  }

  private void beat() {
    streams.beat();
    beat = time.schedule(BEAT, this::beat);
  }

  static ExecutorService threads(String name) {
    AtomicInteger number = new AtomicInteger();
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }
}
