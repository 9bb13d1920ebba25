@NullMarked
package dev.tokenlife.examples.fleet.settings;

import org.jspecify.annotations.NullMarked;
