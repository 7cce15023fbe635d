package fr.passnumerique.clearing.bookkeeping;

import static fr.passnumerique.clearing.bookkeeping.AccountKind.BANK;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.CHEQUES_OUTSTANDING;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.DUE_BACK;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.FUNDER_CREDIT;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.ON_USE_ADVANCE;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.ON_USE_CLAIM;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.TITLES_AT_PRESCRIBER;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.TITLES_EXPIRED;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.TITLES_HANDED_OUT;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.TITLES_IN_STOCK;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.TITLES_ISSUED;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.TITLES_OPPOSED;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.TITLES_PAID;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.TITLES_REDEEMED;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.TITLES_REPLACED;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.TITLES_VOID;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.TO_RECOVER;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.TRANSFER_EXECUTED;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.TRANSFER_IN_TRANSIT;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.UNMATCHED;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.VENUE_PAYABLE;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.VENUE_RECEIVABLE;

import fr.passnumerique.clearing.bank.BankEntriesOffset;
import fr.passnumerique.clearing.bank.BankEntryMatched;
import fr.passnumerique.clearing.bank.BankEntryProved;
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
import fr.passnumerique.clearing.funding.AgreementAmended;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.AgreementSigned;
import fr.passnumerique.clearing.funding.FundedCents;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.funding.FunderRegistered;
import fr.passnumerique.clearing.funding.FundsReceived;
import fr.passnumerique.clearing.funding.FundsTransferred;
import fr.passnumerique.clearing.funding.ProgrammeDefined;
import fr.passnumerique.clearing.funding.ProgrammeId;
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
import fr.passnumerique.clearing.redemption.ChequesOpposed.TitlesHeld;
import fr.passnumerique.clearing.redemption.ChequesReplaced;
import fr.passnumerique.clearing.redemption.OppositionProposed;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.redemption.SlipJudged.SpentCents;
import fr.passnumerique.clearing.redemption.SlipWithdrawn;
import fr.passnumerique.clearing.refund.RefundExecuted;
import fr.passnumerique.clearing.refund.RefundFileDownloaded;
import fr.passnumerique.clearing.refund.RefundReinstated;
import fr.passnumerique.clearing.refund.RefundRejected;
import fr.passnumerique.clearing.refund.RefundReturned;
import fr.passnumerique.clearing.refund.RefundsCancelled;
import fr.passnumerique.clearing.refund.RefundsOrdered;
import fr.passnumerique.clearing.refund.RefundsReleased;
import fr.passnumerique.clearing.reversal.DebitNoteIssued;
import fr.passnumerique.clearing.reversal.DebitNotePaid;
import fr.passnumerique.clearing.reversal.LinesReversed;
import fr.passnumerique.clearing.reversal.ReversalContested;
import fr.passnumerique.clearing.reversal.ReversalDropped;
import fr.passnumerique.clearing.reversal.ReversalLifted;
import fr.passnumerique.clearing.reversal.ReversalProposed;
import fr.passnumerique.clearing.reversal.ReversalUpheld;
import fr.passnumerique.clearing.reversal.ReversedLine;
import fr.passnumerique.clearing.settlement.CreditTransferFileDownloaded;
import fr.passnumerique.clearing.settlement.Netting;
import fr.passnumerique.clearing.settlement.PaidCents;
import fr.passnumerique.clearing.settlement.SettlementCalendarSet;
import fr.passnumerique.clearing.settlement.SettlementRunCancelled;
import fr.passnumerique.clearing.settlement.SettlementRunContinued;
import fr.passnumerique.clearing.settlement.SettlementRunOpened;
import fr.passnumerique.clearing.settlement.SettlementRunReleased;
import fr.passnumerique.clearing.settlement.TransferConfirmed;
import fr.passnumerique.clearing.settlement.TransferDebited;
import fr.passnumerique.clearing.settlement.TransferExecuted;
import fr.passnumerique.clearing.settlement.TransferReinstated;
import fr.passnumerique.clearing.settlement.TransferRejected;
import fr.passnumerique.clearing.settlement.TransferReturned;
import fr.passnumerique.clearing.settlement.VoidedLine;
import fr.passnumerique.clearing.upkeep.FactSetAside;
import fr.passnumerique.clearing.upkeep.RebuildDifferencesAccepted;
import fr.passnumerique.clearing.upkeep.RebuildDifferencesProposed;
import fr.passnumerique.clearing.upkeep.SettingAsideProposed;
import fr.passnumerique.clearing.venues.LabelDecided;
import fr.passnumerique.clearing.venues.VatRegimeSet;
import fr.passnumerique.clearing.venues.VenueId;
import fr.passnumerique.clearing.venues.VenueIdentified;
import fr.passnumerique.clearing.venues.VenueLabelled;
import fr.passnumerique.clearing.venues.VenueListed;
import fr.passnumerique.clearing.venues.VenueWaived;
import fr.passnumerique.clearing.venues.VenueWaiverEnded;
import java.util.ArrayList;
import java.util.List;

