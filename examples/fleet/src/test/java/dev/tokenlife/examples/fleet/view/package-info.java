@NullMarked
package dev.tokenlife.examples.fleet.view;

import org.jspecify.annotations.NullMarked;
