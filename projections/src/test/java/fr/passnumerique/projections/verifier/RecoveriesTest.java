package fr.passnumerique.projections.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What supplementary credit notes give of reversed lines. */
class RecoveriesTest {
  private static final String FIRST = "00007-0001";
  private static final String SECOND = "00007-0002";

  private final Findings findings = new Findings();
  private final Recoveries recoveries = new Recoveries(findings);
  private long position;

  @Test
  void aNoteGivesWhatTheLinesComeToThatItNames() {
    reversed();
    note(part("anct", 1_142), FIRST, SECOND);
    note(part("region", 429), FIRST);
    note(part("region", 429), SECOND);
    assertHolds();
  }

  /** One funder has agreed the statement, the other not yet. */
  @Test
  void aLineIsCreditedToEachFunderWhenItIsTime() {
    reversed();
    note(part("region", 858), FIRST, SECOND);
    note(part("anct", 571), FIRST);
    assertHolds();
  }

  @Test
  void aCentMoreIsFoundAtOnce() {
    reversed();
    note(part("anct", 572), FIRST);
    assertFound(
        2, "order o give 572 cents of p/a v1/23/anct, the lines that they name come to 571");
  }

  @Test
  void aCentLessIsFoundOnceNoOtherNoteOfTheDecisionGivesIt() {
    reversed();
    note(part("anct", 570), FIRST);
    assertThat(findings.none()).isTrue();
    fact("DayOpened", "{}");
    assertThat(findings.none()).isFalse();
    assertFound(2, "give 570 cents");
  }

  @Test
  void aCentLessBeforeARowThatIsNotHereIsSaidWhereTheRowIsMissing() {
    reversed();
    note(part("anct", 570), FIRST);
    recoveries.lost(3);
    recoveries.lost(9);
    recoveries.end();
    assertFound(3, "give 570 cents");
  }

  /** As far as its funder had repaid it, it is the funder's own; the rest is who advanced it. */
  @Test
  void aShareOnUseMayBeGivenByTwoNotes() {
    reversed();
    note(part("anct", 500), FIRST);
    note("{%s,\"advancedBy\":\"region\",\"cents\":71}".formatted(share("anct")), FIRST);
    assertHolds();
  }

  @Test
  void aLineIsCreditedOnce() {
    reversed();
    note(part("anct", 571), FIRST);
    note(part("anct", 571), FIRST);
    assertFound(3, "give 1142 cents");
  }

  @Test
  void aLineThatNobodyReversedIsCreditedToNobody() {
    note(part("anct", 571), FIRST);
    assertFound(1, "come to 0");
  }

  @Test
  void soIsOneWhoseReversalWasLifted() {
    reversed();
    fact("ReversalLifted", "{\"reversal\":\"r\"}");
    note(part("anct", 571), FIRST);
    assertFound(3, "come to 0");
  }

  @Test
  void theNoteOfTheStatementIsNone() {
    fact("CreditNoteIssued", "{\"order\":\"o\",\"parts\":[%s]}".formatted(part("anct", 571)));
    assertHolds();
  }

  private void reversed() {
    fact(
        "LinesReversed",
        "{\"reversal\":\"r\",\"lines\":[%s,%s]}".formatted(line(FIRST), line(SECOND)));
  }

  private static String line(String cheque) {
    return "{\"cheque\":\"%s\",\"parts\":[%s,%s]}"
        .formatted(cheque, part("anct", 571), part("region", 429));
  }

  private void note(String part, String... cheques) {
    StringBuilder recovered = new StringBuilder();
    for (String cheque : cheques) {
      recovered
          .append(recovered.isEmpty() ? "" : ",")
          .append("{\"reversal\":\"r\",\"venue\":\"v\",\"cheque\":\"%s\"}".formatted(cheque));
    }
    fact(
        "CreditNoteIssued",
        "{\"order\":\"o\",\"parts\":[%s],\"recovered\":[%s]}".formatted(part, recovered));
  }

  private static String part(String funder, long cents) {
    return "{%s,\"cents\":%d}".formatted(share(funder), cents);
  }

  private static String share(String funder) {
    return "\"programme\":\"p\",\"agreement\":\"a\",\"keyVersion\":1,\"fundingDepartement\":\"23\",\"funder\":\"%s\""
        .formatted(funder);
  }

  private void fact(String type, String payload) {
    recoveries.check(++position, type, JsonMapper.shared().readTree(payload));
  }

  private void assertHolds() {
    recoveries.end();
    assertThat(findings.none()).as(findings.shown().toString()).isTrue();
  }

  private void assertFound(long at, String words) {
    recoveries.end();
    assertThat(findings.first().orElseThrow().position()).isEqualTo(at);
    assertThat(findings.shown().toString()).contains(words);
  }
}
