/** What an application writes: its sources, its instance, its sign-ins, and work on everybody. */
@NullMarked
package dev.tokenlife.examples.fleet.service;

import org.jspecify.annotations.NullMarked;
