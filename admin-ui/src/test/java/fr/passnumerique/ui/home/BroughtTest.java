package fr.passnumerique.ui.home;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.cover.CoverRead;
import fr.passnumerique.projections.accounts.Balances;
import fr.passnumerique.projections.accounts.Balances.Amounts;
import fr.passnumerique.ui.figures.Situation;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two cheques of 10 €, half each: the State pays on use, and the région has covered its half. */
class BroughtTest {
  /** Paid nothing in; one cheque was paid to its venue, the other is owed. */
  private static final Amounts STATE =
      new Amounts(
          0L, -1_000L, 0L, 0L, 0L, 0L, 0L, 1_000L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 1_000L, 0L, 0L, 0L,
          0L, 500L);

  /** What is owed is its cash, for both halves. */
  private static final Amounts REGION =
      new Amounts(
          5_000L, 1_000L, 4_000L, 3_000L, 0L, 0L, 0L, 1_000L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 1_000L,
          0L, 1_000L, 0L, 0L, 500L);

  @Test
  void eachRowAddsUpToWhatTheFunderItselfPaid() {
    Brought state = Brought.of(STATE);
    Brought region = Brought.of(REGION);
    for (Brought each : List.of(state, region, state.plus(region))) {
      assertThat(each.paidIn())
          .isEqualTo(
              each.unallocated()
                  + each.inCirculation()
                  + each.toPay()
                  + each.dueBack()
                  + each.paid()
                  + each.advanced());
    }
    assertThat(state).isEqualTo(new Brought(0, 0, 0, 500, 0, 500, -1_000));
    assertThat(region).isEqualTo(new Brought(5_000, 3_000, 0, 500, 0, 500, 1_000));
  }

  @Test
  void whatAnotherIsToPayForAFunderIsNotTakenForWaived() {
    Titles ofTheState =
        Dashboard.of(
                new Balances(
                    1, null, null, 1, 0L, STATE, List.of(), null, null, null, null, null, null,
                    null, null, null),
                new Cover(CoverRead.State.COVERED, 0, 0, 0, 0, 0, 0),
                new Situation(1, null, 0, false),
                "anct")
            .titles();
    assertThat(ofTheState.unpaid()).isEqualTo(500);
    assertThat(ofTheState.waived()).isZero();
  }
}
