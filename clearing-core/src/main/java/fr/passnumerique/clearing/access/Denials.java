package fr.passnumerique.clearing.access;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts what was denied and why: a scanner or a broken client shows as a rise. */
final class Denials {
  private static final String NAME = "pass.access.denied";

  private final Counter unknown;
  private final Counter role;
  private final Counter foreign;
  private final Counter forged;

  Denials(MeterRegistry meters) {
    this.unknown = counter(meters, "unauthenticated");
    this.role = counter(meters, "role");
    this.foreign = counter(meters, "foreign");
    this.forged = counter(meters, "csrf");
  }

  private static Counter counter(MeterRegistry meters, String reason) {
    return Counter.builder(NAME)
        .description("Requests denied by the rules of access")
        .tag("reason", reason)
        .register(meters);
  }

  void unauthenticated() {
    unknown.increment();
  }

  void wrongRole() {
    role.increment();
  }

  void foreignSubject() {
    foreign.increment();
  }

  void withoutCsrfToken() {
    forged.increment();
  }
}
