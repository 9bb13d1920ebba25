package dev.tokenlife.examples.attendance.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The pages: plain files, served as they are. */
final class Pages {
  private static final List<String> FILES =
      List.of(
          "index.html",
          "student.html",
          "teacher.html",
          "wall.html",
          "app.css",
          "common.js",
          "index.js",
          "student.js",
          "teacher.js",
          "wall.js",
          "icon.svg");
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml");

  private final Map<String, Reply> files = new HashMap<>();

  Pages() {
    FILES.forEach(file -> files.put(file, load(file)));
  }

  void routes(Router router) {
    router
        .get("/", call -> page("index.html"))
        .get("/s/{session}", call -> page("student.html"))
        .get("/t/{session}", call -> page("teacher.html"))
        .get("/t/{session}/wall/{code}", call -> page("wall.html"))
        .get("/favicon.ico", call -> page("icon.svg"))
        .get("/static/{file}", call -> page(call.path("file")));
  }

  private Reply page(String file) {
    Reply page = files.get(file);
    return page == null
        ? Reply.error(404, "NOT_FOUND", "There is no such page.", Optional.empty())
        : page;
  }

  private static Reply load(String file) {
    try (InputStream stream = Pages.class.getResourceAsStream("/pages/" + file)) {
      if (stream == null) {
        throw new IllegalStateException("the page " + file + " is missing from the jar");
      }
      String type = TYPES.get(file.substring(file.lastIndexOf('.') + 1));
      if (type == null) {
        throw new IllegalStateException("the type of " + file + " is unknown");
      }
      return Reply.file(type, stream.readAllBytes());
    } catch (IOException broken) {
      throw new UncheckedIOException("the page " + file + " cannot be read", broken);
    }
  }
}
