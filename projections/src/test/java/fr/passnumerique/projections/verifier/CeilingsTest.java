package fr.passnumerique.projections.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.projections.Story;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class CeilingsTest {
  private final Findings findings = new Findings();
  private final Ceilings ceilings = new Ceilings(findings);

  @Test
  void whatAllOrdersTakeStaysBelowTheCeiling() {
    signed(1_000);
    issued(1, "2026-03-02", 600, "");
    issued(1, "2026-03-03", 400, "");
    assertHolds();
    issued(1, "2026-03-04", 1, "");
    assertFound("1001 cents of funder anct are issued, its ceiling is 1000");
  }

  @Test
  void whatReplacesChequesWasIssuedWithThem() {
    signed(1_000);
    issued(1, "2026-03-02", 1_000, "");
    issued(1, "2026-03-03", 500, ",\"inherited\":{\"batch\":\"00001\",\"ordinals\":[1]}");
    assertHolds();
  }

  @Test
  void anAmendmentCountsFromItsDayOnAndWhatWasIssuedBefore() {
    signed(1_000);
    issued(1, "2026-03-02", 900, "");
    amended(2, "2026-04-01", 500);
    // Orders until then keep the version before.
    issued(1, "2026-03-31", 100, "");
    assertHolds();
    issued(2, "2026-04-01", 1, "");
    assertFound("1001 cents of funder anct are issued, its ceiling is 500");
  }

  @Test
  void anAmendmentThatRaisesACeilingGivesRoom() {
    signed(1_000);
    issued(1, "2026-03-02", 1_000, "");
    amended(2, "2026-04-01", 1_500);
    issued(2, "2026-04-01", 500, "");
    assertHolds();
  }

  @Test
  void anOrderByAVersionThatIsNotInForceIsFound() {
    signed(1_000);
    amended(2, "2026-04-01", 5_000);
    issued(2, "2026-03-31", 100, "");
    assertFound("by version 2 of agreement a-1, in force is 1");
  }

  /** The ledger is written on 1 January 2030: nobody issues by what is in force from the 2nd on. */
  @Test
  void anOrderOfADayAfterTheOneOnWhichItIsRecordedIsFound() {
    signed(1_000);
    amended(2, "2030-01-02", 5_000);
    issued(1, "2030-01-01", 1_000, "");
    assertHolds();
    issued(2, "2030-01-02", 1, "");
    assertFound("is issued on 2030-01-02 and recorded at 2030-01-01T00:00:07Z before");
  }

  /** Before its own first day the first version governs. */
  @Test
  void anOrderBeforeAnyVersionIsInForceIsMeasuredByTheFirst() {
    signed(1_000);
    issued(1, "2025-12-01", 1_000, "");
    assertHolds();
  }

  @Test
  void aCeilingThatWasLoweredInALedgerThatWasWrittenAgainIsFound() throws IOException {
    WrittenLedger good = new WrittenLedger();
    WrittenLedger lowered = new WrittenLedger();
    List<Fact> facts = Story.untilHandedOut();
    for (Fact fact : facts) {
      good.with(fact);
      lowered.with(
          fact,
          payload ->
              fact.equals(Story.signed())
                  ? payload.replaceFirst("\"ceilingCents\":100000000", "\"ceilingCents\":571399")
                  : payload);
    }
    assertThat(good.verified().findings().none()).isTrue();
    assertThat(lowered.verified().findings().shown())
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.check()).isEqualTo(Check.CEILING);
              assertThat(found.position()).isEqualTo(1 + facts.indexOf(Story.issued()));
              assertThat(found.value()).contains("571400 cents of funder anct");
            });
  }

  private void signed(long ceiling) {
    check(
        "AgreementSigned",
        "{\"agreement\":\"a-1\",\"keyVersion\":1,\"startsOn\":\"2026-01-01\",\"shares\":[%s]}"
            .formatted(share(ceiling)));
  }

  private void amended(int version, String from, long ceiling) {
    check(
        "AgreementAmended",
        "{\"agreement\":\"a-1\",\"keyVersion\":%d,\"inForceFrom\":\"%s\",\"shares\":[%s]}"
            .formatted(version, from, share(ceiling)));
  }

  private static String share(long ceiling) {
    return "{\"funder\":\"anct\",\"basisPoints\":10000,\"ceilingCents\":%d}".formatted(ceiling);
  }

  private void issued(int version, String on, long cents, String more) {
    check(
        "ChequesIssued",
        "{\"order\":\"o\",\"agreement\":\"a-1\",\"keyVersion\":%d,\"issuedOn\":\"%s\",\"shares\":[{\"funder\":\"anct\",\"cents\":%d}]%s}"
            .formatted(version, on, cents, more));
  }

  private void check(String type, String payload) {
    ceilings.check(WrittenLedger.row(7, type, payload), JsonMapper.shared().readTree(payload));
  }

  private void assertHolds() {
    assertThat(findings.none()).as(findings.shown().toString()).isTrue();
  }

  private void assertFound(String words) {
    assertThat(findings.count(Check.CEILING)).isOne();
    assertThat(findings.shown().toString()).contains(words);
  }
}
