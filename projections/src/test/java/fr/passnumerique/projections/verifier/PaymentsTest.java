package fr.passnumerique.projections.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.FactSamples;
import fr.passnumerique.clearing.ledger.FactType;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
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

  private void check(long position, String type, String payload) {
    payments.check(
        new ExportedRow(
            position,
            new UUID(0, position),
            Instant.EPOCH,
            type,
            1,
            List.of(),
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
