package fr.passnumerique.projections.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.expiry.CreditNoteId;
import fr.passnumerique.clearing.expiry.CreditNoteIssued;
import fr.passnumerique.clearing.funding.FundedCents;
import fr.passnumerique.clearing.issuance.OrderId;
import fr.passnumerique.projections.Story;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What a funder that pays on use is credited with out of its pre-financier's cash. */
class RepaidTest {
  private final Findings findings = new Findings();
  private final Repaid repaid = new Repaid(findings);
  private long position;

  /** Five euros were repaid for a slip that was withdrawn. */
  private void overpaid() {
    fact("SlipJudged", claim("anct", 500));
    fact("FundsReceived", claim("anct", -500));
    fact("SlipWithdrawn", claim("anct", -500));
  }

  @Test
  void whatItHadRepaidIsGivenBackByOneNoteOrSeveral() {
    overpaid();
    note(claim("anct", 200));
    note(claim("anct", 300));
    assertThat(findings.none()).as(findings.shown().toString()).isTrue();
  }

  @Test
  void aCentMoreIsFound() {
    overpaid();
    note(claim("anct", 501));
    assertFound("credit note n gives 501 cents of ON_USE_CLAIM/p/a/anct back", "repaid 500");
  }

  @Test
  void aCentMoreOfSeveralPartsIsFoundToo() {
    overpaid();
    note(claim("anct", 300), claim("anct", 201));
    assertFound("gives 501 cents");
  }

  @Test
  void whatWasGivenOnceIsNotGivenAgain() {
    overpaid();
    note(claim("anct", 500));
    note(claim("anct", 1));
    assertFound("gives 1 cents", "repaid 0");
  }

  @Test
  void whatItStillOwesForOthersWasNotRepaidTooMuch() {
    fact("SlipJudged", claim("anct", 500));
    note(claim("anct", 1));
    assertFound("gives 1 cents", "repaid 0");
  }

  /** The note was decided before the slip, which is not within its boundary. */
  @Test
  void aSlipThatIsAcceptedAtThatMomentMakesItNoForgery() {
    fact("SlipJudged", claim("anct", 500));
    fact("FundsReceived", claim("anct", -500));
    fact("LinesReversed", claim("anct", -500));
    fact("SlipJudged", claim("anct", 300));
    note(claim("anct", 500));
    assertThat(findings.none()).as(findings.shown().toString()).isTrue();
  }

  @Test
  void whatPaysForAnotherUseIsNotGivenForOneThatCountsNoMore() {
    overpaid();
    fact("SlipJudged", claim("anct", 300));
    fact("FundsTransferred", claim("anct", -300));
    note(claim("anct", 501));
    assertFound("gives 501 cents", "repaid 500");
  }

  @Test
  void aPaymentThatWasTakenBackHasRepaidNothing() {
    overpaid();
    fact("ReceiptTakenBack", claim("anct", 1));
    note(claim("anct", 500));
    assertFound("gives 500 cents", "repaid 499");
  }

  @Test
  void aUseThatCountsAgainIsPaidFor() {
    overpaid();
    fact("ReversalLifted", claim("anct", 1));
    note(claim("anct", 500));
    assertFound("gives 500 cents", "repaid 499");
  }

  @Test
  void whatAnotherHadRepaidIsNoneOfIts() {
    overpaid();
    note(claim("epci", 1));
    assertFound("ON_USE_CLAIM/p/a/epci");
  }

  @Test
  void whoeverUsesOrPaysIsNoNote() {
    fact("SlipJudged", claim("anct", 500));
    fact("ReversalLifted", claim("anct", 500));
    assertThat(findings.none()).isTrue();
  }

  /** In a ledger that is in order otherwise: nothing was repaid there. */
  @Test
  void aForgedNoteIsFoundInALedger() throws IOException {
    OrderId order = new OrderId("o-1");
    CreditNoteIssued note =
        new CreditNoteIssued(
            CreditNoteId.supplementary(order, Story.STATE, 2),
            order,
            Story.STATE,
            571,
            LocalDate.of(2026, 9, 1),
            List.of(
                new FundedCents(
                    Story.PROGRAMME,
                    Story.AGREEMENT,
                    1,
                    Story.CREUSE,
                    Story.STATE,
                    571,
                    Optional.empty())),
            List.of(),
            Optional.of(Story.REGION));
    WrittenLedger ledger = new WrittenLedger().with(Story.untilHandedOut()).with(note);

    assertThat(ledger.verified().findings().shown().toString())
        .contains("it had repaid 0 for uses that count no more");
  }

  private static Entry claim(String funder, long cents) {
    return new Entry(new Account("ON_USE_CLAIM", "p", "a", funder, "", "", "", ""), cents);
  }

  private void note(Entry... entries) {
    fact("CreditNoteIssued", entries);
  }

  private void fact(String type, Entry... entries) {
    List<Entry> all =
        Stream.concat(
                Stream.of(entries),
                Stream.of(new Entry(new Account("BANK", "p", "a", "anct", "", "", "", ""), 9_999)))
            .toList();
    repaid.check(++position, type, JsonMapper.shared().readTree("{\"creditNote\":\"n\"}"), all);
  }

  private void assertFound(String... words) {
    assertThat(findings.first().orElseThrow().position()).isEqualTo(position);
    assertThat(findings.shown().toString()).contains(words);
  }
}
