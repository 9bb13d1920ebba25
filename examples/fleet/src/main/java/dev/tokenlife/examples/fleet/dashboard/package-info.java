/**
 * A web page that shows the fleet while it runs: plain files and one JSON answer, served by the
 * application itself.
 */
@NullMarked
package dev.tokenlife.examples.fleet.dashboard;

import org.jspecify.annotations.NullMarked;
