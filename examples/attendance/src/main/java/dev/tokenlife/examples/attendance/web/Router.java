package dev.tokenlife.examples.attendance.web;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds who handles a request. A part of a path in braces matches anything and has a name. */
final class Router {
  private final List<Route> routes = new ArrayList<>();

  /** Handles a request. */
  @FunctionalInterface
  interface Handler {
    Reply handle(Call call);
  }

  private record Route(String method, List<String> parts, Handler handler) {}

  /**
   * Who handles a request.
   *
   * @param handler the handler
   * @param path the named parts of the path
   */
  record Match(Handler handler, Map<String, String> path) {}

  Router get(String pattern, Handler handler) {
    return add("GET", pattern, handler);
  }

  Router post(String pattern, Handler handler) {
    return add("POST", pattern, handler);
  }

  Optional<Match> find(String method, String rawPath) {
    List<String> parts = parts(rawPath);
    for (Route route : routes) {
      if (route.method.equals(method) && fits(route.parts, parts)) {
        return Optional.of(new Match(route.handler, named(route.parts, parts)));
      }
    }
    return Optional.empty();
  }

  private Router add(String method, String pattern, Handler handler) {
    routes.add(new Route(method, parts(pattern), handler));
    return this;
  }

  private static List<String> parts(String path) {
    return List.of(path.split("/", -1));
  }

  private static boolean fits(List<String> pattern, List<String> parts) {
    boolean fits = pattern.size() == parts.size();
    for (int i = 0; fits && i < parts.size(); i++) {
      String part = parts.get(i);
      fits = isName(pattern.get(i)) ? !part.isEmpty() : pattern.get(i).equals(part);
    }
    return fits;
  }

  private static Map<String, String> named(List<String> pattern, List<String> parts) {
    Map<String, String> named = new HashMap<>();
    for (int i = 0; i < parts.size(); i++) {
      String name = pattern.get(i);
      if (isName(name)) {
        named.put(name.substring(1, name.length() - 1), Call.decoded(parts.get(i)));
      }
    }
    return named;
  }

  private static boolean isName(String part) {
    return part.startsWith("{") && part.endsWith("}");
  }
}
