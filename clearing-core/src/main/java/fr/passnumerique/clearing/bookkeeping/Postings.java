package fr.passnumerique.clearing.bookkeeping;

import static fr.passnumerique.clearing.bookkeeping.AccountKind.BANK;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.CHEQUES_OUTSTANDING;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.DUE_BACK;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.FUNDER_CREDIT;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.ON_USE_ADVANCE;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.ON_USE_CLAIM;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.TITLES_AT_PRESCRIBER;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.TITLES_HANDED_OUT;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.TITLES_IN_STOCK;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.TITLES_ISSUED;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.TRANSFER_EXECUTED;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.TRANSFER_IN_TRANSIT;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.UNMATCHED;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.VENUE_PAYABLE;

import fr.passnumerique.clearing.bank.BankEntriesOffset;
import fr.passnumerique.clearing.bank.BankEntryMatched;
import fr.passnumerique.clearing.bank.BankEntryProved;
import fr.passnumerique.clearing.bank.BankEntryTakenOut;
import fr.passnumerique.clearing.bank.BankEntryUnmatched;
import fr.passnumerique.clearing.bank.BankExceptionClosed;
import fr.passnumerique.clearing.bank.BankFileRefused;
import fr.passnumerique.clearing.bank.BankStatementImported;
import fr.passnumerique.clearing.bank.BankStatusDisputed;
import fr.passnumerique.clearing.bank.PaymentReferenceAssigned;
import fr.passnumerique.clearing.calls.FundsCallCancelled;
import fr.passnumerique.clearing.calls.FundsCalled;
import fr.passnumerique.clearing.distribution.ChequesDelivered;
import fr.passnumerique.clearing.distribution.ChequesHandedOut;
import fr.passnumerique.clearing.distribution.HandOutCorrected;
import fr.passnumerique.clearing.distribution.PrescriberRegistered;
import fr.passnumerique.clearing.distribution.StockReturned;
import fr.passnumerique.clearing.expiry.ChequesExpired;
import fr.passnumerique.clearing.expiry.CreditNoteIssued;
import fr.passnumerique.clearing.expiry.CreditNoteRefunded;
import fr.passnumerique.clearing.expiry.ExpiryAnnounced;
import fr.passnumerique.clearing.expiry.ExpirySigned;
import fr.passnumerique.clearing.expiry.RefundTakenBack;
import fr.passnumerique.clearing.funding.AgreementAmended;
import fr.passnumerique.clearing.funding.AgreementSigned;
import fr.passnumerique.clearing.funding.FreeCents;
import fr.passnumerique.clearing.funding.FundedCents;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.funding.FunderRegistered;
import fr.passnumerique.clearing.funding.FundsArrived;
import fr.passnumerique.clearing.funding.FundsReceived;
import fr.passnumerique.clearing.funding.FundsTransferred;
import fr.passnumerique.clearing.funding.ProgrammeDefined;
import fr.passnumerique.clearing.funding.ReceiptTakenBack;
import fr.passnumerique.clearing.giveback.CreditGivenBack;
import fr.passnumerique.clearing.giveback.GiveBackCancelled;
import fr.passnumerique.clearing.issuance.ChequesActivated;
import fr.passnumerique.clearing.issuance.ChequesIssued;
import fr.passnumerique.clearing.ledger.DayOpened;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.payee.FunderAccountOpened;
import fr.passnumerique.clearing.payee.FunderAccountProposalDropped;
import fr.passnumerique.clearing.payee.FunderAccountProposed;
import fr.passnumerique.clearing.payee.VenueAccountOpened;
import fr.passnumerique.clearing.payee.VenueAccountProposalDropped;
import fr.passnumerique.clearing.payee.VenueAccountProposed;
import fr.passnumerique.clearing.redemption.ChequesOpposed;
import fr.passnumerique.clearing.redemption.ChequesReplaced;
import fr.passnumerique.clearing.redemption.OppositionProposed;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.redemption.SlipWithdrawn;
import fr.passnumerique.clearing.refund.RefundExecuted;
import fr.passnumerique.clearing.refund.RefundExecutionTakenBack;
import fr.passnumerique.clearing.refund.RefundFileDownloaded;
import fr.passnumerique.clearing.refund.RefundReinstated;
import fr.passnumerique.clearing.refund.RefundRejected;
import fr.passnumerique.clearing.refund.RefundReturned;
import fr.passnumerique.clearing.refund.RefundsCancelled;
import fr.passnumerique.clearing.refund.RefundsOrdered;
import fr.passnumerique.clearing.refund.RefundsReleased;
import fr.passnumerique.clearing.reversal.DebitNoteIssued;
import fr.passnumerique.clearing.reversal.DebitNotePaid;
import fr.passnumerique.clearing.reversal.DebitNotePaymentTakenBack;
import fr.passnumerique.clearing.reversal.LinesReversed;
import fr.passnumerique.clearing.reversal.ReversalContested;
import fr.passnumerique.clearing.reversal.ReversalDropped;
import fr.passnumerique.clearing.reversal.ReversalLifted;
import fr.passnumerique.clearing.reversal.ReversalProposed;
import fr.passnumerique.clearing.reversal.ReversalUpheld;
import fr.passnumerique.clearing.settlement.CreditTransferFileDownloaded;
import fr.passnumerique.clearing.settlement.PaidCents;
import fr.passnumerique.clearing.settlement.SettlementCalendarSet;
import fr.passnumerique.clearing.settlement.SettlementRunCancelled;
import fr.passnumerique.clearing.settlement.SettlementRunContinued;
import fr.passnumerique.clearing.settlement.SettlementRunOpened;
import fr.passnumerique.clearing.settlement.SettlementRunReleased;
import fr.passnumerique.clearing.settlement.TransferConfirmed;
import fr.passnumerique.clearing.settlement.TransferDebitTakenBack;
import fr.passnumerique.clearing.settlement.TransferDebited;
import fr.passnumerique.clearing.settlement.TransferExecuted;
import fr.passnumerique.clearing.settlement.TransferExecutionTakenBack;
import fr.passnumerique.clearing.settlement.TransferReinstated;
import fr.passnumerique.clearing.settlement.TransferRejected;
import fr.passnumerique.clearing.settlement.TransferReturned;
import fr.passnumerique.clearing.upkeep.FactSetAside;
import fr.passnumerique.clearing.upkeep.RebuildDifferencesAccepted;
import fr.passnumerique.clearing.upkeep.RebuildDifferencesProposed;
import fr.passnumerique.clearing.upkeep.SettingAsideLifted;
import fr.passnumerique.clearing.upkeep.SettingAsideLiftingProposed;
import fr.passnumerique.clearing.upkeep.SettingAsideProposed;
import fr.passnumerique.clearing.venues.LabelDecided;
import fr.passnumerique.clearing.venues.VatRegimeSet;
import fr.passnumerique.clearing.venues.VenueIdentificationDropped;
import fr.passnumerique.clearing.venues.VenueIdentificationProposed;
import fr.passnumerique.clearing.venues.VenueIdentified;
import fr.passnumerique.clearing.venues.VenueLabelled;
import fr.passnumerique.clearing.venues.VenueListed;
import fr.passnumerique.clearing.venues.VenueWaived;
import fr.passnumerique.clearing.venues.VenueWaiverEnded;
import java.util.List;
import java.util.Optional;

