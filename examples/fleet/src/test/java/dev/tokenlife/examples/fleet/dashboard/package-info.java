@NullMarked
package dev.tokenlife.examples.fleet.dashboard;

import org.jspecify.annotations.NullMarked;
