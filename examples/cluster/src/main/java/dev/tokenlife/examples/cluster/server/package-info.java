/**
 * An authorization server that takes back every token of a person whose refresh token is used
 * twice, and keeps record of every use.
 */
@NullMarked
package dev.tokenlife.examples.cluster.server;

import org.jspecify.annotations.NullMarked;
