package dev.tokenlife.testing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;

/**
 * What every module beside the core keeps to: what the module system forbids on the module path is
 * forbidden on the class path too. For {@code ArchTests.in(ModuleLaws.class)} in a class that says
 * which packages are analyzed.
 */
public final class ModuleLaws {
  @ArchTest
  public static final ArchRule whatTheCoreDoesNotExport_isNotUsed =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.tokenlife.execution..",
              "dev.tokenlife.issuing..",
              "dev.tokenlife.plan..",
              "dev.tokenlife.pull..",
              "dev.tokenlife.refresh..",
              "dev.tokenlife.reseal..",
              "dev.tokenlife.sharing..",
              "dev.tokenlife.transition..");

  @ArchTest
  public static final ArchRule clocks_areThoseOfTheCore =
      noClasses()
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(Thread.class, "sleep", long.class);

  private ModuleLaws() {}
}
