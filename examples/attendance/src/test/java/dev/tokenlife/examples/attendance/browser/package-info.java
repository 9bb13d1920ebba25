/** The pages in a real browser, driven over the Chrome DevTools Protocol. */
@NullMarked
package dev.tokenlife.examples.attendance.browser;

import org.jspecify.annotations.NullMarked;