/**
 * What each fact posts: the one definition that balances, statements and exports use. Pure, and
 * every fact's entries sum to zero.
 */
public final class Postings {
  /** What the bank booked and nobody has explained yet is nobody's. */
  private static final Account CASH_UNEXPLAINED = Account.ofFunder(BANK, "", "", "");

  private static final Account UNEXPLAINED = Account.ofFunder(UNMATCHED, "", "", "");

  private final Moves moves = new Moves();
  private final ChequePostings cheques = new ChequePostings(moves);
  private final TransferPostings transfers = new TransferPostings(moves);
  private final ReversalPostings reversals = new ReversalPostings(moves);
  private final GiveBackPostings giveBacks = new GiveBackPostings(moves);

  private Postings() {}

  /**
   * @return the fact's entries, debits and credits in pairs; empty for a fact that moves no money
   * @throws IllegalArgumentException for a type of fact that this table does not know: it must be
   *     added here before a projection may go on
   */
  public static List<Entry> of(Fact fact) {
    Postings to = new Postings();
    switch (fact) {
      case FundsReceived f -> to.arrive(f);
      case ReceiptTakenBack f -> to.takeBack(f);
      case BankEntryUnmatched f -> to.moves.move(f.cents(), UNEXPLAINED, CASH_UNEXPLAINED);
      case BankEntryMatched f -> to.moves.move(-f.cents(), UNEXPLAINED, CASH_UNEXPLAINED);
      case BankEntryTakenOut f -> to.moves.move(-f.cents(), UNEXPLAINED, CASH_UNEXPLAINED);
      case BankStatementImported _,
          BankEntryProved _,
          BankStatusDisputed _,
          BankEntriesOffset _,
          BankFileRefused _,
          BankExceptionClosed _,
          SettingAsideProposed _,
          FactSetAside _,
          SettingAsideLiftingProposed _,
          SettingAsideLifted _,
          RebuildDifferencesProposed _,
          RebuildDifferencesAccepted _,
          PaymentReferenceAssigned _,
          FundsCalled _,
          FundsCallCancelled _,
          FunderAccountProposed _,
          FunderAccountProposalDropped _,
          FunderAccountOpened _,
          RefundsOrdered _,
          RefundsReleased _,
          RefundsCancelled _,
          RefundFileDownloaded _,
          RefundExecuted _,
          RefundExecutionTakenBack _,
          RefundRejected _,
          RefundReinstated _ -> {}
      case FundsTransferred f -> {
        to.moves.move(f.amountCents(), left(BANK, f), left(FUNDER_CREDIT, f));
        to.arrive(f);
      }
      case ChequesIssued f ->
          f.shares()
              .forEach(
                  part ->
                      to.moves.move(
                          part.cents(),
                          Account.of(TITLES_ISSUED, part),
                          Account.of(TITLES_IN_STOCK, part)));
      case ChequesDelivered f ->
          f.shares()
              .forEach(
                  part ->
                      to.moves.move(
                          part.cents(),
                          Account.of(TITLES_IN_STOCK, part),
                          Account.of(TITLES_AT_PRESCRIBER, part).at(f.prescriber())));
      case ChequesActivated f ->
          f.shares()
              .forEach(
                  part ->
                      to.moves.move(
                          part.cents(),
                          Account.of(CHEQUES_OUTSTANDING, part),
                          Account.ofCash(FUNDER_CREDIT, part)));
      case ChequesHandedOut f ->
          f.shares()
              .forEach(
                  part ->
                      to.moves.move(
                          part.cents(),
                          Account.of(TITLES_AT_PRESCRIBER, part).at(f.prescriber()),
                          Account.of(TITLES_HANDED_OUT, part)));
      case SlipJudged f -> {
        f.owed().forEach(part -> to.cheques.accept(f.venue(), part));
        f.waived().forEach(part -> to.cheques.waive(f.venue(), part));
      }
      case SlipWithdrawn f -> to.cheques.withdraw(f);
      case ChequesExpired f -> f.parts().forEach(to.cheques::expire);
      case CreditGivenBack f -> f.free().ifPresent(free -> to.giveBacks.setAside(free, 1));
      case GiveBackCancelled f -> to.giveBacks.setAside(f.free(), -1);
      case CreditNoteIssued f ->
          f.preFinancier().ifPresent(advancing -> to.cheques.giveBackRepaid(f.parts(), advancing));
      case CreditNoteRefunded f -> {
        f.parts()
            .forEach(
                part ->
                    to.moves.move(
                        part.cents(), Account.ofCash(BANK, part), Account.of(DUE_BACK, part)));
        f.free().ifPresent(free -> to.giveBacks.refund(free, 1));
      }
      case RefundReturned f -> to.owedBack(f.parts(), f.free());
      case RefundTakenBack f -> to.owedBack(f.parts(), f.free());
      case StockReturned f ->
          f.shares()
              .forEach(
                  part ->
                      to.moves.move(
                          part.cents(),
                          Account.of(TITLES_AT_PRESCRIBER, part).at(f.prescriber()),
                          Account.of(TITLES_IN_STOCK, part)));
      case HandOutCorrected f ->
          f.shares()
              .forEach(
                  part ->
                      to.moves.move(
                          part.cents(),
                          Account.of(TITLES_HANDED_OUT, part),
                          Account.of(TITLES_AT_PRESCRIBER, part).at(f.prescriber())));
      case ChequesOpposed f -> to.cheques.oppose(f);
      case ChequesReplaced f -> to.cheques.replace(f);
      case SettlementRunOpened f ->
          to.transfers.carry(f.transfers(), VENUE_PAYABLE, TRANSFER_IN_TRANSIT);
      case SettlementRunContinued f ->
          to.transfers.carry(f.transfers(), VENUE_PAYABLE, TRANSFER_IN_TRANSIT);
      case SettlementRunReleased f -> f.nettings().forEach(netting -> to.transfers.net(netting, 1));
      case SettlementRunCancelled f -> {
        f.parts().forEach(part -> to.transfers.carry(part, TRANSFER_IN_TRANSIT, VENUE_PAYABLE));
        f.voided().forEach(line -> to.reversals.neverPaid(line, 1));
        f.nettings().forEach(netting -> to.transfers.net(netting, -1));
      }
      case TransferConfirmed f -> {
        f.parts().forEach(part -> to.transfers.pay(part, TRANSFER_IN_TRANSIT, BANK));
        f.voided().forEach(line -> to.reversals.keepVoid(line, 1));
      }
      case TransferRejected f -> {
        f.parts().forEach(part -> to.transfers.carry(part, TRANSFER_IN_TRANSIT, VENUE_PAYABLE));
        f.voided().forEach(line -> to.reversals.neverPaid(line, 1));
        f.nettings().forEach(netting -> to.transfers.net(netting, -1));
      }
      case LinesReversed f -> f.lines().forEach(line -> to.reversals.reverse(f.venue(), line));
      case ReversalLifted f -> to.reversals.lift(f);
      case DebitNotePaid f ->
          f.lines()
              .forEach(line -> line.parts().forEach(part -> to.moves.recover(f.venue(), part, 1)));
      case DebitNotePaymentTakenBack f ->
          f.lines()
              .forEach(line -> line.parts().forEach(part -> to.moves.recover(f.venue(), part, -1)));
      case TransferExecuted f -> {
        f.parts().forEach(part -> to.transfers.pay(part, TRANSFER_IN_TRANSIT, TRANSFER_EXECUTED));
        f.voided().forEach(line -> to.reversals.keepVoid(line, 1));
      }
      case TransferDebited f ->
          f.parts().forEach(part -> to.transfers.carry(part, TRANSFER_EXECUTED, BANK));
      case TransferDebitTakenBack f -> {
        boolean executed = f.executedOn().isPresent();
        for (PaidCents part : f.parts()) {
          to.transfers.carry(part, BANK, executed ? TRANSFER_EXECUTED : TRANSFER_IN_TRANSIT);
          if (!executed) {
            to.moves.titlesPaid(part.venue(), part.spent(), -1);
          }
        }
      }
      case TransferExecutionTakenBack f -> {
        for (PaidCents part : f.parts()) {
          to.transfers.carry(part, TRANSFER_EXECUTED, TRANSFER_IN_TRANSIT);
          to.moves.titlesPaid(part.venue(), part.spent(), -1);
        }
      }
      case TransferReturned f -> {
        for (PaidCents part : f.parts()) {
          to.transfers.carry(part, BANK, VENUE_PAYABLE);
          to.moves.titlesPaid(part.venue(), part.spent(), -1);
        }
        f.voided().forEach(line -> to.reversals.keepVoid(line, -1));
      }
      case TransferReinstated f -> {
        f.parts().forEach(part -> to.transfers.carry(part, VENUE_PAYABLE, TRANSFER_IN_TRANSIT));
        f.voided().forEach(line -> to.reversals.neverPaid(line, -1));
      }
      case ProgrammeDefined _,
          FunderRegistered _,
          AgreementSigned _,
          AgreementAmended _,
          PrescriberRegistered _,
          ExpiryAnnounced _,
          ExpirySigned _,
          OppositionProposed _,
          VenueListed _,
          VenueIdentified _,
          VenueIdentificationProposed _,
          VenueIdentificationDropped _,
          VatRegimeSet _,
          VenueWaived _,
          VenueWaiverEnded _,
          VenueLabelled _,
          LabelDecided _,
          VenueAccountProposed _,
          VenueAccountProposalDropped _,
          VenueAccountOpened _,
          SettlementCalendarSet _,
          CreditTransferFileDownloaded _,
          ReversalProposed _,
          ReversalDropped _,
          ReversalContested _,
          ReversalUpheld _,
          DebitNoteIssued _,
          DayOpened _ -> {}
      default ->
          throw new IllegalArgumentException(
              "no postings are defined for %s; add it to the table"
                  .formatted(fact.getClass().getSimpleName()));
    }
    return to.moves.entries();
  }

