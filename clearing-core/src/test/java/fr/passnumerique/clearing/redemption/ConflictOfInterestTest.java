package fr.passnumerique.clearing.redemption;

import static fr.passnumerique.clearing.redemption.RedemptionWorld.BATCH;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.CREUSE;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.VENUE;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.forged;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.line;
import static fr.passnumerique.clearing.redemption.Verdict.ACCEPTED;
import static fr.passnumerique.clearing.redemption.Verdict.CONFLICT_OF_INTEREST;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.distribution.ChequeRange;
import fr.passnumerique.clearing.distribution.ChequesDelivered;
import fr.passnumerique.clearing.distribution.DeliveryId;
import fr.passnumerique.clearing.distribution.PrescriberId;
import fr.passnumerique.clearing.distribution.PrescriberRegistered;
import fr.passnumerique.clearing.funding.ProgrammeDefined.ConflictOfInterest;
import fr.passnumerique.clearing.redemption.RedemptionWorld.Rules;
import fr.passnumerique.clearing.redemption.SlipJudged.Conflict;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Can the structure that hands out also accept? As the programme has it. */
class ConflictOfInterestTest {
  /** Cheques 1 to 10 came from the venue's own commune, 11 to 20 from another structure. */
  private static final PrescriberId OWN = new PrescriberId("own");

  private static final PrescriberId OTHER = new PrescriberId("other");
  private static final PrescriberId UNKNOWN = new PrescriberId("unknown");

  @Test
  void aProgrammeThatAllowsItReportsNothing() {
    SlipJudged slip = world(ConflictOfInterest.ALLOW, "00036").judged(line(1));
    assertThat(slip.lines().getFirst().verdict()).isEqualTo(ACCEPTED);
    assertThat(slip.conflicts()).isEmpty();
  }

  @Test
  void aProgrammeThatFlagsItAcceptsTheLineAndReportsIt() {
    SlipJudged slip =
        world(ConflictOfInterest.FLAG, "00036")
            .judged(line(11), line(1), line(21), line(forged(2)));
    assertThat(slip.acceptedCount()).isEqualTo(3);
    assertThat(slip.conflicts()).containsExactly(new Conflict(2, OWN));
  }

  @Test
  void aProgrammeThatRefusesItRejectsTheLineAndReportsIt() {
    SlipJudged slip = world(ConflictOfInterest.REFUSE, "00036").judged(line(10), line(11));
    assertThat(slip.lines().stream().map(SlipJudged.Line::verdict))
        .containsExactly(CONFLICT_OF_INTEREST, ACCEPTED);
    assertThat(slip.conflicts()).containsExactly(new Conflict(1, OWN));
  }

  /** The organisation is the SIREN: the commune's CCAS counter and its library are one. */
  @Test
  void anotherEstablishmentOfTheSameOrganisationIsTheSame() {
    assertThat(world(ConflictOfInterest.REFUSE, "00018").verdict(line(1)))
        .isEqualTo(CONFLICT_OF_INTEREST);
  }

  private static RedemptionWorld world(ConflictOfInterest policy, String nic) {
    Rules rules = new Rules();
    rules.conflictOfInterest = policy;
    RedemptionWorld world = RedemptionWorld.with(rules);
    world.ledger.given(
        new PrescriberRegistered(
            OWN, "Commune", CREUSE, Optional.of(VENUE.value().substring(0, 9) + nic)),
        new PrescriberRegistered(OTHER, "Mission", CREUSE, Optional.of("13002526500013")),
        new PrescriberRegistered(UNKNOWN, "Association", CREUSE),
        delivered(OWN, 1, 10),
        delivered(OTHER, 11, 20),
        delivered(UNKNOWN, 21, 30));
    return world;
  }

  private static ChequesDelivered delivered(PrescriberId to, int first, int last) {
    return new ChequesDelivered(
        new DeliveryId("d-" + to),
        to,
        new ChequeRange(BATCH, first, last),
        LocalDate.of(2026, 2, 2),
        List.of());
  }
}
