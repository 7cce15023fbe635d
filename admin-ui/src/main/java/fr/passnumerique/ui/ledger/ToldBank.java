package fr.passnumerique.ui.ledger;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.bank.BankEntriesOffset;
import fr.passnumerique.clearing.bank.BankEntryMatched;
import fr.passnumerique.clearing.bank.BankEntryProved;
import fr.passnumerique.clearing.bank.BankEntryTakenOut;
import fr.passnumerique.clearing.bank.BankEntryUnmatched;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.settlement.TransferConfirmed;
import fr.passnumerique.clearing.settlement.TransferDebitTakenBack;
import fr.passnumerique.clearing.settlement.TransferDebited;
import fr.passnumerique.clearing.settlement.TransferReturned;
import fr.passnumerique.ui.words.BankWords;
import fr.passnumerique.ui.words.CauseWords;
import fr.passnumerique.ui.words.French;
import fr.passnumerique.ui.words.Names;
import fr.passnumerique.ui.words.TransferWords;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What facts say of a movement on the ring-fenced account. */
final class ToldBank {
  private final Names names;
  private final Actor reader;
  private final French french = new French();

  ToldBank(Names names, Actor reader) {
    this.names = names;
    this.reader = reader;
  }

  /** Empty of a fact about something else. */
  Optional<Told> of(Fact fact) {
    return Optional.ofNullable(
        switch (fact) {
          case BankEntryUnmatched f ->
              Told.of(
                      BankWords.why(f.why()),
                      f.transfer().map(id -> "Il nomme le virement %s.".formatted(id)).orElse(""),
                      f.returned().map(code -> "Motif de retour %s.".formatted(code)).orElse(""))
                  .about(f.cents())
                  .by(f.entry());
          case BankEntryMatched f -> matched(f).about(f.cents()).by(f.entry()).good();
          case BankEntryProved f ->
              Told.of(
                      "Un agent l’avait saisi pour le %s.".formatted(french.date(f.recordedFor())),
                      f.expected().map(name -> "Il paie %s.".formatted(name)).orElse(""))
                  .about(f.cents())
                  .by(f.entry())
                  .with(f.receipt().map(id -> CauseWords.receipt(id, true)))
                  .good();
          case BankEntryTakenOut f ->
              Told.of("Le relevé %s ne le dit plus.".formatted(f.statement()))
                  .about(f.cents())
                  .by(f.entry())
                  .bad();
          case BankEntriesOffset f ->
              Told.of("Un crédit et un débit de même montant : plus rien à expliquer.")
                  .about(f.cents())
                  .with(
                      Thing.BANK_ENTRY.link(f.credit().booking(), reader),
                      Thing.BANK_ENTRY.link(f.debit().booking(), reader))
                  .good();
          case TransferConfirmed f ->
              Told.of()
                  .about(f.amountCents())
                  .by(f.entry())
                  .with(CauseWords.transfer(f.run().value(), f.transfer().value(), reader))
                  .good();
          case TransferDebited f ->
              Told.of()
                  .about(f.amountCents())
                  .by(f.entry())
                  .with(CauseWords.transfer(f.run().value(), f.transfer().value(), reader))
                  .good();
          case TransferDebitTakenBack f ->
              Told.of(f.reason().map(TransferWords::whyNotConfirmed).orElse(""))
                  .about(f.amountCents())
                  .by(f.entry())
                  .with(CauseWords.transfer(f.run().value(), f.transfer().value(), reader))
                  .bad();
          case TransferReturned f ->
              Told.of("Motif %s. Le montant est de nouveau dû.".formatted(f.reason()))
                  .about(f.amountCents())
                  .by(f.entry())
                  .with(CauseWords.transfer(f.run().value(), f.transfer().value(), reader))
                  .bad();
          default -> null;
        });
  }

  private Told matched(BankEntryMatched f) {
    List<String> lines = new ArrayList<>();
    lines.add(
        f.by().isEmpty() ? "La banque l’a expliqué elle-même." : "Un agent dit ce que c’est.");
    for (BankEntryMatched.Part part : f.parts()) {
      lines.add(
          "%s : %s, pour la convention %s%s."
              .formatted(
                  french.money(part.amountCents()),
                  names.funder(part.funder().value()),
                  part.agreement(),
                  part.call().map(call -> ", appel " + call).orElse("")));
    }
    f.transfer().ifPresent(id -> lines.add("Virement %s.".formatted(id)));
    f.run().ifPresent(id -> lines.add("Tous les virements du règlement %s.".formatted(id)));
    f.charges()
        .ifPresent(
            charges ->
                lines.add(
                    "Frais retenus par une banque : %s.".formatted(french.money(charges.cents()))));
    return Told.of(lines.toArray(String[]::new))
        .with(f.receipt().map(id -> CauseWords.receipt(id, true)))
        .with(
            f.receipts().stream()
                .map(id -> CauseWords.receipt(id, true))
                .toArray(CauseWords[]::new))
        .with(f.run().map(id -> CauseWords.run(id, reader)))
        .with(f.debitNote().map(id -> Thing.DEBIT_NOTE.link(id, reader)))
        .with(f.creditNote().map(id -> Thing.CREDIT_NOTE.link(id, reader)));
  }
}
