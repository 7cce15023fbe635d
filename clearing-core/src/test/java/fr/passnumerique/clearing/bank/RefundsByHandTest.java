package fr.passnumerique.clearing.bank;

import static fr.passnumerique.clearing.FundedWorld.AGREEMENT;
import static fr.passnumerique.clearing.FundedWorld.CREUSE;
import static fr.passnumerique.clearing.FundedWorld.PROGRAMME;
import static fr.passnumerique.clearing.FundedWorld.STATE;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.BANK;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.access.Unnoted;
import fr.passnumerique.clearing.bank.BankFileImported.Outcome;
import fr.passnumerique.clearing.bank.BankReading.ReadStatement;
import fr.passnumerique.clearing.expiry.CreditNoteId;
import fr.passnumerique.clearing.expiry.CreditNoteIssued;
import fr.passnumerique.clearing.expiry.RefundCreditNote;
import fr.passnumerique.clearing.funding.FundedCents;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.issuance.OrderId;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A credit note of 30 € that a clerk recorded as refunded by hand, and the debit of the bank. */
class RefundsByHandTest {
  private static final LocalDate DAY = LocalDate.of(2026, 4, 2);
  private static final CreditNoteId NOTE = new CreditNoteId("o-1~anct");
  private static final CreditNoteId LATER = new CreditNoteId("o-1~anct~2");

  private final BankWorld world = BankWorld.usual();
  private final BankReading reading =
      new BankReading(world.register, Supplier::get, Unnoted.readings(world.vault));

  @BeforeEach
  void aNoteIsRefundedByHand() {
    world.ledger.given(issued(NOTE, STATE, 3_000), issued(LATER, STATE, 3_000));
    world.must(new RefundCreditNote(NOTE, DAY));
  }

  private static CreditNoteIssued issued(CreditNoteId id, FunderId funder, long cents) {
    return new CreditNoteIssued(
        id,
        new OrderId("o-1"),
        funder,
        cents,
        DAY,
        List.of(new FundedCents(PROGRAMME, AGREEMENT, 1, CREUSE, funder, cents, Optional.empty())),
        List.of(),
        Optional.empty());
  }

  private BankFileImported.Entry debit(String booking, long cents, String text) {
    return world
        .importing(Camt.notification("N").entry(booking, "2026-04-02", -cents, "", text).bytes())
        .entries()
        .getFirst();
  }

  @Test
  void theDebitThatNamesTheNoteProvesTheRefundOnce() {
    assertThat(debit("B-1", 3_000, "avoir o-1~anct").outcome()).isEqualTo(Outcome.PROVED);

    assertThat(world.balance(BANK)).isEqualTo(-3_000);
    assertThat(world.register.unmatched()).isEmpty();
    assertThat(debit("B-1", 3_000, "avoir o-1~anct").outcome()).isEqualTo(Outcome.KNOWN);
    assertThat(debit("B-2", 3_000, "avoir o-1~anct").outcome()).isEqualTo(Outcome.UNMATCHED);
  }

  @Test
  void whatTheBankHasNotShownIsFoundByItsAmountUntilItShowsIt() {
    assertThat(reading.refundedByHand(3_000)).containsExactly(NOTE);
    assertThat(reading.refundedByHand(2_999)).isEmpty();
    world.must(new RefundCreditNote(LATER, DAY));
    assertThat(reading.refundedByHand(3_000)).containsExactly(NOTE, LATER);

    debit("B-1", 3_000, "avoir o-1~anct");

    assertThat(reading.refundedByHand(3_000)).containsExactly(LATER);
  }

  @Test
  void itIsKnownByItsEndToEndReferenceTooAndTheStatementIsProven() {
    BankFileImported imported =
        world.importing(
            Camt.statement("1", "2026-04-01", "2026-04-02", 0)
                .entry("B-1", "2026-04-01", -3_000, "O-1~ANCT", "")
                .bytes());

    assertThat(imported.entries().getFirst().outcome()).isEqualTo(Outcome.PROVED);
    assertThat(reading.statements()).allMatch(ReadStatement::proven).hasSize(1);
  }

