/** What happens when, what is looked at each second, and whether the promises were kept. */
@NullMarked
package dev.tokenlife.examples.fleet.course;

import org.jspecify.annotations.NullMarked;
