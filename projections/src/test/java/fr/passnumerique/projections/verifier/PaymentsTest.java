package fr.passnumerique.projections.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.FactSamples;
import fr.passnumerique.clearing.ledger.FactType;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.settlement.PaidCents;
import fr.passnumerique.clearing.settlement.SettlementRunCancelled;
import fr.passnumerique.clearing.settlement.SettlementRunOpened;
import fr.passnumerique.projections.Story;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PaymentsTest {
  private final Findings findings = new Findings();
  private final Payments payments = new Payments(findings);

  @Test
  void whatIsOwedAgainSinceItsReversalWasLiftedIsPaidAtThatPosition() throws IOException {
    check(9, "ReversalLifted", sample("ReversalLifted"));

    check(
        10,
        "SettlementRunOpened",
        sample("SettlementRunOpened").replace("position\":7", "position\":9"));
    assertThat(findings.none()).as(findings.shown().toString()).isTrue();

    // A second time it is more than was accepted.
    check(
        11,
        "SettlementRunOpened",
        sample("SettlementRunOpened").replace("position\":7", "position\":9"));
    assertThat(findings.shown().toString()).contains("1142 cents are paid, 571 were accepted");
  }

  @Test
  void aSlipThatIsNotThereIsPaidToNobody() throws IOException {
    check(10, "SettlementRunOpened", sample("SettlementRunOpened"));

    assertThat(findings.shown().toString()).contains("a slip at position 7 that is not there");
  }

  @Test
  void aSlipThatWasTakenBackIsPaidToNobody() throws IOException {
    judged(Story.slip(Story.LIBRARY, "S-1", Story.LIBRARY_DESK, 1, 3), 7);
    check(
        8,
        "SlipWithdrawn",
        Story.CATALOGUE.write(
            Story.withdrawn(Story.slip(Story.LIBRARY, "S-1", Story.LIBRARY_DESK, 1, 3), 7)));
    assertThat(findings.none()).as(findings.shown().toString()).isTrue();

    check(
        9,
        "SettlementRunOpened",
        Story.CATALOGUE.write(
            Story.run(
                "R-1", Map.of(7L, Story.slip(Story.LIBRARY, "S-1", Story.LIBRARY_DESK, 1, 3)))));
    assertThat(findings.shown().toString()).contains("3000 cents are paid, 0 were accepted");
  }

  @Test
  void aSlipIsTakenBackWholeAndBeforeItIsPaid() throws IOException {
    SlipJudged slip = Story.slip(Story.LIBRARY, "S-1", Story.LIBRARY_DESK, 1, 3);
    judged(slip, 7);
    check(8, "SettlementRunOpened", Story.CATALOGUE.write(Story.run("R-1", Map.of(7L, slip))));
    check(9, "SlipWithdrawn", Story.CATALOGUE.write(Story.withdrawn(slip, 7)));
    assertThat(findings.shown().toString())
        .contains("3000 cents are taken back, 3000 were accepted and 3000 are paid");

    check(10, "SlipWithdrawn", Story.CATALOGUE.write(Story.withdrawn(slip, 6)));
    assertThat(findings.shown().toString()).contains("takes back slip S-1, which is not at");
  }

  @Test
  void aRunThatIsCancelledOwesAllAgain() throws IOException {
    SlipJudged slip = Story.slip(Story.LIBRARY, "S-1", Story.LIBRARY_DESK, 1, 3);
    judged(slip, 7);
    SettlementRunOpened run = Story.run("R-1", Map.of(7L, slip));
    check(8, "SettlementRunOpened", Story.CATALOGUE.write(run));
    List<PaidCents> parts = run.transfers().getFirst().parts();
    assertThat(parts).hasSize(2);
    check(9, "SettlementRunCancelled", cancelled(run, 1, 2, parts.subList(0, 1)));
    check(10, "SettlementRunCancelled", cancelled(run, 2, 2, parts.subList(1, 2)));
    check(11, "SettlementRunOpened", Story.CATALOGUE.write(Story.run("R-2", Map.of(7L, slip))));
    assertThat(findings.none()).as(findings.shown().toString()).isTrue();

    // What is left out is in transit for ever: the venue is never paid.
    check(12, "SettlementRunCancelled", cancelled(run, 1, 1, parts.subList(0, 1)));
    assertThat(findings.shown().toString()).contains("run R-1 is cancelled with");
  }

  @Test
  void aReleasedRunIsCancelledButForWhatHasAnEndAndNotOnceItsFileWasHandedOut() throws IOException {
    SlipJudged slip = Story.slip(Story.LIBRARY, "S-1", Story.LIBRARY_DESK, 1, 3);
    judged(slip, 7);
    SettlementRunOpened run = Story.run("R-1", Map.of(7L, slip));
    check(8, "SettlementRunOpened", Story.CATALOGUE.write(run));
    check(9, "SettlementRunReleased", "{\"run\":\"R-1\"}");
    List<PaidCents> parts = run.transfers().getFirst().parts();
    check(10, "SettlementRunCancelled", cancelled(run, 1, 1, parts));
    assertThat(findings.none()).as(findings.shown().toString()).isTrue();

    SettlementRunOpened second = Story.run("R-2", Map.of(7L, slip));
    check(11, "SettlementRunOpened", Story.CATALOGUE.write(second));
    check(12, "TransferConfirmed", Story.CATALOGUE.write(Story.confirmed(second, Story.LIBRARY)));
    check(13, "SettlementRunCancelled", cancelled(second, 1, 1, List.of()));
    assertThat(findings.shown().toString())
        .contains("run R-2 is cancelled but for transfers [], and those that have an end are [");
    check(14, "CreditTransferFileDownloaded", "{\"run\":\"R-2\"}");
    check(15, "SettlementRunCancelled", cancelled(second, 1, 1, parts));
    assertThat(findings.shown().toString()).contains("run R-2 is cancelled with");
  }

  @Test
  void aTransferThatIsRejectedGivesItsSlipsBack() throws IOException {
    SlipJudged slip = Story.slip(Story.LIBRARY, "S-1", Story.LIBRARY_DESK, 1, 3);
    judged(slip, 7);
    SettlementRunOpened run = Story.run("R-1", Map.of(7L, slip));
    check(8, "SettlementRunOpened", Story.CATALOGUE.write(run));
    String rejected = Story.CATALOGUE.write(Story.rejected(run, Story.LIBRARY));
    check(9, "TransferRejected", rejected.replaceFirst("\"slips\":\\[[^]]*]", "\"slips\":[]"));
    assertThat(findings.shown().toString()).contains("paid slips {7 ", "and here they are {}");
  }

  @Test
  void aLineThatWasReversedBeforeItWasPaidIsPaidToNobody() {
    slipOf(3_000);
    reversed("OWED", "000070001");
    reversed("PAID", "000070002");
    run("R-1", 2_000, "");
    assertThat(findings.none()).as(findings.shown().toString()).isTrue();
    run("R-2", 1, "");
    assertFound("2001 cents are paid, 2000 were accepted and not reversed");
  }

  @Test
  void aLineThatWasReversedOnItsWayIsPaidToNobodyOnceItsTransferCameToNothing() {
    slipOf(3_000);
    run("R-1", 3_000, "");
    reversed("IN_TRANSIT", "000070001");
    check(
        10,
        "SettlementRunCancelled",
        undone("R-1", 3_000, ",\"voided\":[" + line("000070001") + "]"));
    run("R-2", 2_000, "");
    assertThat(findings.none()).as(findings.shown().toString()).isTrue();
    run("R-3", 1, "");
    assertFound("2001 cents are paid, 2000 were accepted and not reversed");
  }

  /** The bank paid after all what it had rejected, and with it a line that was reversed since. */
  @Test
  void aTransferThatIsReinstatedPaysAllThatItWasOpenedWith() {
    slipOf(3_000);
    run("R-1", 3_000, "");
    check(9, "TransferRejected", ended("R-1", 3_000, ""));
    reversed("OWED", "000070001");
    check(11, "TransferReinstated", ended("R-1", 3_000, ",\"voided\":[" + line("000070001") + "]"));
    assertThat(findings.none()).as(findings.shown().toString()).isTrue();

    // Once more, and now it is void with the transfer.
    check(12, "TransferRejected", ended("R-1", 3_000, ",\"voided\":[" + line("000070001") + "]"));
    run("R-2", 2_000, "");
    assertThat(findings.none()).as(findings.shown().toString()).isTrue();
    run("R-3", 1, "");
    assertFound("2001 cents are paid, 2000 were accepted and not reversed");
  }

  @Test
  void whatIsNettedIsPaidToNobodyUnlessItsRunOrItsTransferComesToNothing() {
    String netting = "{\"slips\":[" + slip(1_000) + "]}";
    String told = ",\"nettings\":[" + netting + "]";
    slipOf(3_000);
    // Before its release a run takes back all that it nets, and does not say so.
    run("R-1", 2_000, netting);
    check(9, "SettlementRunCancelled", undone("R-1", 2_000, ""));
    released("R-2", netting);
    check(10, "SettlementRunCancelled", undone("R-2", 2_000, told));
    released("R-3", netting);
    check(11, "TransferRejected", ended("R-3", 2_000, told));
    // What no transfer can take back is not told.
    released("R-4", netting);
    check(12, "SettlementRunCancelled", undone("R-4", 2_000, ""));
    run("R-5", 2_000, "");
    assertThat(findings.none()).as(findings.shown().toString()).isTrue();
    run("R-6", 1, "");
    assertFound("3001 cents are paid, 3000 were accepted");
  }

  private void released(String run, String netting) {
    run(run, 2_000, netting);
    check(8, "SettlementRunReleased", "{\"run\":\"%s\"}".formatted(run));
  }

  private void slipOf(long cents) {
    check(
        7,
        "SlipJudged",
        "{\"venue\":\"v-1\",\"reference\":\"S-1\",\"owed\":[{\"cents\":%d}]}".formatted(cents),
        Set.of("slip:v-1/S-1"));
  }

  private void reversed(String standing, String cheque) {
    check(
        8,
        "LinesReversed",
        "{\"slip\":7,\"lines\":[{\"standing\":\"%s\",\"cheque\":\"%s\",\"parts\":[{\"cents\":1000}]}]}"
            .formatted(standing, cheque));
  }

  private static String line(String cheque) {
    return "{\"slip\":7,\"cheque\":\"%s\",\"parts\":[{\"cents\":1000}]}".formatted(cheque);
  }

  private static String slip(long cents) {
    return "{\"venue\":\"v-1\",\"reference\":\"S-1\",\"position\":7,\"cents\":%d}".formatted(cents);
  }

  private static String part(long cents) {
    return "{\"venue\":\"v-1\",\"spent\":{\"funder\":\"anct\",\"cents\":%d}}".formatted(cents);
  }

  private void run(String run, long cents, String netting) {
    check(
        8,
        "SettlementRunOpened",
        "{\"run\":\"%s\",\"nettings\":[%s],\"transfers\":[{\"transfer\":\"%s-1\",\"slips\":[%s],\"parts\":[%s]}]}"
            .formatted(run, netting, run, slip(cents), part(cents)));
  }

  private static String undone(String run, long cents, String more) {
    return "{\"run\":\"%s\",\"parts\":[%s]%s}".formatted(run, part(cents), more);
  }

  private static String ended(String run, long cents, String more) {
    return "{\"transfer\":\"%s-1\",\"slips\":[%s],\"parts\":[%s]%s}"
        .formatted(run, slip(cents), part(cents), more);
  }

  private void assertFound(String words) {
    assertThat(findings.shown().toString()).contains(words);
  }

  private static String cancelled(
      SettlementRunOpened run, int part, int ofParts, List<PaidCents> parts) {
    return Story.CATALOGUE.write(
        new SettlementRunCancelled(
            run.run(), run.programme(), "clerk", part, ofParts, parts, List.of()));
  }

  private void judged(SlipJudged slip, long position) {
    String listed =
        Story.CATALOGUE.write(
            Story.listed(
                Story.LIBRARY,
                "Médiathèque",
                Story.pointOfService(Story.LIBRARY_DESK, Story.CREUSE)));
    check(1, "VenueListed", listed);
    check(position, "SlipJudged", Story.CATALOGUE.write(slip), slip.tags());
  }

  private void check(long position, String type, String payload) {
    check(position, type, payload, Set.of());
  }

  private void check(long position, String type, String payload, Set<String> tags) {
    payments.check(
        new ExportedRow(
            position,
            new UUID(0, position),
            Instant.EPOCH,
            type,
            1,
            List.copyOf(tags),
            payload,
            "{}",
            "",
            null),
        LineReader.fact(payload));
  }

  private static String sample(String name) throws IOException {
    FactType type =
        FactSamples.types().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
    return FactSamples.sample(type);
  }
}
