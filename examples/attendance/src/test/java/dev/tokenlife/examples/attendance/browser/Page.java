package dev.tokenlife.examples.attendance.browser;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.ReaderException;
import com.google.zxing.client.j2se.BufferedImageLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One open page, and what a person does with it. */
final class Page {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final DevTools tools;

  Page(DevTools tools) {
    this.tools = tools;
    tools.call("Page.enable", Map.of());
    tools.call("Runtime.enable", Map.of());
    tools.call("Log.enable", Map.of());
  }

  /** Gives the window a size in CSS pixels. */
  Page sized(int width, int height, boolean phone) {
    tools.call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 2, "mobile", phone));
    return this;
  }

  /** As people set their devices: {@code light} or {@code dark}. */
  void scheme(String value) {
    tools.call(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", value))));
  }

  Page open(String address) {
    tools.call("Page.navigate", Map.of("url", address));
    await()
        .atMost(PATIENCE)
        .until(() -> evaluate("document.readyState").asText().equals("complete"));
    return this;
  }

  JsonNode evaluate(String script) {
    JsonNode answer =
        tools.call(
            "Runtime.evaluate",
            Map.of("expression", script, "awaitPromise", true, "returnByValue", true));
    if (answer.has("exceptionDetails")) {
      throw new IllegalStateException(script + ": " + answer.path("exceptionDetails"));
    }
    return answer.path("result").path("value");
  }

  String text(String selector) {
    return evaluate("document.querySelector('" + selector + "').innerText").asText();
  }

  boolean isVisible(String selector) {
    return evaluate(
            "(() => { const e = document.querySelector('"
                + selector
                + "'); return Boolean(e && e.getClientRects().length); })()")
        .asBoolean();
  }

  void awaitVisible(String selector) {
    await(selector).atMost(PATIENCE).until(() -> isVisible(selector));
  }

  void awaitText(String selector, String text) {
    await(text).atMost(PATIENCE).until(() -> isVisible(selector) && text(selector).contains(text));
  }

  void type(String selector, String text) {
    awaitVisible(selector);
    evaluate("document.querySelector('" + selector + "').value = ''");
    evaluate("document.querySelector('" + selector + "').focus()");
    tools.call("Input.insertText", Map.of("text", text));
  }

  void click(String selector) {
    awaitVisible(selector);
    evaluate("document.querySelector('" + selector + "').click()");
  }

  /** Decodes the QR code as it is seen, if it can be read just now. */
  Optional<String> readCode(String selector) {
    JsonNode box =
        evaluate(
            "(() => { const b = document.querySelector('"
                + selector
                + "').getBoundingClientRect();"
                + " return {x: b.x + scrollX, y: b.y + scrollY, width: b.width, height: b.height}; })()");
    byte[] picture =
        capture(
            Map.of(
                "format",
                "png",
                "captureBeyondViewport",
                true,
                "clip",
                Map.of(
                    "x", box.path("x").asDouble(),
                    "y", box.path("y").asDouble(),
                    "width", box.path("width").asDouble(),
                    "height", box.path("height").asDouble(),
                    "scale", 1)));
    return decoded(picture);
  }

  /** Takes a picture of the whole page, also of what is below the window's edge. */
  byte[] picture() {
    return capture(Map.of("format", "png", "captureBeyondViewport", true));
  }

  /** Returns what the page complained about: scripts that threw, and what the policy blocked. */
  List<String> complaints() {
    List<String> complaints = new ArrayList<>();
    for (JsonNode event : tools.events()) {
      String method = event.path("method").asText();
      JsonNode entry = event.path("params").path("entry");
      if (method.equals("Runtime.exceptionThrown")) {
        complaints.add(event.path("params").path("exceptionDetails").toString());
      } else if (method.equals("Log.entryAdded")
          && entry.path("source").asText().equals("security")) {
        complaints.add(entry.path("text").asText());
      }
    }
    return complaints;
  }

  private byte[] capture(Map<String, ?> how) {
    JsonNode answer = tools.call("Page.captureScreenshot", how);
    return Base64.getDecoder().decode(answer.path("data").asText());
  }

  private static Optional<String> decoded(byte[] png) {
    try {
      BinaryBitmap bitmap =
          new BinaryBitmap(new HybridBinarizer(new BufferedImageLuminanceSource(Looks.image(png))));
      return Optional.of(
          new QRCodeReader().decode(bitmap, Map.of(DecodeHintType.TRY_HARDER, true)).getText());
    } catch (ReaderException noneOrHalfDrawn) {
      return Optional.empty();
    }
  }
}
