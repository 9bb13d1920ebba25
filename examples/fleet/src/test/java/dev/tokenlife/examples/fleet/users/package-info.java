@NullMarked
package dev.tokenlife.examples.fleet.users;

import org.jspecify.annotations.NullMarked;
