package dev.tokenlife.examples.attendance.web;

import dev.tokenlife.time.TimeSource;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Where and how to serve.
 *
 * @param address where to listen; port 0 for a free one
 * @param push whether pages are told of changes, instead of asking
 * @param url what links begin with; empty for the address that the browser uses
 * @param activity counts what happens
 * @param time the time to live by
 */
public record WebSettings(
    InetSocketAddress address,
    boolean push,
    Optional<String> url,
    Activity activity,
    TimeSource time) {}
