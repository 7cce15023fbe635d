package fr.passnumerique.loadtest.peak;

import fr.passnumerique.clearing.issuance.FileCheckKeys;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Slips of a plan that no ledger knows: for whoever is only to send them. */
public final class PlannedSlips {
  private final Plan plan;
  private final SlipRequests requests;

  /**
   * @param directory for check keys
   */
  public PlannedSlips(Path directory, int clients, int slips, int lines) {
    plan =
        Plan.make(
            3,
            LocalDate.of(2026, 11, 24),
            Site.of(Site.VenueList.real()),
            new Plan.Size(clients, 1, slips, lines),
            FileCheckKeys.open(directory.resolve("keys"), new Random(3)));
    requests = new SlipRequests(plan, Collections.nCopies(plan.venues().size(), "key"));
  }

  public SlipRequests requests() {
    return requests;
  }

  public List<Slip> all() {
    return plan.rounds().getFirst().all().toList();
  }

  /** As those have them who present them in their order. */
  public static PreparedSlips prepared(Path directory, int clients, int slips, int lines) {
    PlannedSlips planned = new PlannedSlips(directory, clients, slips, lines);
    return new PreparedSlips(planned.plan, planned.requests, Map.of());
  }
}
