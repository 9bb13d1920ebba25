package dev.tokenlife.examples.cluster.verdict;

import dev.tokenlife.examples.cluster.member.NodeEvent;
import dev.tokenlife.examples.cluster.server.Ledger;
import dev.tokenlife.examples.cluster.server.Use;
import dev.tokenlife.examples.cluster.server.Use.Verdict;
import dev.tokenlife.examples.cluster.step.Incident;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The grants whose refresh token may have been spent, because an answer to it was lost. */
public final class Ambiguity {
  private final Ledger ledger;
  private final List<NodeEvent> events;
  private final List<Incident> incidents;

  public Ambiguity(Ledger ledger, List<NodeEvent> events, List<Incident> incidents) {
    this.ledger = ledger;
    this.incidents = incidents;
    this.events = first(events);
  }

  /** Returns for each incident the grants that became ambiguous by it. */
  public Map<Incident, Set<String>> byIncident() {
    Map<Incident, Set<String>> grants = new LinkedHashMap<>();
    incidents.forEach(incident -> grants.put(incident, new TreeSet<>()));
    for (NodeEvent event : events) {
      Incident cause = cause(event);
      if (cause != null) {
        grants.computeIfAbsent(cause, incident -> new TreeSet<>()).add(event.grant());
      }
    }
    return grants;
  }

  /** Returns the events that no call in flight at an incident explains. */
  public List<NodeEvent> unexplained() {
    return events.stream().filter(event -> cause(event) == null).toList();
  }

  /** Returns all of them, whatever made them so. */
  public Set<String> grants() {
    return new TreeSet<>(events.stream().map(NodeEvent::grant).toList());
  }

  /** Returns how many there were. */
  public int count() {
    return events.size();
  }

  /** Returns how many ended with somebody signing in again. */
  public long signedInAgain() {
    return events.stream()
        .filter(event -> ledger.signedInSince(event.grant(), event.nanos()))
        .count();
  }

  /** Returns how many went on with the refresh token there was. */
  public long wentOn() {
    return events.stream().filter(this::wentOn).count();
  }

  /** Returns how many still wait for one or the other. */
  public long unresolved() {
    return count() - signedInAgain() - wentOn();
  }

  /** Of what several nodes tell of the same lost answer only the first counts. */
  private List<NodeEvent> first(List<NodeEvent> told) {
    Set<List<Object>> known = new HashSet<>();
    return told.stream()
        .filter(NodeEvent::isAmbiguous)
        .filter(event -> known.add(Arrays.asList(event.grant(), cause(event))))
        .toList();
  }

  private boolean wentOn(NodeEvent event) {
    return !ledger.signedInSince(event.grant(), event.nanos())
        && !ledger.uses(use -> isLater(use, event)).isEmpty();
  }

  private static boolean isLater(Use use, NodeEvent event) {
    return use.grant().equals(event.grant())
        && use.verdict() == Verdict.ACCEPTED
        && use.arrivedNanos() - event.nanos() > 0;
  }

  private @Nullable Incident cause(NodeEvent event) {
    Incident cause = null;
    for (Incident incident : incidents) {
      if (incident.nanos() - event.nanos() < 0 && incident.claims().contains(event.grant())) {
        cause = incident;
      }
    }
    return cause;
  }
}
