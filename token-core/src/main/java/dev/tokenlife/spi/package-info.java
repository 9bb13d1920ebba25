/**
 * What others can plug in: stores, sources, policies, engines, guards, listeners. Every SPI is
 * synchronous and small; the algorithms above them are written once, in the packages that are not
 * exported.
 */
@NullMarked
package dev.tokenlife.spi;

import org.jspecify.annotations.NullMarked;
