package fr.passnumerique.clearing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.funding.FundsReceived;
import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.funding.ReceiptId;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.FactCatalogue;
import fr.passnumerique.clearing.ledger.FactCatalogue.Upcaster;
import fr.passnumerique.clearing.ledger.FactType;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;

/**
 * A release calls a field of a stored fact otherwise: how that is done, tried on the sample that
 * the first release stored, and what comes of doing it otherwise.
 */
class RenamedFieldTest {
  /** {@link FundsReceived} as a release might have it that calls the amount what it is. */
  record Renamed(
      ReceiptId receipt,
      AgreementId agreement,
      ProgrammeId programme,
      FunderId funder,
      long receivedCents,
      LocalDate valueDate)
      implements Fact {
    @Override
    public Set<String> tags() {
      return Set.of("receipt:" + receipt);
    }
  }

  private static final FactType SECOND = new FactType("FundsReceived", 2, Renamed.class, true);
  private static final Upcaster CALLS_IT_RECEIVED =
      new Upcaster(
          "FundsReceived",
          1,
          old -> {
            old.set("receivedCents", old.remove("amountCents"));
            return old;
          });

  private final String stored;

  RenamedFieldTest() throws IOException {
    stored = FactSamples.sample("FundsReceived.v1");
  }

  @Test
  void withItsVersionRaisedAndAnUpcasterWhatIsStoredIsReadAndNeverRewritten() {
    FactCatalogue catalogue = new FactCatalogue(List.of(SECOND), List.of(CALLS_IT_RECEIVED));

    Renamed read = (Renamed) catalogue.read("FundsReceived", 1, stored);

    assertThat(read.receivedCents()).isEqualTo(57_140);
    assertThat(read.valueDate()).isEqualTo(LocalDate.of(2026, 3, 2));
    // What is recorded from now on is of the second version, and both stand in one ledger.
    String now = catalogue.write(read);
    assertThat(now).contains("\"receivedCents\":57140").doesNotContain("amountCents");
    assertThat(catalogue.read("FundsReceived", 2, now)).isEqualTo(read);
    assertThat(catalogue.typeOf(read).version()).isEqualTo(2);
  }

  @Test
  void withItsVersionRaisedAndNoUpcasterItIsRefused() {
    FactCatalogue catalogue = new FactCatalogue(List.of(SECOND), List.of());
    assertThatThrownBy(() -> catalogue.read("FundsReceived", 1, stored))
        .hasMessage("no upcaster reads fact type FundsReceived version 1");
  }

  @Test
  void underTheSameVersionItCannotBeRead() {
    FactCatalogue catalogue =
        new FactCatalogue(
            List.of(new FactType("FundsReceived", 1, Renamed.class, true)), List.of());
    assertThatThrownBy(() -> catalogue.read("FundsReceived", 1, stored))
        .isInstanceOf(JacksonException.class)
        .hasMessageContaining("receivedCents");
  }

  @Test
  void aReleaseThatIsOlderThanTheLedgerDoesNotGuess() {
    FactCatalogue older = new FactCatalogue(List.of(FactType.v1(FundsReceived.class)), List.of());
    assertThatThrownBy(() -> older.read("FundsReceived", 2, stored)).hasMessageContaining("newer");
  }
}
