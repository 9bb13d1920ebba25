package dev.tokenlife;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.util.Date;
import java.util.List;
import java.util.Timer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Predicate;
import java.util.stream.BaseStream;

/** Which package may know which, and what no package may do. */
@AnalyzeClasses(packages = "dev.tokenlife", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {
  @ArchTest
  static final ArchRule packages_haveNoCycles =
      slices().matching("dev.tokenlife.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule arrows_pointOneWay_fromTheFrontDoorToTheModel =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("door")
          .definedBy("dev.tokenlife")
          .layer("oauth2")
          .definedBy("dev.tokenlife.oauth2")
          .layer("crypto")
          .definedBy("dev.tokenlife.crypto")
          .layer("pull")
          .definedBy("dev.tokenlife.pull")
          .layer("issuing")
          .definedBy("dev.tokenlife.issuing")
          .layer("backup")
          .definedBy("dev.tokenlife.backup")
          .layer("reseal")
          .definedBy("dev.tokenlife.reseal")
          .layer("refresh")
          .definedBy("dev.tokenlife.refresh")
          .layer("sharing")
          .definedBy("dev.tokenlife.sharing")
          .layer("execution")
          .definedBy("dev.tokenlife.execution")
          .layer("transition")
          .definedBy("dev.tokenlife.transition")
          .layer("plan")
          .definedBy("dev.tokenlife.plan")
          .layer("spi")
          .definedBy("dev.tokenlife.spi")
          .layer("time")
          .definedBy("dev.tokenlife.time")
          .layer("model")
          .definedBy("dev.tokenlife.model")
          .whereLayer("door")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("oauth2")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("crypto")
          .mayOnlyBeAccessedByLayers("door", "issuing", "reseal")
          .whereLayer("backup")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("reseal")
          .mayOnlyBeAccessedByLayers("door")
          .whereLayer("pull")
          .mayOnlyBeAccessedByLayers("door")
          .whereLayer("issuing")
          .mayOnlyBeAccessedByLayers("door")
          .whereLayer("refresh")
          .mayOnlyBeAccessedByLayers("door")
          .whereLayer("sharing")
          .mayOnlyBeAccessedByLayers("door", "refresh")
          .whereLayer("execution")
          .mayOnlyBeAccessedByLayers("door", "issuing", "refresh", "reseal", "sharing")
          .whereLayer("transition")
          .mayOnlyBeAccessedByLayers("execution", "issuing", "refresh", "reseal")
          .whereLayer("plan")
          .mayOnlyBeAccessedByLayers("refresh")
          .whereLayer("model")
          .mayNotAccessAnyLayer()
          .whereLayer("time")
          .mayNotAccessAnyLayer()
          .whereLayer("spi")
          .mayOnlyAccessLayers("model", "time");

  @ArchTest
  static final ArchRule transitions_areFunctionsOfTheirInput =
      noClasses()
          .that()
          .resideInAPackage("dev.tokenlife.transition")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.io..",
              "java.net..",
              "java.nio.file..",
              "java.nio.channels..",
              "java.security..",
              "java.util.concurrent..",
              "java.util.random..",
              "org.slf4j..",
              "dev.tokenlife.time..")
          .orShould()
          .dependOnClassesThat()
          .haveNameMatching("java\\.(util\\.(Split.*)?Random|lang\\.Thread.*|time\\.Clock)");

  @ArchTest
  static final ArchRule plans_readNoClock_andDoNoWork =
      noClasses()
          .that()
          .resideInAPackage("dev.tokenlife.plan")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.io..", "java.net..", "java.security..", "org.slf4j..", "dev.tokenlife.time..")
          .orShould()
          .dependOnClassesThat()
          .haveNameMatching(
              "java\\.(lang\\.Thread|time\\.Clock|util\\.Random|.*ThreadLocalRandom|.*Execut.*)");

  @ArchTest
  static final ArchRule onlyTime_readsClocks_andSleeps =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.tokenlife.time")
          .should()
          .accessTargetWhere(
              touching(
                  "a clock of the machine",
                  target ->
                      isNamed(target, System.class, "currentTimeMillis", "nanoTime")
                          || isNamed(target, Thread.class, "sleep")
                          || isOf(target, Date.class)
                          || isOf(target, Clock.class)
                          || (target.getName().equals("now")
                              && target.getOwner().getPackageName().equals("java.time"))));

  @ArchTest
  static final ArchRule nobody_usesTheCommonPool =
      noClasses()
          .should()
          .accessTargetWhere(
              touching(
                  "threads that are not ours",
                  target ->
                      isOf(target, ForkJoinPool.class)
                          || isOf(target, Timer.class)
                          || isNamed(target, List.class, "parallelStream")
                          || isNamed(target, BaseStream.class, "parallel")
                          || isAsyncWithoutExecutor(target)));

  @ArchTest
  static final ArchRule threads_areMadeInThreePlaces =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("dev.tokenlife.execution.Workers")
          .and()
          .doNotHaveFullyQualifiedName("dev.tokenlife.time.SystemTime")
          .and()
          .doNotHaveFullyQualifiedName("dev.tokenlife.oauth2.SharedHttpClient$Holder")
          .should()
          .callConstructor(Thread.class, Runnable.class, String.class)
          .orShould()
          .callConstructor(Thread.class, Runnable.class)
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.util.concurrent.Executors");

  private static DescribedPredicate<JavaAccess<?>> touching(
      String what, Predicate<AccessTarget> test) {
    return DescribedPredicate.describe(what, access -> test.test(access.getTarget()));
  }

  private static boolean isOf(AccessTarget target, Class<?> owner) {
    return target.getOwner().isEquivalentTo(owner);
  }

  private static boolean isNamed(AccessTarget target, Class<?> owner, String... names) {
    return target.getOwner().isAssignableTo(owner) && List.of(names).contains(target.getName());
  }

  /** Whatever ends in Async and is given no executor, and the timeouts of the JDK's own timer. */
  private static boolean isAsyncWithoutExecutor(AccessTarget target) {
    if (!isOf(target, CompletableFuture.class)
        || !(target instanceof AccessTarget.CodeUnitAccessTarget call)) {
      return false;
    }
    List<JavaClass> parameters = call.getRawParameterTypes();
    boolean executor = parameters.stream().anyMatch(type -> type.isEquivalentTo(Executor.class));
    boolean jdkTimer =
        List.of("orTimeout", "completeOnTimeout", "delayedExecutor").contains(call.getName());
    return jdkTimer || (call.getName().endsWith("Async") && !executor);
  }
}
