package dev.tokenlife.threats;

import static java.util.stream.Collectors.joining;

import java.io.PrintWriter;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Runs the tests it is given and ends with a code that tells what became of them. */
final class TestRun {
  static final int PASSED = 0;
  static final int FAILED = 10;

  /** Nothing ran, or something around the tests broke: it says nothing about them. */
  static final int INCONCLUSIVE = 11;

  private TestRun() {}

  /** Returns how this main class wants to be given a test. */
  static String name(Method test) {
    return Stream.of(test.getParameterTypes())
        .map(Class::getName)
        .collect(
            joining(",", test.getDeclaringClass().getName() + "#" + test.getName() + "(", ")"));
  }

  public static void main(String[] tests) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .configurationParameter("jqwik.database", "")
            .selectors(Arrays.stream(tests).map(DiscoverySelectors::selectMethod).toList())
            .build();
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create().execute(request, listener);
    TestExecutionSummary summary = listener.getSummary();
    summary.printFailuresTo(new PrintWriter(System.out, true, StandardCharsets.UTF_8), 5);
    System.out.println(
        summary.getTestsSucceededCount()
            + " passed, "
            + summary.getTotalFailureCount()
            + " failed");
    System.exit(code(summary, tests.length));
  }

  private static int code(TestExecutionSummary summary, int asked) {
    if (summary.getContainersFailedCount() > 0 || summary.getTestsFoundCount() < asked) {
      return INCONCLUSIVE;
    }
    if (summary.getTestsFailedCount() > 0) {
      return FAILED;
    }
    return summary.getTestsSucceededCount() == summary.getTestsFoundCount() ? PASSED : INCONCLUSIVE;
  }
}
