/**
 * For keeping chains in Azure Table Storage, where many processes share them. {@link
 * dev.tokenlife.azure.AzureTokenStore} runs every call on the caller's thread, blocks for at most
 * its deadline, and starts no thread of its own; the HTTP client of the JDK keeps a few.
 *
 * <p>{@code Table} sends single requests and turns whatever comes back into a {@code Fault}; {@code
 * Calls} and {@code Verdict} decide what is tried again; everything above speaks of chains.
 */
@NullMarked
package dev.tokenlife.azure;

import org.jspecify.annotations.NullMarked;
