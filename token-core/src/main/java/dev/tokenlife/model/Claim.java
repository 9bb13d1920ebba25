package dev.tokenlife.model;

/**
 * The intent to call an exclusive source, written before the call.
 *
 * @param claimId random, one per claim
 * @param owner the incarnation of the process that calls
 * @param generation the generation the call starts from
 */
public record Claim(String claimId, String owner, long generation) {}
