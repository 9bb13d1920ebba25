package dev.tokenlife.examples.attendance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tokenlife.Chains;
import dev.tokenlife.examples.attendance.lesson.CodeRules;
import dev.tokenlife.examples.attendance.lesson.CodeType;
import dev.tokenlife.examples.attendance.records.AppStore;
import dev.tokenlife.examples.attendance.records.MemoryAppStore;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.PollResult;
import dev.tokenlife.spi.TokenStore;
import dev.tokenlife.time.TimeSource;
import dev.tokenlife.time.VirtualTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** The application on a free port, with people who use it over HTTP. Time stands still. */
public final class School implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final VirtualTime time = new VirtualTime();
  private final Stores stores;
  private final AttendanceApp app;

  /**
   * What the server said.
   *
   * @param status the HTTP status
   * @param body the JSON body
   */
  public record Said(int status, JsonNode body) {
    public String error() {
      return body.path("error").asText();
    }

    public String text(String field) {
      return body.path(field).asText();
    }

    public boolean isHolder() {
      return body.path("isHolder").asBoolean();
    }
  }

  private School(Stores stores, Options options, boolean real) throws IOException {
    this.stores = stores;
    this.app = AttendanceApp.start(options, stores, real ? TimeSource.system() : time);
  }

  /** Codes change every 10 s, pages poll, time stands still. */
  public static School open() throws IOException {
    return open(Options.standard());
  }

  public static School open(Options options) throws IOException {
    return new School(Stores.inMemory(), options, false);
  }

  /** On another store of chains. */
  public static School on(TokenStore store) throws IOException {
    Stores stores = new Stores(store, new MemoryAppStore(), Optional.empty());
    return new School(stores, Options.standard(), false);
  }

  /** Time passes by itself. */
  public static School inRealTime(Options options) throws IOException {
    return inRealTime(options, Stores.inMemory());
  }

  /** Time passes by itself, and the stores may be shared with others. */
  public static School inRealTime(Options options, Stores stores) throws IOException {
    return new School(stores, options, true);
  }

  public static Options rules(Duration rotate, boolean challenge, CodeType... sealed) {
    return Options.standard().with(new CodeRules(rotate, challenge, Set.of(sealed)));
  }

  public VirtualTime time() {
    return time;
  }

  public Chains chains() {
    return app.chains();
  }

  public AppStore records() {
    return stores.records();
  }

  public AttendanceApp app() {
    return app;
  }

  public String address() {
    return app.address();
  }

  public One teacher(String name) {
    return signIn(name, "teacher");
  }

  public One student(String name) {
    return signIn(name, "student");
  }

  /** That many students, who have joined. */
  public List<One> students(int count, String session) {
    List<One> students = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      One student = student("Student " + i);
      student.post("/api/sessions/" + session + "/join", Map.of());
      students.add(student);
    }
    return students;
  }

  /** Returns what the holder of a chain is shown. */
  public String shown(String session, String chain, String holder) {
    if (chains().poll(ChainKey.of(session, chain), holder) instanceof PollResult.Live live) {
      return live.token().token().reveal();
    }
    throw new AssertionError(holder + " is shown nothing");
  }

  /** Somebody who signed in at another process, asking this one. */
  public One as(One elsewhere) {
    return new One(elsewhere.id, elsewhere.bearer);
  }

  /** Somebody who has not signed in. */
  public One nobody() {
    return new One("", "");
  }

  /** A session of this teacher. */
  public String session(One teacher) {
    return teacher.post("/api/sessions", Map.of("classId", "Mathematics")).text("sessionId");
  }

  /** Seeds codes; returns their chains. */
  public List<String> seed(One teacher, String session, String type, int count) {
    Said said =
        teacher.post("/api/sessions/" + session + "/seed", Map.of("type", type, "count", count));
    if (said.status() != 201) {
      throw new IllegalStateException("not seeded: " + said);
    }
    List<String> chains = new ArrayList<>();
    said.body().path("chains").forEach(chain -> chains.add(chain.asText()));
    return chains;
  }

  /** Returns the one of them who holds this chain. */
  public One holder(List<One> students, String session, String chain) {
    return students.stream()
        .filter(student -> student.poll(session, chain).isHolder())
        .findFirst()
        .orElseThrow();
  }

  /** Sends all of it before the first answer is read. */
  public List<Said> atOnce(int count, Function<Integer, HttpRequest> request) {
    List<HttpRequest> requests = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      requests.add(request.apply(i));
    }
    List<CompletableFuture<HttpResponse<String>>> answers =
        requests.stream()
            .map(each -> http.sendAsync(each, HttpResponse.BodyHandlers.ofString()))
            .toList();
    return answers.stream().map(CompletableFuture::join).map(School::said).toList();
  }

  public HttpClient http() {
    return http;
  }

  @Override
  public void close() {
    app.close();
    stores.close();
  }

  private One signIn(String name, String role) {
    Said said = nobody().post("/api/login", Map.of("name", name, "role", role));
    return new One(said.text("userId"), said.text("bearer"));
  }

  private static Said said(HttpResponse<String> response) {
    try {
      JsonNode body = JSON.readTree(response.body().startsWith("{") ? response.body() : "{}");
      return new Said(response.statusCode(), body);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** Somebody, and what shows who they are. */
  public final class One {
    private final String id;
    private final String bearer;

    One(String id, String bearer) {
      this.id = id;
      this.bearer = bearer;
    }

    public String id() {
      return id;
    }

    public String bearer() {
      return bearer;
    }

    public Said get(String path) {
      return said(send(request(path).GET().build()));
    }

    public String text(String path) {
      return send(request(path).GET().build()).body();
    }

    public Said post(String path, Map<String, ?> body) {
      return said(send(posting(path, body)));
    }

    public Said poll(String session) {
      return get("/api/sessions/" + session + "/poll");
    }

    public Said poll(String session, String chain) {
      return get("/api/sessions/" + session + "/poll?chainId=" + chain);
    }

    public Said scan(String session, String token) {
      return post("/api/sessions/" + session + "/scan", Map.of("token", token));
    }

    public HttpRequest posting(String path, Map<String, ?> body) {
      return request(path)
          .header("Content-Type", "application/json")
          .POST(HttpRequest.BodyPublishers.ofString(JSON.valueToTree(body).toString()))
          .build();
    }

    public HttpRequest.Builder request(String path) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(address() + path)).timeout(Duration.ofSeconds(60));
      return bearer.isEmpty() ? request : request.header("Authorization", "Bearer " + bearer);
    }
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }
}
