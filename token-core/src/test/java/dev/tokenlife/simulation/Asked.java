package dev.tokenlife.simulation;

import dev.tokenlife.model.AccessToken;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.testing.Node;
import java.util.concurrent.CompletableFuture;

/** Somebody asked a process for a token. */
record Asked(Node node, ChainKey key, CompletableFuture<AccessToken> answer) {}
