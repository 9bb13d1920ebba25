package dev.tokenlife.examples.fleet.course;

import dev.tokenlife.examples.fleet.record.RunClock;
import dev.tokenlife.examples.fleet.service.Service;
import dev.tokenlife.examples.fleet.service.SignIns;
import dev.tokenlife.examples.fleet.service.Sites;
import dev.tokenlife.examples.fleet.settings.Options;
import dev.tokenlife.examples.fleet.users.Crowd;

/**
 * Everything there is in one run.
 *
 * @param options how it was started
 * @param sites the providers
 * @param service what keeps their tokens fresh
 * @param signIns who was told to sign in again
 * @param crowd who reads
 * @param clock its time
 */
public record World(
    Options options, Sites sites, Service service, SignIns signIns, Crowd crowd, RunClock clock) {}
