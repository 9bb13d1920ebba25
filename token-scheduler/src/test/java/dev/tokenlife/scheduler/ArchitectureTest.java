package dev.tokenlife.scheduler;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;

/** What the module system forbids on the module path is forbidden on the class path too. */
@AnalyzeClasses(packages = "dev.tokenlife.scheduler", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {
  @ArchTest
  static final ArchRule whatTheCoreDoesNotExport_isNotUsed =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.tokenlife.execution..",
              "dev.tokenlife.issuing..",
              "dev.tokenlife.plan..",
              "dev.tokenlife.pull..",
              "dev.tokenlife.refresh..",
              "dev.tokenlife.sharing..",
              "dev.tokenlife.transition..");

  @ArchTest
  static final ArchRule clocks_areThoseOfTheCore =
      noClasses()
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(Thread.class, "sleep", long.class);
}
