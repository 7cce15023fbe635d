package fr.passnumerique.clearing.budget;

import static fr.passnumerique.clearing.FundedWorld.AGREEMENT;
import static fr.passnumerique.clearing.FundedWorld.CREUSE;
import static fr.passnumerique.clearing.FundedWorld.PROGRAMME;
import static fr.passnumerique.clearing.FundedWorld.STATE;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.redemption.SlipJudged.SpentCents;
import fr.passnumerique.clearing.redemption.SlipReference;
import fr.passnumerique.clearing.reversal.LinesReversed;
import fr.passnumerique.clearing.reversal.Reason;
import fr.passnumerique.clearing.reversal.ReversalId;
import fr.passnumerique.clearing.reversal.ReversalLifted;
import fr.passnumerique.clearing.reversal.ReversedLine;
import fr.passnumerique.clearing.reversal.ReversedLine.Standing;
import fr.passnumerique.clearing.settlement.VoidedLine;
import fr.passnumerique.clearing.venues.VenueId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two lines of 10 and 7 euros are accepted; the first is found wrong. */
class RedeemedBudgetTest {
  private static final VenueId VENUE = new VenueId("21230096100018");
  private static final Serial CHEQUE = new Serial(Batch.of(7), 1);

  private final BudgetRegister register = new BudgetRegister();
  private long position;

  RedeemedBudgetTest() {
    fold(
        new SlipJudged(
            VENUE,
            new SlipReference("S-1"),
            "digest",
            Instant.parse("2026-04-01T10:00:00Z"),
            List.of(),
            List.of(),
            List.of(part(1_700))));
  }

  @ParameterizedTest
  @EnumSource(Standing.class)
  void aVoidChequeIsNotRedeemedWhereverItsMoneyIs(Standing standing) {
    assertThat(redeemed()).isEqualTo(1_700);

    fold(reversed(standing));

    assertThat(redeemed()).isEqualTo(700);
  }

  @Test
  void itIsAgainOnceTheReversalIsLifted() {
    fold(reversed(Standing.OWED));
    fold(lifted(1_000, 0));
    assertThat(redeemed()).isEqualTo(1_700);
  }

  @Test
  void andWhereItWasPaidBackInPart() {
    fold(reversed(Standing.PAID));
    fold(lifted(400, 600));
    assertThat(redeemed()).isEqualTo(1_700);
  }

  private void fold(Fact fact) {
    register.fold(fact, ++position, Instant.parse("2026-04-02T10:00:00Z"));
  }

  private long redeemed() {
    return register
        .spending()
        .get(new BudgetRegister.Key(AGREEMENT.value(), STATE.value()))
        .redeemed();
  }

  private static SpentCents part(long cents) {
    return new SpentCents(PROGRAMME, AGREEMENT, 1, CREUSE, CREUSE, STATE, cents, Optional.empty());
  }

  private static LinesReversed reversed(Standing standing) {
    return new LinesReversed(
        new ReversalId("indu-1"),
        VENUE,
        new SlipReference("S-1"),
        1,
        List.of(new ReversedLine(1, CHEQUE, standing, Optional.empty(), List.of(part(1_000)))),
        Reason.SERVICE_NOT_GIVEN,
        Optional.empty(),
        "clerk-1",
        Optional.empty(),
        LocalDate.of(2026, 5, 1));
  }

  private static ReversalLifted lifted(long owedAgain, long kept) {
    return new ReversalLifted(
        new ReversalId("indu-1"),
        VENUE,
        new SlipReference("S-1"),
        "clerk-3",
        line(owedAgain),
        line(kept),
        List.of());
  }

  private static List<VoidedLine> line(long cents) {
    return cents == 0 ? List.of() : List.of(new VoidedLine(VENUE, 1, CHEQUE, List.of(part(cents))));
  }
}
