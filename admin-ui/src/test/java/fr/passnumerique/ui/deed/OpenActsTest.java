package fr.passnumerique.ui.deed;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.ledger.LedgerUnavailableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenActsTest {
  @Test
  void whatWouldBeDoneIsOpenAndWhatIsDoneIsNot() {
    assertThat(OpenActs.isOpenUnless(() -> false)).isTrue();
    assertThat(OpenActs.isOpenUnless(() -> true)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"403, false", "409, false", "422, false", "503, true"})
  void whatIsRefusedIsClosedAndWhatNobodyCanTellIsOpen(int status, boolean open) {
    assertThat(
            OpenActs.isOpenUnless(
                () -> {
                  throw new Problem(status, "CODE", "refused", "do something else");
                }))
        .isEqualTo(open);
  }

  @Test
  void whileTheLedgerDoesNotAnswerTheActSaysSoItself() {
    assertThat(
            OpenActs.isOpenUnless(
                () -> {
                  throw new LedgerUnavailableException("away");
                }))
        .isTrue();
  }
}
