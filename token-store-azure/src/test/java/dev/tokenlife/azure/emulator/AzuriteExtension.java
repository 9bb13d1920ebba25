package dev.tokenlife.azure.emulator;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Starts the shared emulator with the first test class that needs it. The system property {@code
 * emulator.home} says below which directory it is installed, for modules that share one.
 */
public final class AzuriteExtension implements BeforeAllCallback, ParameterResolver {
  private static @Nullable AzuriteInstall install;
  private static @Nullable Azurite shared;

  @Override
  public void beforeAll(ExtensionContext context) {
    require(AzuriteInstall.missing(), "true".equals(System.getenv("CI")));
  }

  /** Decides what becomes of tests when something is missing. */
  static void require(Optional<String> missing, boolean ci) {
    if (missing.isEmpty()) {
      return;
    }
    String why =
        missing.get() + ": the Azure store is NOT tested. Install Node.js 20 and npm to test it.";
    if (ci) {
      throw new IllegalStateException(why);
    }
    System.err.println("\n*** SKIPPED: " + why + " ***\n");
    Assumptions.abort(why);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == Azurite.class || type == AzuriteInstall.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Azurite.class ? shared() : install();
  }

  /** Returns the emulator all tests share. */
  public static synchronized Azurite shared() {
    Azurite running = shared;
    if (running == null || !running.isRunning()) {
      running = Azurite.inMemory(install());
      shared = running;
    }
    return running;
  }

  private static synchronized AzuriteInstall install() {
    AzuriteInstall there = install;
    if (there == null) {
      there = AzuriteInstall.in(Path.of(System.getProperty("emulator.home", "target")));
      install = there;
    }
    return there;
  }
}
