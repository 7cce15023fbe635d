package fr.passnumerique.clearing.bank;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.bank.BankEntryUnmatched.Why;
import fr.passnumerique.clearing.bank.BankFileImported.Outcome;
import fr.passnumerique.clearing.bank.entry.BankEntry;
import fr.passnumerique.clearing.bank.entry.ExpectedCredits;
import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.ledger.DecisionFixture;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.money.CreditorReference;
import fr.passnumerique.clearing.reversal.DebitNoteId;
import fr.passnumerique.clearing.reversal.DebitNotePaid;
import fr.passnumerique.clearing.venues.VenueId;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a venue was asked to pay back is known by the reference that it was asked for under. */
class DebitNotesByReferenceTest {
  private static final String REFERENCE = CreditorReference.madeFrom("debit-note|titre-1");
  private static final LocalDate DAY = LocalDate.of(2026, 4, 2);

  private final BankRegister register = new BankRegister();
  private final Asked asked = new Asked();
  private final DecisionFixture ledger =
      DecisionFixture.of(
              List.of(register),
              List.of(
                  new ImportBankFileDecision(
                      register, new OurTransfers(BankWorld.usual().words), List.of(asked))))
          .on(DAY);

  /** One debit note of 20 euros. */
  private final class Asked implements ExpectedCredits {
    @Override
    public Set<String> references() {
      return Set.of(REFERENCE);
    }

    @Override
    public Expected expected(String reference) {
      return new Expected(
          "titre-1",
          2_000,
          ledger.facts(DebitNotePaid.class).stream().map(DebitNotePaid::paidOn).findFirst(),
          Set.of("debit-note:titre-1"));
    }

    @Override
    public Optional<Expected> named(String name) {
      return name.equals("titre-1") ? Optional.of(expected(REFERENCE)) : Optional.empty();
    }

    @Override
    public Fact paid(String name, long cents, BankEntry entry) {
      return paid(entry.bookedOn(), Optional.of(entry));
    }

    @Override
    public Optional<Fact> takenBack(String name, NoMore told, List<Fact> before) {
      return Optional.empty();
    }

    private DebitNotePaid paid(LocalDate on, Optional<BankEntry> entry) {
      return new DebitNotePaid(
          new DebitNoteId("titre-1"),
          new VenueId("21230096100018"),
          new ProgrammeId("pass"),
          on,
          "",
          List.of(),
          2_000,
          entry);
    }
  }

  private BankFileImported importing(Camt camt) {
    BankFile file = new BankFileReader(BankWorld.IBAN).read(camt.bytes());
    return ((fr.passnumerique.clearing.ledger.Outcome.Recorded<BankFileImported>)
            ledger.send(new ImportBankFile(file, Map.of(), Map.of())))
        .answer();
  }

  private static Camt credit(String booking, long cents) {
    return Camt.notification("N")
        .entry(booking, "2026-04-02", cents, "", "remboursement " + REFERENCE);
  }

  @Test
  void isPaidOnceByTheCreditThatCarriesIt() {
    BankFileImported imported = importing(credit("B-1", 2_000));

    assertThat(imported.entries().getFirst().outcome()).isEqualTo(Outcome.RECOVERED);
    assertThat(ledger.facts(DebitNotePaid.class).getFirst().entry()).isPresent();
    assertThat(importing(credit("B-1", 2_000)).entries().getFirst().outcome())
        .isEqualTo(Outcome.KNOWN);
    BankFileImported twice = importing(credit("B-2", 2_000));
    assertThat(twice.entries().getFirst().why()).contains(Why.PAID_TWICE);
  }

  @Test
  void twiceInOneFileTheSecondIsForAClerk() {
    BankFileImported imported =
        importing(
            credit("B-1", 2_000).entry("B-2", "2026-04-02", 2_000, "", "encore " + REFERENCE));

    assertThat(imported.entries())
        .extracting(BankFileImported.Entry::outcome)
        .containsExactly(Outcome.RECOVERED, Outcome.UNMATCHED);
  }

  @Test
  void anotherAmountIsForAClerk() {
    assertThat(importing(credit("B-1", 1_999)).entries().getFirst().why())
        .contains(Why.AMOUNT_DIFFERS);
    assertThat(ledger.facts(DebitNotePaid.class)).isEmpty();
  }

  @Test
  void whatAClerkRecordedBeforeIsProvedAndNotPaidAgain() {
    ledger.given(asked.paid(DAY.minusDays(1), Optional.empty()));

    BankFileImported imported = importing(credit("B-1", 2_000));

    assertThat(imported.entries().getFirst().outcome()).isEqualTo(Outcome.PROVED);
    assertThat(ledger.facts(DebitNotePaid.class)).hasSize(1);
    assertThat(importing(credit("B-2", 2_000)).entries().getFirst().why()).contains(Why.PAID_TWICE);
  }
}
