package fr.passnumerique.projections.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What is due back of an order, the notes that credit it, and their refunds. */
class RefundsTest {
  private final Findings findings = new Findings();
  private final Refunds refunds = new Refunds(findings);
  private long position;
  private String order = "o";

  @BeforeEach
  void expired() {
    fact(
        "ChequesExpired",
        """
        {"order":"o","parts":[{"dueBack":[%s,%s]},{"dueBack":[%s]}],
         "opposedUnreplaced":[%s],"waived":[%s]}
        """
            .formatted(
                part("anct", 500),
                part("region", 300),
                part("anct", 100),
                part("anct", 70),
                part("anct", 30)));
  }

  @Test
  void aNoteIsRefundedToThoseWhoseItIs() {
    refund("CreditNoteIssued", "anct", part("anct", 700));
    refund("CreditNoteRefunded", "anct", part("anct", 700));
    refund("RefundReturned", "anct", part("anct", 700));
    refund("RefundTakenBack", "anct", part("anct", 700));
    ordered("anct", part("anct", 700));
    assertHolds();
  }

  @Test
  void anEuroLessIsFound() {
    refund("CreditNoteIssued", "anct", part("anct", 700));
    refund("CreditNoteRefunded", "anct", part("anct", 600));
    assertFound("credit note n-1 is refunded or comes back with");
  }

  @Test
  void whatIsTakenBackIsWhatTheNoteGives() {
    refund("CreditNoteIssued", "anct", part("anct", 700));
    refund("RefundTakenBack", "anct", part("anct", 699));
    assertFound("credit note n-1 is refunded or comes back with");
  }

  @Test
  void anotherFunderThanTheNotesIsFound() {
    refund("CreditNoteIssued", "anct", part("anct", 700));
    refund("CreditNoteRefunded", "region", part("anct", 700));
    assertFound("funder=region");
  }

  @Test
  void anOrderOfRefundsToAnotherFunderIsFound() {
    refund("CreditNoteIssued", "anct", part("anct", 700));
    ordered("region", part("anct", 700));
    assertFound("funder=region");
  }

  @Test
  void aNoteGivesWhatIsDueBackNeitherMoreNorLess() {
    refund("CreditNoteIssued", "anct", part("anct", 701));
    assertFound("credit note n-1 gives 701 cents");
    refund("CreditNoteIssued", "anct", part("anct", 699));
    assertFound("credit note n-1 gives 699 cents");
    refund("CreditNoteIssued", "region", part("region", 301));
    assertFound("due back of order o are 300");
  }

  @Test
  void aNoteOfAFunderToWhomNothingIsDueBackIsFound() {
    refund("CreditNoteIssued", "limoges", part("limoges", 1));
    assertFound("due back of order o are 0");
  }

  /** As far as its funder had repaid it, it is the funder's own; the rest is who advanced it. */
  @Test
  void aShareOnUseIsGivenToItsFunderFirstAndToWhoAdvancedItForTheRest() {
    advanced();
    own("region", 499);
    refund("CreditNoteIssued", "region", onUse(1));
    assertHolds();
  }

  @Test
  void aShareOnUseIsNotGivenTwice() {
    advanced();
    own("region", 499);
    refund("CreditNoteIssued", "region", onUse(500));
    assertFound("due back of order u are 1");
  }

  @Test
  void noMoreOfItIsItsFundersThanIsDueBack() {
    advanced();
    own("region", 501);
    assertFound("credit note n-1 gives 501 cents");
  }

  @Test
  void norAnythingThatAnotherAdvanced() {
    advanced();
    own("epci", 1);
    assertFound("due back of order u are 0");
  }

  private void advanced() {
    fact(
        "ChequesExpired", "{\"order\":\"u\",\"parts\":[{\"dueBack\":[%s]}]}".formatted(onUse(500)));
    order = "u";
  }

  private void own(String preFinancier, long cents) {
    fact(
        "CreditNoteIssued",
        "{\"creditNote\":\"n-1\",\"order\":\"u\",\"funder\":\"anct\",\"parts\":[%s],\"preFinancier\":\"%s\"}"
            .formatted(part("anct", cents), preFinancier));
  }

  private static String onUse(long cents) {
    return part("anct", cents).replace("\"cents\"", "\"advancedBy\":\"region\",\"cents\"");
  }

  /** What reversals bring back is credited apart, and is no part of the statement. */
  @Test
  void aSupplementaryNoteIsNotOfTheStatement() {
    fact(
        "CreditNoteIssued",
        """
        {"creditNote":"n-2","order":"o","funder":"anct","parts":[%s],
         "recovered":[{"reversal":"r","venue":"v","cheque":"00007-0001"}]}
        """
            .formatted(part("anct", 9)));
    assertHolds();
  }

  private void refund(String type, String funder, String parts) {
    fact(
        type,
        "{\"creditNote\":\"n-1\",\"order\":\"%s\",\"funder\":\"%s\",\"parts\":[%s]}"
            .formatted(order, funder, parts));
  }

  private void ordered(String funder, String parts) {
    fact(
        "RefundsOrdered",
        "{\"transfers\":[{\"creditNote\":\"n-1\",\"funder\":\"%s\",\"parts\":[%s]}]}"
            .formatted(funder, parts));
  }

  private void fact(String type, String payload) {
    refunds.check(++position, type, JsonMapper.shared().readTree(payload));
  }

  private static String part(String funder, long cents) {
    return "{\"programme\":\"p\",\"agreement\":\"a\",\"keyVersion\":1,\"fundingDepartement\":\"23\",\"funder\":\"%s\",\"cents\":%d}"
        .formatted(funder, cents);
  }

  private void assertHolds() {
    assertThat(findings.none()).as(findings.shown().toString()).isTrue();
  }

  private void assertFound(String words) {
    assertThat(findings.shown().toString()).contains(words);
  }
}
