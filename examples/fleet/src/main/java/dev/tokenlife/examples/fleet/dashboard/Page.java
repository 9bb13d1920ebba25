package dev.tokenlife.examples.fleet.dashboard;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/** A file of the page. */
final class Page {
  private static final String SCRIPT = "text/javascript; charset=utf-8";

  private final String type;
  private final byte[] content;

  private Page(String type, byte[] content) {
    this.type = type;
    this.content = content;
  }

  /** Returns all files by path. */
  static Map<String, Page> all() {
    return Map.of(
        "/", load("index.html", "text/html; charset=utf-8"),
        "/fleet.css", load("fleet.css", "text/css; charset=utf-8"),
        "/fleet.js", load("fleet.js", SCRIPT),
        "/charts.js", load("charts.js", SCRIPT),
        "/icon.svg", load("icon.svg", "image/svg+xml"));
  }

  String type() {
    return type;
  }

  byte[] content() {
    return content;
  }

  private static Page load(String name, String type) {
    try (InputStream file = Page.class.getResourceAsStream("/pages/" + name)) {
      if (file == null) {
        throw new IllegalStateException("the file " + name + " is missing from the jar");
      }
      return new Page(type, file.readAllBytes());
    } catch (IOException unreadable) {
      throw new UncheckedIOException("the file " + name + " cannot be read", unreadable);
    }
  }
}
