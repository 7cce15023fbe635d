package fr.passnumerique.loadtest.simulator;

import fr.passnumerique.clearing.bank.BankEntryMatched;
import fr.passnumerique.clearing.bank.BankExceptionClosed;
import fr.passnumerique.clearing.bank.BankFileImported;
import fr.passnumerique.clearing.bank.CloseBankException;
import fr.passnumerique.clearing.bank.MatchBankEntry;
import fr.passnumerique.clearing.bank.OffsetBankEntries;
import fr.passnumerique.clearing.bank.TakeConfirmationBack;
import fr.passnumerique.clearing.bank.TakeReceiptBack;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.funding.ReceiptId;
import fr.passnumerique.clearing.funding.ReceiptTakenBack;
import fr.passnumerique.clearing.ledger.Command;
import fr.passnumerique.clearing.settlement.SettlementRunId;
import fr.passnumerique.clearing.settlement.TransferId;
import fr.passnumerique.clearing.settlement.WhyNotPaid;
import fr.passnumerique.loadtest.model.Action;
import fr.passnumerique.loadtest.model.Banking;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the bank says and what a clerk makes of it, in the engine's words and in the model's. */
final class BankWords {
  private final Books books;

  BankWords(Books books) {
    this.books = books;
  }

  /**
   * @throws IllegalArgumentException for an action of another kind
   */
  Command<?> command(Action action) {
    return switch (action) {
      case Action.MatchEntry a ->
          new MatchBankEntry(
              books.unexplained(a.entry()),
              a.parts().stream()
                  .map(
                      part ->
                          new BankEntryMatched.Part(
                              new AgreementId(part.agreement()),
                              new FunderId(part.funder()),
                              part.cents()))
                  .toList(),
              given(a.receipt()).map(ReceiptId::new),
              given(a.transfer()).map(books::transfer).map(TransferId::new),
              given(a.debitNote()),
              given(a.creditNote()),
              a.charges() == 0
                  ? Optional.empty()
                  : Optional.of(
                      new BankEntryMatched.Charges(
                          a.charges(), BankEntryMatched.Charges.Reason.RETURN_FEE)),
              Action.CLERK);
      case Banking.MatchReceipts a ->
          new MatchBankEntry(
              books.unexplained(a.entry()),
              List.of(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              a.receipts().stream().map(ReceiptId::new).toList(),
              Action.CLERK);
      case Banking.MatchRun a ->
          new MatchBankEntry(
              books.unexplained(a.entry()),
              List.of(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.of(new SettlementRunId(a.run())),
              Action.CLERK);
      case Banking.TakeReceiptBack a ->
          new TakeReceiptBack(
              new ReceiptId(a.receipt()),
              ReceiptTakenBack.Reason.valueOf(a.reason()),
              Action.CLERK);
      case Banking.TakeConfirmationBack a ->
          new TakeConfirmationBack(
              new SettlementRunId(a.run()),
              new TransferId(a.run() + "-" + a.number()),
              a.paidOn(),
              WhyNotPaid.valueOf(a.reason()),
              Action.CLERK);
      case Action.OffsetEntries a ->
          new OffsetBankEntries(
              books.unexplained(a.entry()), books.unexplained(a.against()), Action.CLERK);
      case Action.CloseException a ->
          new CloseBankException(
              switch (a.kind()) {
                case "DISPUTE" -> books.dispute(a.number());
                case "FILE" -> books.refused(a.number());
                case "STATEMENT" -> books.toldOtherwise(a.number());
                default -> books.unexplained(a.number());
              },
              BankExceptionClosed.Reason.valueOf(a.reason()),
              Optional.empty(),
              Action.CLERK);
      default -> throw new IllegalArgumentException("no word of the bank: " + action);
    };
  }

  private static Optional<String> given(String text) {
    return Optional.of(text).filter(some -> !some.isEmpty());
  }

  /** What each entry, statement and status of a file came to, in its order. */
  String told(BankFileImported file) {
    List<String> told = new ArrayList<>();
    for (BankFileImported.Entry entry : file.entries()) {
      told.add(
          switch (entry.outcome()) {
            case RECEIVED ->
                "RECEIVED:%s/%s"
                    .formatted(entry.agreement().orElseThrow(), entry.funder().orElseThrow());
            case UNMATCHED -> "UNMATCHED:" + entry.why().orElseThrow();
            case KNOWN -> "KNOWN";
            default ->
                entry.outcome()
                    + ":"
                    + entry.receipt().or(entry::transfer).map(books::nameOf).orElse("");
          });
    }
    file.statements().forEach(statement -> told.add(statement.already() ? "known" : "new"));
    file.transfers()
        .forEach(
            status -> told.add(status.effect() + ":" + books.nameOf(status.transfer().orElse(""))));
    if (file.pending() > 0) {
      told.add("PENDING:" + file.pending());
    }
    return String.join(" ", told);
  }
}
