package fr.passnumerique.projections.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.FactSamples;
import fr.passnumerique.clearing.ledger.FactType;
import fr.passnumerique.clearing.redemption.SlipJudged;
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
