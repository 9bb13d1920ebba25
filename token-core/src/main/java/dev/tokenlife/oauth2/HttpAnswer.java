package dev.tokenlife.oauth2;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** What an endpoint answered. */
final class HttpAnswer {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private final int status;
  private final HttpHeaders headers;
  private final byte[] body;

  HttpAnswer(int status, HttpHeaders headers, byte[] body) {
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  int status() {
    return status;
  }

  HttpHeaders headers() {
    return headers;
  }

  boolean isSuccess() {
    return status / 100 == 2;
  }

  /**
   * Returns the body as a JSON object; empty if it is anything else. The parser's complaint is
   * dropped, since it quotes the text.
   *
   * @param maxBytes the limit for a body that arrived compressed, though nobody asked for it
   */
  Optional<ObjectNode> json(int maxBytes) {
    try {
      JsonNode root = JSON.readTree(plain(maxBytes));
      return root instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
    } catch (IOException notJson) {
      return Optional.empty();
    }
  }

  private byte[] plain(int maxBytes) throws IOException {
    if (!headers.firstValue("Content-Encoding").orElse("").equalsIgnoreCase("gzip")) {
      return body;
    }
    try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(body))) {
      byte[] bytes = gzip.readNBytes(maxBytes + 1);
      if (bytes.length > maxBytes) {
        throw new IOException("the unpacked answer is too large");
      }
      return bytes;
    }
  }
}
