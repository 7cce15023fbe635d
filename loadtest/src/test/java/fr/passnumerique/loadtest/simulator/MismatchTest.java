package fr.passnumerique.loadtest.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.loadtest.simulator.Mismatch.Kind;
import org.junit.jupiter.api.Test;

class MismatchTest {
  @Test
  void aNodeThatStandsStillIsNoDifference() {
    assertThat(new Mismatch(Kind.UNAVAILABLE, "the node does not write").isDifference()).isFalse();
    assertThat(new Mismatch(Kind.BALANCES, "the ledger's balances differ").isDifference()).isTrue();
  }

  @Test
  void theSameFailureHasOtherNamesAndAmounts() {
    Mismatch failure = new Mismatch(Kind.INVARIANT, "the titles of order-3 come to 5, not to 0");
    assertThat(new Mismatch(Kind.INVARIANT, "the titles of order-1 come to 9, not to 0"))
        .matches(failure::isLike);
    assertThat(new Mismatch(Kind.INVARIANT, "the money of order-3 come to 5, not to 0"))
        .matches(other -> !failure.isLike(other));
    assertThat(new Mismatch(Kind.BALANCES, "the titles of order-3 come to 5, not to 0"))
        .matches(other -> !failure.isLike(other));
  }
}
