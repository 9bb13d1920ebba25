/** The table storage emulator, as a process of its own that ends with the tests. */
@NullMarked
package dev.tokenlife.azure.emulator;

import org.jspecify.annotations.NullMarked;
