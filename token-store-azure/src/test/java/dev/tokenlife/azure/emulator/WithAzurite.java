package dev.tokenlife.azure.emulator;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests that need the emulator. Their parameters of type {@link Azurite} get the one all tests of
 * this JVM share, in memory; of type {@link AzuriteInstall} what is needed to start another.
 * Without Node.js they are skipped with a warning; with the environment variable {@code CI=true}
 * they fail.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(AzuriteExtension.class)
public @interface WithAzurite {}
