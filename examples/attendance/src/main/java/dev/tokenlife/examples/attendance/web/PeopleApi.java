package dev.tokenlife.examples.attendance.web;

import dev.tokenlife.examples.attendance.lesson.Person;
import java.util.HashMap;
import java.util.Map;

/** Signing in and out. */
final class PeopleApi {
  private final SignIns signIns;

  PeopleApi(SignIns signIns) {
    this.signIns = signIns;
  }

  void routes(Router router) {
    router
        .post("/api/login", this::login)
        .post("/api/logout", call -> Reply.ok(Map.of()).with("Set-Cookie", cookie("", 0)))
        .get("/api/me", call -> Reply.ok(Shown.person(call.signedIn())))
        .get("/enter/{credential}", this::enter);
  }

  private Reply login(Call call) {
    Person person = signIns.person(call.text("name"), call.text("role"));
    String token = signIns.tokenFor(person);
    Map<String, Object> body = new HashMap<>(Shown.person(person));
    body.put("bearer", token);
    return Reply.ok(body).with("Set-Cookie", cookie(token, SignIns.LIFE.toSeconds()));
  }

  /** A link that the terminal prints: opens the browser as somebody who has signed in already. */
  private Reply enter(Call call) {
    String credential = call.path("credential");
    String home = call.query("to").filter(to -> to.matches("/t/[a-z0-9]+")).orElse("/");
    return signIns.find(credential).isEmpty()
        ? Reply.redirect("/")
        : Reply.redirect(home).with("Set-Cookie", cookie(credential, SignIns.LIFE.toSeconds()));
  }

  private static String cookie(String value, long seconds) {
    return Call.COOKIE + "=" + value + "; Path=/; HttpOnly; SameSite=Lax; Max-Age=" + seconds;
  }
}
