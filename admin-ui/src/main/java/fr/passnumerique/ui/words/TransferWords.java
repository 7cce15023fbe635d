package fr.passnumerique.ui.words;

import fr.passnumerique.clearing.bank.BankEntryProved;
import fr.passnumerique.clearing.bank.entry.BankEntry;
import fr.passnumerique.clearing.ledger.RecordedFact;
import fr.passnumerique.clearing.settlement.SettlementRun;
import fr.passnumerique.clearing.settlement.TransferConfirmed;
import fr.passnumerique.clearing.settlement.TransferDebitTakenBack;
import fr.passnumerique.clearing.settlement.TransferDebited;
import fr.passnumerique.clearing.settlement.TransferExecuted;
import fr.passnumerique.clearing.settlement.TransferExecutionTakenBack;
import fr.passnumerique.clearing.settlement.TransferReinstated;
import fr.passnumerique.clearing.settlement.TransferRejected;
import fr.passnumerique.clearing.settlement.TransferReturned;
import fr.passnumerique.clearing.settlement.WhyNotPaid;
import fr.passnumerique.clearing.territory.Paris;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What became of a transfer to venues, in a reader's words. */
public final class TransferWords {
  private TransferWords() {}

  /**
   * One thing that the bank, or a clerk in its name, said of it.
   *
   * @param on the bank's day, Europe/Paris
   * @param line what it means; empty where the title says it
   * @param booked the movement on the account; null if there is none
   * @param tone as style sheets name it; empty for a plain step
   */
  public record Step(
      LocalDate on,
      String title,
      String line,
      @Nullable Booked booked,
      long position,
      Instant recordedAt,
      String tone) {}

  public static Badge state(SettlementRun.State state) {
    return switch (state) {
      case ORDERED -> Badge.warn("Ordonné");
      case EXECUTED -> Badge.warn("Exécuté, débit attendu");
      case CONFIRMED -> Badge.good("Payé");
      case REJECTED -> Badge.bad("Rejeté");
      case RETURNED -> Badge.bad("Revenu");
      case CANCELLED -> Badge.calm("Annulé");
    };
  }

  /**
   * In the order in which they were recorded.
   *
   * @param facts all that name it
   */
  public static List<Step> steps(List<RecordedFact> facts) {
    List<Step> steps = new ArrayList<>();
    boolean returned = false;
    for (RecordedFact recorded : facts) {
      step(recorded, returned).ifPresent(steps::add);
      returned =
          recorded.fact() instanceof TransferReturned
              || returned && !(recorded.fact() instanceof TransferRejected);
    }
    return steps;
  }

  public static String whyNotConfirmed(WhyNotPaid reason) {
    return why("Confirmé par un agent", reason);
  }

  private static String why(String said, WhyNotPaid reason) {
    return said
        + switch (reason) {
          case WRONG_TRANSFER -> " pour un autre virement.";
          case REJECTED -> ", rejeté par la banque.";
          case NEVER_DEBITED -> ", jamais débité.";
          case OTHER -> ", jamais montré par la banque.";
        };
  }

  /**
   * Empty of a fact that says nothing of the transfer itself.
   *
   * @param returned whether it had come back, and not been rejected, when it was last not paid
   */
  private static Optional<Step> step(RecordedFact recorded, boolean returned) {
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
              step(recorded, f.bookedOn(), "Payé", paid(f.entry()), Booked.of(f.entry()), "good");
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
                  f.reason()
                      .map(why -> whyNotConfirmed(why) + " Le virement est de nouveau en cours.")
                      .orElse(
                          f.executedOn().isPresent()
                              ? "La banque ne dit plus ce débit ; elle dit par ailleurs l’avoir"
                                  + " exécuté."
                              : "La banque ne dit plus ce débit ; le virement est de nouveau en"
                                  + " cours."),
                  Booked.of(f.entry()),
                  "bad");
          case TransferExecutionTakenBack f ->
              step(
                  recorded,
                  f.executedOn(),
                  "Exécution retirée",
                  why("Dit exécuté", f.reason()) + " Le virement est de nouveau en cours.",
                  null,
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
                  "Motif "
                      + f.reason()
                      + ". Le montant est de nouveau dû"
                      + (f.closesAccount() ? ", et le compte est fermé." : "."),
                  Booked.of(f.entry()),
                  "bad");
          case TransferReinstated f ->
              step(
                  recorded,
                  f.paidOn().orElseGet(() -> Paris.dayOf(recorded.recordedAt())),
                  "Rétabli",
                  returned
                      ? "Il avait été dit revenu, et a été payé ou le sera."
                      : "Il avait été dit rejeté, et a été payé ou le sera.",
                  null,
                  "");
          default -> null;
        });
  }

  private static String paid(Optional<BankEntry> entry) {
    if (entry.isEmpty()) {
      return "Saisi par un agent ; le relevé de la banque le prouve ensuite.";
    }
    return entry.get().leftBehind()
        ? "La banque ne dit plus qu’il est revenu : il reste payé."
        : "Le débit est sur le compte cantonné.";
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
