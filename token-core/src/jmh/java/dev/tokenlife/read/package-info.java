/** What it costs to read a token that is there, and what a crowd gets when it is not. */
package dev.tokenlife.read;
