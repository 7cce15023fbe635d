package fr.passnumerique.ui.live;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.distribution.ChequesHandedOut;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.clearing.ledger.RecordedFact;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.redemption.SlipWithdrawn;
import fr.passnumerique.clearing.settlement.PaidCents;
import fr.passnumerique.clearing.settlement.TransferConfirmed;
import fr.passnumerique.clearing.settlement.TransferDebited;
import fr.passnumerique.clearing.settlement.TransferExecuted;
import fr.passnumerique.clearing.settlement.VoidedLine;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The last fact that may have changed what somebody sees. A funder, a clerk and an auditor see sums
 * of everything, so that it is the ledger's last; thousands of venues and prescribers do not see
 * each other's slips, payments and hand-outs, of which there are many every second.
 *
 * <p>A fact concerns everybody unless it is named here: what is forgotten has a page made anew for
 * nothing, and never leaves one as it was. Nothing of it is kept: a node that starts takes all that
 * it finds as new.
 */
final class LastConcern {
  private static final int AT_ONCE = 1_000;

  /** Nobody has asked for so long that reading all of it would keep whoever asks now waiting. */
  private static final long TOO_FAR = 10L * AT_ONCE;

  private final LedgerReader ledger;
  private final Map<String, Long> venues = new HashMap<>();
  private final Map<String, Long> prescribers = new HashMap<>();
  private long everybody;
  private long read;

  LastConcern(LedgerReader ledger) {
    this.ledger = ledger;
  }

  /** Its position; 0 before the first. */
  synchronized long of(Actor actor) {
    readOn();
    if (actor.role() == Role.VENUE) {
      return Math.max(everybody, venues.getOrDefault(actor.subject(), 0L));
    }
    return actor.role() == Role.PRESCRIBER
        ? Math.max(everybody, prescribers.getOrDefault(actor.subject(), 0L))
        : read;
  }

  private void readOn() {
    long head = ledger.known();
    if (head - read > TOO_FAR) {
      everybody = head;
      read = head;
    }
    while (read < head) {
      List<RecordedFact> facts = ledger.recent(read, AT_ONCE);
      if (facts.isEmpty()) {
        facts = ledger.read(read, AT_ONCE);
      }
      if (facts.isEmpty()) {
        return;
      }
      facts.forEach(this::take);
    }
  }

  private void take(RecordedFact recorded) {
    read = recorded.position();
    Fact fact = recorded.fact();
    switch (fact) {
      case SlipJudged f -> venues.put(f.venue().value(), read);
      case SlipWithdrawn f when f.opposed().isEmpty() -> venues.put(f.venue().value(), read);
      case ChequesHandedOut f -> prescribers.put(f.prescriber().value(), read);
      case TransferExecuted f -> pay(f.parts(), f.voided());
      case TransferDebited f -> pay(f.parts(), List.of());
      case TransferConfirmed f -> pay(f.parts(), f.voided());
      default -> everybody = read;
    }
  }

  private void pay(List<PaidCents> parts, List<VoidedLine> voided) {
    parts.forEach(part -> venues.put(part.venue().value(), read));
    voided.forEach(line -> venues.put(line.venue().value(), read));
  }
}
