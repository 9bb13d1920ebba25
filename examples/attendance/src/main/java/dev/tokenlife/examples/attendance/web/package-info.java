/**
 * The HTTP server: pages, the JSON API, server-sent events. Threads of the server call the lesson
 * package.
 */
@NullMarked
package dev.tokenlife.examples.attendance.web;

import org.jspecify.annotations.NullMarked;