  @Test
  void twoDebitsInOneFileProveItOnce() {
    BankFileImported imported =
        world.importing(
            Camt.notification("N")
                .entry("B-1", "2026-04-02", -3_000, "", "avoir o-1~anct")
                .entry("B-2", "2026-04-02", -3_000, "", "avoir o-1~anct")
                .bytes());

    assertThat(imported.entries())
        .extracting(BankFileImported.Entry::outcome)
        .containsExactly(Outcome.PROVED, Outcome.UNMATCHED);
  }

  @Test
  void anotherAmountAnotherNoteOrNoNameIsForAClerk() {
    assertThat(debit("B-1", 2_999, "avoir o-1~anct").outcome()).isEqualTo(Outcome.UNMATCHED);
    assertThat(debit("B-2", 3_001, "avoir o-1~anct").outcome()).isEqualTo(Outcome.UNMATCHED);
    assertThat(debit("B-3", 3_000, "avoir").outcome()).isEqualTo(Outcome.UNMATCHED);
    assertThat(debit("B-4", 3_000, "avoir o-2~anct").outcome()).isEqualTo(Outcome.UNMATCHED);
    assertThat(world.register.isProved(NOTE.value())).isFalse();
  }

  @Test
  void aNoteWhoseNameBeginsWithAnothersIsNotTakenForIt() {
    assertThat(debit("B-0", 3_000, "avoir o-1~anct~2").outcome()).isEqualTo(Outcome.UNMATCHED);
    world.must(new RefundCreditNote(LATER, DAY));

    assertThat(debit("B-1", 3_000, "avoir o-1~anct~2").outcome()).isEqualTo(Outcome.PROVED);

    assertThat(world.register.isProved(LATER.value())).isTrue();
    assertThat(world.register.isProved(NOTE.value())).isFalse();
    assertThat(debit("B-2", 3_000, "avoirs o-1~anct o-2").outcome()).isEqualTo(Outcome.PROVED);
  }

  /** Orders o and o-1, funders 1-anct and anct: four names of the same words. */
  @Test
  void notesWhoseNamesHaveTheSameWordsAreToldApartByTheirSpellingOrByAClerk() {
    CreditNoteId other = new CreditNoteId("o~1-anct");
    world.ledger.given(issued(other, new FunderId("1-anct"), 3_000));

    assertThat(debit("B-1", 3_000, "avoir o 1 anct").outcome())
        .as("the tilde was dropped: either may be meant")
        .isEqualTo(Outcome.UNMATCHED);
    assertThat(debit("B-2", 3_000, "avoir o~1-anct").outcome())
        .as("spelled, and not refunded by hand")
        .isEqualTo(Outcome.UNMATCHED);
    assertThat(debit("B-3", 3_000, "avoir o-1~anct.").outcome()).isEqualTo(Outcome.PROVED);
    assertThat(world.register.isProved(other.value())).isFalse();
  }

  @Test
  void aBankThatDropsTheTildeNamesTheOnlyNoteOfTheseWords() {
    assertThat(debit("B-1", 3_000, "AVOIR O-1 ANCT").outcome()).isEqualTo(Outcome.PROVED);
  }

  @Test
  void anotherSpellingWithItsTildesIsAnotherNote() {
    assertThat(debit("B-1", 3_000, "avoir o-1~~anct").outcome()).isEqualTo(Outcome.UNMATCHED);
    assertThat(debit("B-2", 3_000, "avoir x.o-1~anct").outcome()).isEqualTo(Outcome.UNMATCHED);
  }

  @Test
  void whatABankTakesBackProvesNothing() {
    BankFileImported imported =
        world.importing(
            Camt.notification("N").takenBack("B-1", "2026-04-02", -3_000, "o-1~anct").bytes());

    assertThat(imported.entries().getFirst().outcome()).isEqualTo(Outcome.UNMATCHED);
  }
}
