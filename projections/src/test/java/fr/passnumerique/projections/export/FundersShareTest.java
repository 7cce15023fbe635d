package fr.passnumerique.projections.export;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.FactSamples;
import fr.passnumerique.clearing.ledger.FactType;
import fr.passnumerique.clearing.ledger.LedgerRow;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FundersShareTest {
  private final FundersShare share = new FundersShare("anct");

  @Test
  void theChequesOfAReplacementAreOfTheAgreementOfThoseTheyReplace() throws IOException {
    assertThat(shows("AgreementSigned", "")).isTrue();
    shows("ChequesIssued", "");

    assertThat(shows("ChequesReplaced", "")).isTrue();
    assertThat(shows("SlipJudged", "00009")).as("of the new cheques").isTrue();
    assertThat(shows("SlipJudged", "00008")).as("of a batch that nobody issued").isFalse();
  }

  /** The golden sample, on cheques of another batch if one is given. */
  private boolean shows(String type, String batch) throws IOException {
    FactType known =
        FactSamples.types().filter(one -> one.name().equals(type)).findFirst().orElseThrow();
    String payload =
        FactSamples.sample(known).replace("\"batch\":\"00001\"", "\"batch\":\"00007\"");
    if (!batch.isEmpty()) {
      payload = payload.replace("\"00007", '"' + batch);
    }
    return share.shows(
        new LedgerRow(
            1,
            new UUID(0, 1),
            Instant.EPOCH,
            type,
            1,
            List.of("x:1"),
            payload,
            "{}",
            new byte[32]));
  }
}
