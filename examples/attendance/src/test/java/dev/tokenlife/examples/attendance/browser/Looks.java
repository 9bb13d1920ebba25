package dev.tokenlife.examples.attendance.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.imageio.ImageIO;

/**
 * Looks at a page, light and dark: leaves a picture of each below {@code target/screenshots}, and
 * fails if somebody could not read it, would have to scroll sideways or could not hit a button.
 */
final class Looks {
  private static final Path PICTURES = Path.of("target", "screenshots");
  private static final Map<String, Color> PAPER =
      Map.of("light", new Color(0xf4f5fa), "dark", new Color(0x12141d));
  private static final String SCRIPT = script();

  private Looks() {}

  /** Looks at the page as it is now, and leaves it light. */
  static void right(Page page, String name) {
    for (String scheme : List.of("dark", "light")) {
      page.scheme(scheme);
      List<String> findings = new ArrayList<>();
      page.evaluate(SCRIPT).forEach(finding -> findings.add(finding.asText()));
      byte[] png = page.picture();
      save(png, name + "-" + scheme);
      assertThat(findings).as("%s, %s", name, scheme).isEmpty();
      BufferedImage image = image(png);
      Color corner = new Color(image.getRGB(2, image.getHeight() - 3));
      assertThat(corner).as("%s is %s", name, scheme).isEqualTo(PAPER.get(scheme));
      assertThat(image.getWidth()).as(name).isEqualTo(2 * page.evaluate("innerWidth").asInt());
    }
  }

  private static void save(byte[] png, String name) {
    try {
      Files.createDirectories(PICTURES);
      Files.write(PICTURES.resolve(name + ".png"), png);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  static BufferedImage image(byte[] png) {
    try {
      return Objects.requireNonNull(ImageIO.read(new ByteArrayInputStream(png)), "not a picture");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static String script() {
    try (InputStream in = Looks.class.getResourceAsStream("/looks.js")) {
      byte[] bytes = Objects.requireNonNull(in, "looks.js").readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
