package fr.passnumerique.ui;

import fr.passnumerique.clearing.bank.BankEntryProved;
import fr.passnumerique.clearing.ledger.RecordedFact;
import fr.passnumerique.clearing.settlement.SettlementRun;
import fr.passnumerique.clearing.settlement.TransferConfirmed;
import fr.passnumerique.clearing.settlement.TransferDebitTakenBack;
import fr.passnumerique.clearing.settlement.TransferDebited;
import fr.passnumerique.clearing.settlement.TransferExecuted;
import fr.passnumerique.clearing.settlement.TransferReinstated;
import fr.passnumerique.clearing.settlement.TransferRejected;
import fr.passnumerique.clearing.settlement.TransferReturned;
import fr.passnumerique.clearing.territory.Paris;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What became of a transfer to venues, in a reader's words. */
final class TransferWords {
  private TransferWords() {}

  /**
   * One thing that the bank, or a clerk in its name, said of it.
   *
   * @param on the bank's day, Europe/Paris
   * @param line what it means; empty where the title says it
   * @param booked the movement on the account; null if there is none
   * @param tone as style sheets name it; empty for a plain step
   */
  record Step(
      LocalDate on,
      String title,
      String line,
      @Nullable Booked booked,
      long position,
      Instant recordedAt,
      String tone) {}

  static Badge state(SettlementRun.State state) {
    return switch (state) {
      case ORDERED -> Badge.warn("Ordonné");
      case EXECUTED -> Badge.warn("Exécuté, débit attendu");
      case CONFIRMED -> Badge.good("Payé");
      case REJECTED -> Badge.bad("Rejeté");
      case RETURNED -> Badge.bad("Revenu");
      case CANCELLED -> Badge.calm("Annulé");
    };
  }

  /** Empty of a fact that says nothing of the transfer itself. */
  static Optional<Step> step(RecordedFact recorded) {
    return Optional.ofNullable(
        switch (recorded.fact()) {
          case TransferExecuted f ->
              step(
                  recorded,
                  f.executedOn(),
                  "Exécuté par la banque",
                  "Elle dit l’avoir payé ; le débit du compte reste à venir.",
                  null,
                  "");
          case TransferConfirmed f ->
              step(
                  recorded,
                  f.bookedOn(),
                  "Payé",
                  f.entry().isPresent()
                      ? "Le débit est sur le compte cantonné."
                      : "Saisi par un agent ; le relevé de la banque le prouve ensuite.",
                  Booked.of(f.entry()),
                  "good");
          case TransferDebited f ->
              step(recorded, f.bookedOn(), "Débité du compte", "", Booked.of(f.entry()), "good");
          case BankEntryProved f ->
              step(
                  recorded,
                  f.entry().bookedOn(),
                  "Débit prouvé par un relevé",
                  "",
                  Booked.of(f.entry()),
                  "good");
          case TransferDebitTakenBack f ->
              step(
                  recorded,
                  f.debitedOn(),
                  "Débit retiré",
                  f.executedOn().isPresent()
                      ? "La banque ne dit plus ce débit ; elle dit par ailleurs l’avoir exécuté."
                      : "La banque ne dit plus ce débit ; le virement est de nouveau en cours.",
                  Booked.of(Optional.of(f.entry())),
                  "bad");
          case TransferRejected f ->
              step(
                  recorded,
                  f.rejectedOn(),
                  "Rejeté",
                  "Motif " + f.reason() + ". Le montant est de nouveau dû, et le compte est fermé.",
                  null,
                  "bad");
          case TransferReturned f ->
              step(
                  recorded,
                  f.returnedOn(),
                  "Revenu sur le compte",
                  "Motif " + f.reason() + ". Le montant est de nouveau dû, et le compte est fermé.",
                  Booked.of(f.entry()),
                  "bad");
          case TransferReinstated f ->
              step(
                  recorded,
                  f.paidOn().orElseGet(() -> Paris.dayOf(recorded.recordedAt())),
                  "Rétabli",
                  "Il avait été dit rejeté, et a été payé ou le sera.",
                  null,
                  "");
          default -> null;
        });
  }

  private static Step step(
      RecordedFact recorded,
      LocalDate on,
      String title,
      String line,
      @Nullable Booked booked,
      String tone) {
    return new Step(on, title, line, booked, recorded.position(), recorded.recordedAt(), tone);
  }
}
