package fr.passnumerique.projections.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.redemption.ChequesOpposed.Whereabouts;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.projections.Story;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a share leaves out is no fault of what it shows. */
class SharesTest {
  private static final List<Fact> BEFORE = Story.untilHandedOut();
  private static final SlipJudged SLIP =
      Story.slip(Story.LIBRARY, "S-1", Story.LIBRARY_DESK, 1, 10);

  @Test
  void whoJoinsAnAgreementIsNotShownWhatItsChequesWereIssuedWith() throws IOException {
    Verification verified =
        new WrittenLedger()
            .ofFunder("late")
            .without(BEFORE)
            .with(SLIP)
            .with(Story.opposed("lost", Whereabouts.HANDED_OUT, null, 11, 20))
            .with(Story.withdrawn(SLIP, BEFORE.size() + 1))
            .verified();

    assertThat(verified.findings().none()).as(verified.findings().shown().toString()).isTrue();
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    Report.print(verified, new PrintStream(told, true, StandardCharsets.UTF_8));
    assertThat(told.toString(StandardCharsets.UTF_8))
        .contains("3 of the rows shown name cheques that were issued in a row left out");
  }

  @Test
  void aSlipThatIsLeftOutMayBeTakenBackInARowThatIsShown() throws IOException {
    Findings findings =
        new WrittenLedger()
            .ofFunder("late")
            .with(BEFORE)
            .without(List.of(SLIP))
            .with(Story.withdrawn(SLIP, BEFORE.size() + 1))
            .verified()
            .findings();

    assertThat(findings.none()).as(findings.shown().toString()).isTrue();
  }

  @Test
  void whatIsAcceptedTwiceInRowsThatAreShownIsFound() throws IOException {
    Findings findings =
        new WrittenLedger()
            .ofFunder("late")
            .without(BEFORE)
            .with(SLIP)
            .with(Story.slip(Story.LIBRARY, "S-2", Story.LIBRARY_DESK, 10, 12))
            .verified()
            .findings();

    assertThat(findings.count(Check.REDEEMED_ONCE)).isEqualTo(1);
    assertThat(findings.shown().toString()).contains("cheque 00007000A is accepted here");
  }

  @Test
  void aSplitThatIsShownIsChecked() throws IOException {
    Findings findings =
        new WrittenLedger()
            .ofFunder("late")
            .with(BEFORE)
            .with(SLIP, payload -> payload.replaceFirst("\"cents\":5", "\"cents\":4"))
            .verified()
            .findings();

    assertThat(findings.count(Check.SPLIT)).isPositive();
  }
}
