package fr.passnumerique.loadtest.race;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.loadtest.race.Checker.Checked;
import fr.passnumerique.loadtest.race.Checker.Finding;
import fr.passnumerique.loadtest.race.Linearizability.Result;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a round shows, and what it does not. */
class CaughtTest {
  private static Round.End end(int contested, List<String> ledger, Finding... findings) {
    return new Round.End(
        new History("seed 1", List.of(), List.of()),
        new Checked(3, 30, List.of(findings)),
        ledger,
        List.of(),
        List.of(),
        new Round.Counted(30, 10, 20, 0, 0, 10, contested, 0, 0, 0, 0, 0));
  }

  private static Caught caught(List<String> ledger, Finding... findings) {
    return Caught.in(end(5, ledger, findings), "a bug", 4, 4);
  }

  private static Finding finding(Result result) {
    return new Finding("slip " + result, result, List.of());
  }

  @Test
  void aSearchThatWasGivenUpIsNoFind() {
    assertThat(caught(List.of(), finding(Result.GIVEN_UP)).isCaught()).isFalse();

    Caught other = caught(List.of(), finding(Result.GIVEN_UP), finding(Result.NOT_LINEARIZABLE));

    assertThat(other.isCaught()).isTrue();
    assertThat(other.histories()).isOne();
    assertThat(other.example()).isEqualTo("slip NOT_LINEARIZABLE");
    assertThat(other.shortest()).isPresent();
  }

  @Test
  void whatTheLedgerContradictsIsAFindWithoutAHistory() {
    Caught caught = caught(List.of("cheque 1 is redeemed twice"), finding(Result.GIVEN_UP));

    assertThat(caught.isCaught()).isTrue();
    assertThat(caught.histories()).isZero();
    assertThat(caught.example()).isEqualTo("cheque 1 is redeemed twice");
    assertThat(caught.shortest()).isEmpty();
  }

  @Test
  void aRoundInWhichNobodyContestedAChequeDoesNotHold() {
    assertThat(end(1, List.of()).holds()).isTrue();
    assertThat(end(1, List.of()).faults()).isEmpty();

    assertThat(end(0, List.of()).holds()).isFalse();
    assertThat(end(0, List.of()).faults()).contains("no cheque was wanted by more than one slip");
  }
}
