package dev.tokenlife.examples.attendance.browser;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the one browser of this JVM, which ends with the last test. Without one on the path
 * they are skipped, loudly; with the environment variable {@code CI=true} they fail.
 */
final class ChromiumExtension implements BeforeAllCallback, ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(ChromiumExtension.class);

  @Override
  public void beforeAll(ExtensionContext context) {
    require(Chromium.find(), "true".equals(System.getenv("CI")));
  }

  /** Decides what becomes of tests without a browser. */
  static void require(Optional<Path> browser, boolean ci) {
    if (browser.isPresent()) {
      return;
    }
    String why = "there is no Chromium on the path: the pages are NOT tested. Install chromium.";
    if (ci) {
      throw new IllegalStateException(why);
    }
    System.err.println("\n*** SKIPPED: " + why + " ***\n");
    Assumptions.abort(why);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Chromium.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(
            Chromium.class, any -> Chromium.start(Chromium.find().orElseThrow()), Chromium.class);
  }
}
