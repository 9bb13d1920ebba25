/** Tables on Azure or the emulator from the command line: create, look into, back up, restore. */
@NullMarked
package dev.tokenlife.examples.storetool;

import org.jspecify.annotations.NullMarked;