/**
 * What each fact posts: the one definition that balances, statements and exports use. Pure, and
 * every fact's entries sum to zero.
 */
public final class Postings {
  /** What the bank booked and nobody has explained yet is nobody's. */
  private static final Account CASH_UNEXPLAINED = Account.ofFunder(BANK, "", "", "");

  private static final Account UNEXPLAINED = Account.ofFunder(UNMATCHED, "", "", "");

  private final List<Entry> entries = new ArrayList<>();

  private Postings() {}

  /**
   * @return the fact's entries, debits and credits in pairs; empty for a fact that moves no money
   * @throws IllegalArgumentException for a type of fact that this table does not know: it must be
   *     added here before a projection may go on
   */
  public static List<Entry> of(Fact fact) {
    Postings to = new Postings();
    switch (fact) {
      case FundsReceived f -> {
        to.receive(f, f.funder(), f.ownCents());
        f.repaid()
            .ifPresent(
                repaid -> {
                  to.receive(f, repaid.preFinancier(), repaid.cents());
                  to.move(
                      repaid.cents(),
                      of(ON_USE_CLAIM, f, f.funder()),
                      of(ON_USE_ADVANCE, f, repaid.preFinancier()));
                });
      }
      case BankEntryUnmatched f -> to.move(f.cents(), UNEXPLAINED, CASH_UNEXPLAINED);
      case BankEntryMatched f -> to.move(-f.cents(), UNEXPLAINED, CASH_UNEXPLAINED);
      case BankStatementImported _,
          BankEntryProved _,
          BankStatusDisputed _,
          BankEntriesOffset _,
          BankFileRefused _,
          BankExceptionClosed _,
          SettingAsideProposed _,
          FactSetAside _,
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
          RefundRejected _,
          RefundReinstated _ -> {}
      case FundsTransferred f -> {
        to.move(
            f.amountCents(),
            of(FUNDER_CREDIT, f, f.toProgramme(), f.to()),
            of(FUNDER_CREDIT, f, f.fromProgramme(), f.from()));
        to.move(
            f.amountCents(),
            of(BANK, f, f.fromProgramme(), f.from()),
            of(BANK, f, f.toProgramme(), f.to()));
      }
      case ChequesIssued f ->
          f.shares()
              .forEach(
                  part ->
                      to.move(
                          part.cents(),
                          Account.of(TITLES_ISSUED, part),
                          Account.of(TITLES_IN_STOCK, part)));
      case ChequesDelivered f ->
          f.shares()
              .forEach(
                  part ->
                      to.move(
                          part.cents(),
                          Account.of(TITLES_IN_STOCK, part),
                          Account.of(TITLES_AT_PRESCRIBER, part).at(f.prescriber())));
      case ChequesActivated f ->
          f.shares()
              .forEach(
                  part ->
                      to.move(
                          part.cents(),
                          Account.of(CHEQUES_OUTSTANDING, part),
                          Account.ofCash(FUNDER_CREDIT, part)));
      case ChequesHandedOut f ->
          f.shares()
              .forEach(
                  part ->
                      to.move(
                          part.cents(),
                          Account.of(TITLES_AT_PRESCRIBER, part).at(f.prescriber()),
                          Account.of(TITLES_HANDED_OUT, part)));
      case SlipJudged f -> {
        f.owed().forEach(part -> to.accept(f.venue(), part));
        f.waived().forEach(part -> to.waive(f.venue(), part));
      }
      case SlipWithdrawn f -> to.withdraw(f);
      case ChequesExpired f -> f.parts().forEach(to::expire);
      case CreditNoteRefunded f ->
          f.parts()
              .forEach(
                  part ->
                      to.move(
                          part.cents(), Account.ofCash(BANK, part), Account.of(DUE_BACK, part)));
      case RefundReturned f ->
          f.parts()
              .forEach(
                  part ->
                      to.move(
                          part.cents(), Account.of(DUE_BACK, part), Account.ofCash(BANK, part)));
      case StockReturned f ->
          f.shares()
              .forEach(
                  part ->
                      to.move(
                          part.cents(),
                          Account.of(TITLES_AT_PRESCRIBER, part).at(f.prescriber()),
                          Account.of(TITLES_IN_STOCK, part)));
      case HandOutCorrected f ->
          f.shares()
              .forEach(
                  part ->
                      to.move(
                          part.cents(),
                          Account.of(TITLES_HANDED_OUT, part),
                          Account.of(TITLES_AT_PRESCRIBER, part).at(f.prescriber())));
      case ChequesOpposed f -> to.oppose(f);
      case ChequesReplaced f -> to.replace(f);
      case SettlementRunOpened f -> to.carry(f.transfers(), VENUE_PAYABLE, TRANSFER_IN_TRANSIT);
      case SettlementRunContinued f -> to.carry(f.transfers(), VENUE_PAYABLE, TRANSFER_IN_TRANSIT);
      case SettlementRunReleased f -> f.nettings().forEach(netting -> to.net(netting, 1));
      case SettlementRunCancelled f -> {
        f.parts().forEach(part -> to.carry(part, TRANSFER_IN_TRANSIT, VENUE_PAYABLE));
        f.voided().forEach(line -> to.neverPaid(line, 1));
      }
      case TransferConfirmed f -> {
        f.parts().forEach(part -> to.pay(part, TRANSFER_IN_TRANSIT, BANK));
        f.voided().forEach(line -> to.keepVoid(line, 1));
      }
      case TransferRejected f -> {
        f.parts().forEach(part -> to.carry(part, TRANSFER_IN_TRANSIT, VENUE_PAYABLE));
        f.voided().forEach(line -> to.neverPaid(line, 1));
        f.nettings().forEach(netting -> to.net(netting, -1));
      }
      case LinesReversed f -> f.lines().forEach(line -> to.reverse(f.venue(), line));
      case ReversalLifted f -> to.lift(f);
      case DebitNotePaid f ->
          f.lines().forEach(line -> line.parts().forEach(part -> to.recover(f.venue(), part, 1)));
      case TransferExecuted f -> {
        f.parts().forEach(part -> to.pay(part, TRANSFER_IN_TRANSIT, TRANSFER_EXECUTED));
        f.voided().forEach(line -> to.keepVoid(line, 1));
      }
      case TransferDebited f -> f.parts().forEach(part -> to.carry(part, TRANSFER_EXECUTED, BANK));
      case TransferReturned f -> {
        for (PaidCents part : f.parts()) {
          to.carry(part, BANK, VENUE_PAYABLE);
          to.titlesPaid(part.venue(), part.spent(), -1);
        }
        f.voided().forEach(line -> to.keepVoid(line, -1));
      }
      case TransferReinstated f -> {
        f.parts().forEach(part -> to.carry(part, VENUE_PAYABLE, TRANSFER_IN_TRANSIT));
        f.voided().forEach(line -> to.neverPaid(line, -1));
      }
      case ProgrammeDefined _,
          FunderRegistered _,
          AgreementSigned _,
          AgreementAmended _,
          PrescriberRegistered _,
          ExpiryAnnounced _,
          ExpirySigned _,
          CreditNoteIssued _,
          OppositionProposed _,
          VenueListed _,
          VenueIdentified _,
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
    return to.entries;
  }

  private static Account of(
      AccountKind kind, FundsTransferred transfer, ProgrammeId programme, AgreementId agreement) {
    return Account.ofFunder(kind, programme.value(), agreement.value(), transfer.funder().value());
  }

  private void receive(FundsReceived receipt, FunderId owner, long cents) {
    if (cents != 0) {
      move(cents, of(FUNDER_CREDIT, receipt, owner), of(BANK, receipt, owner));
    }
  }

  private static Account of(AccountKind kind, FundsReceived receipt, FunderId owner) {
    return Account.ofFunder(
        kind, receipt.programme().value(), receipt.agreement().value(), owner.value());
  }

  private void accept(VenueId venue, SpentCents part) {
    move(
        part.cents(),
        Account.of(VENUE_PAYABLE, part).spentAt(venue, part),
        Account.of(CHEQUES_OUTSTANDING, part));
    move(
        part.cents(),
        Account.of(TITLES_HANDED_OUT, part),
        Account.of(TITLES_REDEEMED, part).spentAt(venue, part));
    claim(part, part.cents());
  }

  /**
   * The cheque is used and counted, and nobody is owed its cents: they go back to whoever paid them
   * in, as those of an expired one do. Nothing is claimed from an {@code ON_USE} funder either.
   */
  private void waive(VenueId venue, SpentCents part) {
    move(part.cents(), Account.of(DUE_BACK, part), Account.of(CHEQUES_OUTSTANDING, part));
    move(
        part.cents(),
        Account.of(TITLES_HANDED_OUT, part),
        Account.of(TITLES_REDEEMED, part).spentAt(venue, part));
  }

  /**
   * What an {@code ON_USE} funder owes its pre-financier for used cheques.
   *
   * @param cents below zero when the use is taken back
   */
  private void claim(SpentCents part, long cents) {
    if (part.advancedBy().isPresent()) {
      move(
          cents,
          Account.ofCash(ON_USE_ADVANCE, part),
          Account.ofFunder(
              ON_USE_CLAIM,
              part.programme().value(),
              part.agreement().value(),
              part.funder().value()));
    }
  }

  /**
   * What accepting its lines posted is posted back; what was opposed meanwhile goes on from there.
   */
  private void withdraw(SlipWithdrawn slip) {
    Postings accepted = new Postings();
    slip.owed().forEach(part -> accepted.accept(slip.venue(), part));
    slip.waived().forEach(part -> accepted.waive(slip.venue(), part));
    accepted.entries.forEach(entry -> entries.add(new Entry(entry.account(), -entry.cents())));
    for (FundedCents part : slip.dueBack()) {
      move(part.cents(), Account.of(DUE_BACK, part), Account.of(CHEQUES_OUTSTANDING, part));
      move(part.cents(), Account.of(TITLES_HANDED_OUT, part), Account.of(TITLES_OPPOSED, part));
    }
  }

  private void expire(ChequesExpired.Part expired) {
    for (FundedCents part : expired.titles()) {
      Account from =
          switch (expired.where()) {
            case IN_STOCK -> Account.of(TITLES_IN_STOCK, part);
            case AT_PRESCRIBER ->
                Account.of(TITLES_AT_PRESCRIBER, part).at(expired.prescriber().orElseThrow());
            case HANDED_OUT -> Account.of(TITLES_HANDED_OUT, part);
          };
      move(part.cents(), from, Account.of(TITLES_EXPIRED, part));
    }
    for (FundedCents part : expired.dueBack()) {
      move(part.cents(), Account.of(DUE_BACK, part), Account.of(CHEQUES_OUTSTANDING, part));
    }
  }

  /** The new titles are counted by their issuance. */
  private void replace(ChequesReplaced replacement) {
    for (FundedCents part : replacement.titles()) {
      move(part.cents(), Account.of(TITLES_OPPOSED, part), Account.of(TITLES_REPLACED, part));
    }
    for (FundedCents part : replacement.setAside()) {
      move(part.cents(), Account.of(CHEQUES_OUTSTANDING, part), Account.of(DUE_BACK, part));
    }
  }

  private void oppose(ChequesOpposed opposition) {
    for (FundedCents part : opposition.dueBack()) {
      move(part.cents(), Account.of(DUE_BACK, part), Account.of(CHEQUES_OUTSTANDING, part));
    }
    for (TitlesHeld held : opposition.titles()) {
      for (FundedCents part : held.cents()) {
        Account from =
            switch (held.where()) {
              case IN_STOCK -> Account.of(TITLES_IN_STOCK, part);
              case AT_PRESCRIBER ->
                  Account.of(TITLES_AT_PRESCRIBER, part).at(held.prescriber().orElseThrow());
              case HANDED_OUT -> Account.of(TITLES_HANDED_OUT, part);
            };
        move(part.cents(), from, Account.of(TITLES_OPPOSED, part));
      }
    }
  }

  private void carry(
      List<SettlementRunOpened.Transfer> transfers, AccountKind from, AccountKind to) {
    for (SettlementRunOpened.Transfer transfer : transfers) {
      transfer.parts().forEach(part -> carry(part, from, to));
    }
  }

  /** What a venue is owed goes on, or back, on its way from being owed to being debited. */
  private void carry(PaidCents carried, AccountKind from, AccountKind to) {
    move(carried.spent().cents(), at(to, carried), at(from, carried));
  }

  private static Account at(AccountKind kind, PaidCents carried) {
    return kind == BANK
        ? Account.ofCash(BANK, carried.spent())
        : Account.of(kind, carried.spent()).spentAt(carried.venue(), carried.spent());
  }

  /** Paid: its titles are too. */
  private void pay(PaidCents paid, AccountKind from, AccountKind to) {
    carry(paid, from, to);
    titlesPaid(paid.venue(), paid.spent(), 1);
  }

  /**
   * @param sign -1 when they are paid no more
   */
  private void titlesPaid(VenueId venue, SpentCents part, int sign) {
    move(
        sign * part.cents(),
        Account.of(TITLES_REDEEMED, part).spentAt(venue, part),
        Account.of(TITLES_PAID, part).spentAt(venue, part));
  }

  private void reverse(VenueId venue, ReversedLine line) {
    for (SpentCents part : line.parts()) {
      switch (line.standing()) {
        case OWED -> {
          move(
              part.cents(),
              Account.of(DUE_BACK, part),
              Account.of(VENUE_PAYABLE, part).spentAt(venue, part));
          makeVoid(TITLES_REDEEMED, venue, part);
        }
        case IN_TRANSIT -> {
          claimFrom(venue, part, part.cents());
          makeVoid(TITLES_REDEEMED, venue, part);
        }
        case PAID -> {
          claimFrom(venue, part, part.cents());
          makeVoid(TITLES_PAID, venue, part);
        }
      }
      claim(part, -part.cents());
    }
  }

  private void makeVoid(AccountKind from, VenueId venue, SpentCents part) {
    move(part.cents(), Account.of(from, part).spentAt(venue, part), Account.of(TITLES_VOID, part));
  }

  private void makeValid(AccountKind to, VenueId venue, SpentCents part) {
    move(part.cents(), Account.of(TITLES_VOID, part), Account.of(to, part).spentAt(venue, part));
  }

  /**
   * @param cents below zero when it is no longer owed
   */
  private void claimFrom(VenueId venue, SpentCents part, long cents) {
    move(
        cents,
        Account.of(TO_RECOVER, part),
        Account.of(VENUE_RECEIVABLE, part).spentAt(venue, part));
  }

  /**
   * Reversed in a transfer that came to nothing: as if it had been reversed while it was owed.
   *
   * @param sign -1 where the transfer was paid after all
   */
  private void neverPaid(VoidedLine line, int sign) {
    for (SpentCents part : line.parts()) {
      long cents = sign * part.cents();
      move(
          cents,
          Account.of(DUE_BACK, part),
          Account.of(VENUE_PAYABLE, part).spentAt(line.venue(), part));
      claimFrom(line.venue(), part, -cents);
    }
  }

  /**
   * Its title is void, and so neither paid nor unpaid.
   *
   * @param sign 1 where the transfer was paid, -1 where it came back
   */
  private void keepVoid(VoidedLine line, int sign) {
    line.parts().forEach(part -> titlesPaid(line.venue(), part, -sign));
  }

  /**
   * The venue's lines are paid with what it owes: out of the cash of those who pay the lines, into
   * the cash of those to whom the reversed ones come back. Where these differ, that is the internal
   * transfer between them.
   *
   * @param sign -1 when it is undone
   */
  private void net(Netting netting, int sign) {
    for (SpentCents part : netting.paid()) {
      long cents = sign * part.cents();
      move(
          cents,
          Account.ofCash(BANK, part),
          Account.of(VENUE_PAYABLE, part).spentAt(netting.venue(), part));
      titlesPaid(netting.venue(), part, sign);
    }
    netting.recovered().forEach(part -> recover(netting.venue(), part, sign));
  }

  private void recover(VenueId venue, SpentCents part, int sign) {
    long cents = sign * part.cents();
    move(cents, Account.of(DUE_BACK, part), Account.ofCash(BANK, part));
    claimFrom(venue, part, -cents);
  }

  /**
   * The lines count as accepted again, and whoever pays on use owes them again. What the venue
   * keeps counts as paid from now on, also where the transfer that pays it is still on its way: its
   * end names the line as one without a title.
   */
  private void lift(ReversalLifted lifted) {
    for (VoidedLine line : lifted.owedAgain()) {
      for (SpentCents part : line.parts()) {
        move(
            part.cents(),
            Account.of(VENUE_PAYABLE, part).spentAt(line.venue(), part),
            Account.of(DUE_BACK, part));
        makeValid(TITLES_REDEEMED, line.venue(), part);
        claim(part, part.cents());
      }
    }
    for (VoidedLine line : lifted.forgiven()) {
      for (SpentCents part : line.parts()) {
        claimFrom(line.venue(), part, -part.cents());
        makeValid(TITLES_PAID, line.venue(), part);
        claim(part, part.cents());
      }
    }
  }

  /** One credit and the debit that it pays for. */
  private void move(long cents, Account credit, Account debit) {
    entries.add(new Entry(debit, cents));
    entries.add(new Entry(credit, -cents));
  }
}
