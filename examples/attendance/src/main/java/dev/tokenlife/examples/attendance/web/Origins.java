package dev.tokenlife.examples.attendance.web;

import java.util.Optional;

/** The address that links and codes begin with: a phone has to reach it. */
record Origins(Optional<String> given) {
  /** What was given at start, or what this browser itself uses. */
  String of(Call call) {
    return given.orElseGet(call::origin);
  }
}
