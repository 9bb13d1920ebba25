package dev.tokenlife.memory;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import dev.tokenlife.testing.ModuleLaws;

@AnalyzeClasses(packages = "dev.tokenlife.memory", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {
  @ArchTest static final ArchTests laws = ArchTests.in(ModuleLaws.class);
}