  private static Account left(AccountKind kind, FundsTransferred transfer) {
    return Account.ofFunder(
        kind, transfer.fromProgramme().value(), transfer.from().value(), transfer.funder().value());
  }

  /** What pays for used cheques goes to whoever advanced it, the rest is the funder's own. */
  private void arrive(FundsArrived funds) {
    arrive(funds, funds.funder(), funds.ownCents());
    funds
        .repaid()
        .ifPresent(
            repaid -> {
              arrive(funds, repaid.preFinancier(), repaid.cents());
              moves.move(
                  repaid.cents(),
                  of(ON_USE_CLAIM, funds, funds.funder()),
                  of(ON_USE_ADVANCE, funds, repaid.preFinancier()));
            });
  }

  /** What had gone back to a funder is due back again. */
  private void owedBack(List<FundedCents> parts, Optional<FreeCents> free) {
    parts.forEach(
        part -> moves.move(part.cents(), Account.of(DUE_BACK, part), Account.ofCash(BANK, part)));
    free.ifPresent(of -> giveBacks.refund(of, -1));
  }

  private void takeBack(ReceiptTakenBack receipt) {
    takeBack(receipt, receipt.funder(), receipt.ownCents());
    receipt
        .repaid()
        .ifPresent(
            repaid -> {
              takeBack(receipt, repaid.preFinancier(), repaid.cents());
              moves.move(
                  -repaid.cents(),
                  of(ON_USE_CLAIM, receipt, receipt.funder()),
                  of(ON_USE_ADVANCE, receipt, repaid.preFinancier()));
            });
  }

  private void takeBack(ReceiptTakenBack receipt, FunderId owner, long cents) {
    if (cents != 0) {
      moves.move(-cents, of(FUNDER_CREDIT, receipt, owner), of(BANK, receipt, owner));
    }
  }

  private static Account of(AccountKind kind, ReceiptTakenBack receipt, FunderId owner) {
    return Account.ofFunder(
        kind, receipt.programme().value(), receipt.agreement().value(), owner.value());
  }

  private void arrive(FundsArrived funds, FunderId owner, long cents) {
    if (cents != 0) {
      moves.move(cents, of(FUNDER_CREDIT, funds, owner), of(BANK, funds, owner));
    }
  }

  private static Account of(AccountKind kind, FundsArrived funds, FunderId owner) {
    return Account.ofFunder(
        kind, funds.arrivedUnder().value(), funds.arrivedFor().value(), owner.value());
  }
}
