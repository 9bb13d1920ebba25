package dev.tokenlife.threats;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Runs tests in a JVM of their own, in which some classes of the module are compiled from a changed
 * source and come first on the class path. Nothing of the module itself is touched.
 */
final class RemovedDefence {
  static final Path SOURCES = Path.of("src/main/java");
  private static final long LONGEST_MINUTES = 10;

  private final Path work;

  RemovedDefence(Path work) {
    this.work = work;
  }

  /** What became of the tests; the log is their JVM's. */
  record Outcome(int code, String log) {
    boolean passed() {
      return code == TestRun.PASSED;
    }

    boolean failed() {
      return code == TestRun.FAILED;
    }
  }

  /** Compiles the sources without this defence. */
  void remove(List<Threat.Edit> edits) throws IOException {
    Map<String, String> changed = new LinkedHashMap<>();
    for (Threat.Edit edit : edits) {
      String source = changed.get(edit.file());
      changed.put(
          edit.file(),
          edit.applied(source == null ? Files.readString(SOURCES.resolve(edit.file())) : source));
    }
    List<Path> files = new ArrayList<>();
    for (Map.Entry<String, String> file : changed.entrySet()) {
      Path path = work.resolve("sources").resolve(file.getKey());
      Files.createDirectories(Objects.requireNonNull(path.getParent()));
      files.add(Files.writeString(path, file.getValue()));
    }
    compile(files);
  }

  private void compile(List<Path> files) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter complaints = new StringWriter();
    List<String> options =
        List.of("-proc:none", "-implicit:none", "-d", classes().toString(), "-cp", classPath());
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      boolean compiled =
          compiler
              .getTask(
                  complaints,
                  manager,
                  null,
                  options,
                  null,
                  manager.getJavaFileObjectsFromPaths(files))
              .call();
      if (!compiled) {
        throw new IllegalStateException("it does not compile without the defence: " + complaints);
      }
    }
  }

  /** Runs these tests, and nothing else, to their end. */
  Outcome run(List<Threat> threats) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-Xmx1g", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"));
    command.addAll(List.of("-cp", classes() + System.getProperty("path.separator") + classPath()));
    command.add(TestRun.class.getName());
    threats.forEach(threat -> command.add(TestRun.name(threat.method())));
    Path log = work.resolve("log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      if (!process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
        throw new IllegalStateException("did not end: " + threats + "\n" + Files.readString(log));
      }
    } finally {
      process.destroyForcibly();
    }
    return new Outcome(process.exitValue(), Files.readString(log));
  }

  private Path classes() throws IOException {
    return Files.createDirectories(work.resolve("classes"));
  }

  /** Surefire may have hidden it in a manifest. */
  private static String classPath() {
    String hidden = System.getProperty("surefire.test.class.path");
    return hidden == null ? System.getProperty("java.class.path") : hidden;
  }
}
