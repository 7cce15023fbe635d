package fr.passnumerique.ui.words;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.bank.entry.BankEntry;
import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.RecordedFact;
import fr.passnumerique.clearing.settlement.SettlementRunId;
import fr.passnumerique.clearing.settlement.TransferConfirmed;
import fr.passnumerique.clearing.settlement.TransferDebitTakenBack;
import fr.passnumerique.clearing.settlement.TransferExecutionTakenBack;
import fr.passnumerique.clearing.settlement.TransferId;
import fr.passnumerique.clearing.settlement.TransferReinstated;
import fr.passnumerique.clearing.settlement.TransferRejected;
import fr.passnumerique.clearing.settlement.TransferReturned;
import fr.passnumerique.clearing.settlement.WhyNotPaid;
import fr.passnumerique.clearing.vault.VaultReference;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TransferWordsTest {
  private static final SettlementRunId RUN = new SettlementRunId("R-1");
  private static final TransferId TRANSFER = new TransferId("R-1-1");
  private static final LocalDate DAY = LocalDate.of(2026, 4, 2);
  private static final VaultReference ACCOUNT = new VaultReference("v-1");
  private static final BankEntry DEBIT = entry("E1", -1_000, Optional.empty());
  private static final BankEntry RETURN = entry("E2", 1_000, Optional.empty());

  private static BankEntry entry(String booking, long cents, Optional<BankEntry.Part> part) {
    return new BankEntry(booking, Optional.empty(), DAY, DAY, cents, Optional.empty(), part);
  }

  private static List<String> lines(Fact... facts) {
    return TransferWords.steps(
            IntStream.range(0, facts.length)
                .mapToObj(i -> new RecordedFact(i + 1L, Instant.EPOCH, facts[i]))
                .toList())
        .stream()
        .map(step -> step.title() + ": " + step.line())
        .toList();
  }

  private static TransferConfirmed paid(BankEntry entry) {
    return new TransferConfirmed(
        RUN, TRANSFER, DAY, 1_000, List.of(), List.of(), Optional.of(entry));
  }

  private static final TransferReturned RETURNED =
      new TransferReturned(
          RUN, TRANSFER, DAY, "AC04", ACCOUNT, 1_000, List.of(), List.of(), RETURN, List.of());
  private static final TransferReinstated REINSTATED =
      new TransferReinstated(
          RUN,
          TRANSFER,
          new ProgrammeId("pass"),
          1_000,
          List.of(),
          List.of(),
          List.of(),
          Optional.of(DAY));
  private static final TransferRejected REJECTED =
      new TransferRejected(
          RUN, TRANSFER, DAY, "AC04", ACCOUNT, 1_000, List.of(), List.of(), List.of(), List.of());

  @Test
  void whatAClerkTookBackIsSaidWithItsReason() {
    assertThat(
            lines(
                new TransferDebitTakenBack(
                    RUN,
                    TRANSFER,
                    DAY,
                    1_000,
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    "clerk-1",
                    Optional.of(WhyNotPaid.WRONG_TRANSFER)),
                new TransferExecutionTakenBack(
                    RUN, TRANSFER, DAY, 1_000, List.of(), WhyNotPaid.REJECTED, "clerk-1")))
        .containsExactly(
            "Débit retiré: Confirmé par un agent pour un autre virement. Le virement est de nouveau"
                + " en cours.",
            "Exécution retirée: Dit exécuté, rejeté par la banque. Le virement est de nouveau en"
                + " cours.");
  }

  @Test
  void aTransferWhoseReturnIsToldNoMoreIsSaidToHaveBeenReturnedAndNotDebitedAgain() {
    assertThat(lines(paid(DEBIT), RETURNED, REINSTATED, paid(RETURN.toldNoMore())))
        .containsExactly(
            "Payé: Le débit est sur le compte cantonné.",
            "Revenu sur le compte: Motif AC04. Le montant est de nouveau dû, et le compte est"
                + " fermé.",
            "Rétabli: Il avait été dit revenu, et a été payé ou le sera.",
            "Payé: La banque ne dit plus qu’il est revenu : il reste payé.");
    assertThat(lines(REJECTED, REINSTATED))
        .last()
        .isEqualTo("Rétabli: Il avait été dit rejeté, et a été payé ou le sera.");
  }

  @Test
  void aMovementIsNamedByItsPartAndWhatIsToldNoMoreByWhatItWas() {
    BankEntry second = entry("E3", -3_000, Optional.of(new BankEntry.Part(2, 3, Optional.empty())));
    assertThat(
            List.of(
                Booked.of(DEBIT),
                Booked.of(second),
                Booked.of(DEBIT.charges()),
                Booked.of(second.charges())))
        .noneMatch(Booked::toldNoMore)
        .extracting(Booked::part)
        .containsExactly("", "partie 2 sur 3", "frais", "frais de la partie 2 sur 3");
    assertThat(
            List.of(
                Booked.of(RETURN.toldNoMore()),
                Booked.of(second.toldNoMore()),
                Booked.of(second.charges().toldNoMore())))
        .allMatch(Booked::toldNoMore)
        .extracting(Booked::part)
        .containsExactly("", "partie 2 sur 3", "frais de la partie 2 sur 3");
  }
}
