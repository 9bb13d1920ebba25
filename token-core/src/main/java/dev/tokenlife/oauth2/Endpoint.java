package dev.tokenlife.oauth2;

import java.net.URI;
import java.util.Locale;

/**
 * A token or revocation endpoint as one client sees it. Refuses what would show a secret: plain
 * HTTP beyond this machine (RFC 6749 section 3.2) and credentials inside the address.
 */
record Endpoint(URI uri, String clientId) {
  Endpoint {
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (uri.getHost() == null || !(scheme.equals("https") || scheme.equals("http"))) {
      throw new IllegalArgumentException(
          "an OAuth 2.0 endpoint is an absolute https address, such as https://idp.example/token");
    }
    if (uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
      throw new IllegalArgumentException(
          name(uri) + " must carry neither credentials nor a fragment in its address");
    }
    if (scheme.equals("http") && !isLoopback(uri.getHost())) {
      throw new IllegalArgumentException(
          name(uri) + " would show the client's secrets to the network: use https");
    }
    if (clientId.isEmpty()) {
      throw new IllegalArgumentException(name(uri) + " needs a client id");
    }
  }

  /** The address without its query, for people. */
  String name() {
    return name(uri);
  }

  /** What all chains of this client at this endpoint share: limits, failures, a circuit. */
  String upstream() {
    return uri.getRawAuthority() + uri.getRawPath() + "#" + clientId;
  }

  boolean isPlain() {
    return uri.getScheme().equalsIgnoreCase("http");
  }

  private static String name(URI uri) {
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    return uri.getScheme() + "://" + uri.getHost() + port + uri.getRawPath();
  }

  /** By name or literal only: what a resolver says about another name may change. */
  private static boolean isLoopback(String host) {
    return host.equalsIgnoreCase("localhost")
        || host.matches("127(\\.\\d{1,3}){3}")
        || host.equals("[::1]");
  }
}
