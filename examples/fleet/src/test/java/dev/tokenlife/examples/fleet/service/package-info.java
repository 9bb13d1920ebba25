@NullMarked
package dev.tokenlife.examples.fleet.service;

import org.jspecify.annotations.NullMarked;
