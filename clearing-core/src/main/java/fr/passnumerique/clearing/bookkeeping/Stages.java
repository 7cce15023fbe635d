package fr.passnumerique.clearing.bookkeeping;

import static fr.passnumerique.clearing.bookkeeping.AccountKind.EVER;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.EVER_ACTIVATED;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.EVER_ADVANCED;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.EVER_CLAIMED;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.EVER_CLAIMED_UNPAID;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.EVER_CONFIRMED;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.EVER_GIVEN_BACK;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.EVER_HANDED_OUT;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.EVER_MOVED;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.EVER_NETTED;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.EVER_PAID_BACK;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.EVER_REACTIVATED;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.EVER_RECEIVED;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.EVER_REFUNDED;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.EVER_REPAID;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.EVER_REVERSED_UNPAID;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.EVER_SETTLED;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.EVER_WAIVED;

import fr.passnumerique.clearing.bank.BankEntryMatched;
import fr.passnumerique.clearing.bank.BankEntryTakenOut;
import fr.passnumerique.clearing.bank.BankEntryUnmatched;
import fr.passnumerique.clearing.distribution.ChequesDelivered;
import fr.passnumerique.clearing.distribution.ChequesHandedOut;
import fr.passnumerique.clearing.distribution.HandOutCorrected;
import fr.passnumerique.clearing.distribution.StockReturned;
import fr.passnumerique.clearing.expiry.ChequesExpired;
import fr.passnumerique.clearing.expiry.CreditNoteIssued;
import fr.passnumerique.clearing.expiry.CreditNoteRefunded;
import fr.passnumerique.clearing.expiry.RefundTakenBack;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.FreeCents;
import fr.passnumerique.clearing.funding.FundedCents;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.funding.FundsArrived;
import fr.passnumerique.clearing.funding.FundsReceived;
import fr.passnumerique.clearing.funding.FundsTransferred;
import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.funding.ReceiptTakenBack;
import fr.passnumerique.clearing.giveback.CreditGivenBack;
import fr.passnumerique.clearing.giveback.GiveBackCancelled;
import fr.passnumerique.clearing.issuance.ChequesActivated;
import fr.passnumerique.clearing.issuance.ChequesIssued;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.redemption.ChequesOpposed;
import fr.passnumerique.clearing.redemption.ChequesReplaced;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.redemption.SlipJudged.SpentCents;
import fr.passnumerique.clearing.redemption.SlipWithdrawn;
import fr.passnumerique.clearing.refund.RefundReturned;
import fr.passnumerique.clearing.reversal.DebitNotePaid;
import fr.passnumerique.clearing.reversal.DebitNotePaymentTakenBack;
import fr.passnumerique.clearing.reversal.LinesReversed;
import fr.passnumerique.clearing.reversal.ReversalLifted;
import fr.passnumerique.clearing.reversal.ReversedLine;
import fr.passnumerique.clearing.settlement.Netting;
import fr.passnumerique.clearing.settlement.PaidCents;
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
import fr.passnumerique.clearing.settlement.VoidedLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What each fact adds to what has ever passed a stage, per agreement and funder. Balances alone
 * cannot tell it: a cheque that is paid is no longer counted as handed out. Pure, and every fact's
 * entries sum to zero.
 *
 * <p>By whose share it is, but for what is received, moved and refunded, which is cash.
 */
public final class Stages {
  private final List<Entry> entries = new ArrayList<>();

  private Stages() {}

  /**
   * @return empty for a fact that passes no stage
   * @throws IllegalArgumentException for a type of fact that moves money or titles and that this
   *     table does not know: it must be added here, be it that it passes none
   */
  public static List<Entry> of(Fact fact) {
    Stages to = new Stages();
    switch (fact) {
      case FundsReceived f -> {
        to.add(EVER_RECEIVED, f.programme(), f.agreement(), f.funder(), f.amountCents());
        to.repay(f);
      }
      case ReceiptTakenBack f -> {
        to.add(EVER_RECEIVED, f.programme(), f.agreement(), f.funder(), -f.amountCents());
        f.repaid()
            .ifPresent(
                repaid -> {
                  to.add(EVER_REPAID, f.programme(), f.agreement(), f.funder(), -repaid.cents());
                  to.add(
                      EVER_REPAID,
                      f.programme(),
                      f.agreement(),
                      repaid.preFinancier(),
                      repaid.cents());
                });
      }
      case FundsTransferred f -> {
        to.add(EVER_MOVED, f.fromProgramme(), f.from(), f.funder(), -f.amountCents());
        to.add(EVER_MOVED, f.toProgramme(), f.to(), f.funder(), f.amountCents());
        to.repay(f);
      }
      case ChequesActivated f -> f.shares().forEach(to::activate);
      case ChequesReplaced f -> to.funded(EVER_REACTIVATED, f.setAside(), 1);
      case ChequesHandedOut f -> to.funded(EVER_HANDED_OUT, f.shares(), 1);
      case HandOutCorrected f -> to.funded(EVER_HANDED_OUT, f.shares(), -1);
      case SlipJudged f -> to.spent(EVER_WAIVED, f.waived(), 1);
      case SlipWithdrawn f -> to.spent(EVER_WAIVED, f.waived(), -1);
      case SettlementRunOpened f -> to.settle(f.transfers());
      case SettlementRunContinued f -> to.settle(f.transfers());
      case SettlementRunReleased f -> to.net(f.nettings(), 1);
      case SettlementRunCancelled f -> {
        to.paid(EVER_SETTLED, f.parts(), -1);
        to.neverPaid(f.voided(), 1);
        to.net(f.nettings(), -1);
      }
      case TransferConfirmed f -> {
        to.paid(EVER_CONFIRMED, f.parts(), 1);
        to.voided(EVER_CLAIMED_UNPAID, f.voided(), -1);
      }
      case TransferExecuted f -> {
        to.paid(EVER_CONFIRMED, f.parts(), 1);
        to.voided(EVER_CLAIMED_UNPAID, f.voided(), -1);
      }
      case TransferDebitTakenBack f -> {
        if (f.executedOn().isEmpty()) {
          to.paid(EVER_CONFIRMED, f.parts(), -1);
        }
      }
      case TransferExecutionTakenBack f -> to.paid(EVER_CONFIRMED, f.parts(), -1);
      case TransferRejected f -> {
        to.paid(EVER_SETTLED, f.parts(), -1);
        to.neverPaid(f.voided(), 1);
        to.net(f.nettings(), -1);
      }
      case TransferReinstated f -> {
        to.paid(EVER_SETTLED, f.parts(), 1);
        to.neverPaid(f.voided(), -1);
      }
      case TransferReturned f -> {
        to.paid(EVER_SETTLED, f.parts(), -1);
        to.paid(EVER_CONFIRMED, f.parts(), -1);
        to.voided(EVER_CLAIMED_UNPAID, f.voided(), 1);
      }
      case LinesReversed f -> f.lines().forEach(to::reverse);
      case ReversalLifted f -> {
        to.voided(EVER_REVERSED_UNPAID, f.owedAgain(), -1);
        to.voided(EVER_CLAIMED, f.forgiven(), -1);
        to.voided(EVER_CLAIMED, f.unpaid(), -1);
        to.voided(EVER_CLAIMED_UNPAID, f.unpaid(), -1);
      }
      case DebitNotePaid f -> f.lines().forEach(line -> to.spent(EVER_PAID_BACK, line.parts(), 1));
      case DebitNotePaymentTakenBack f ->
          f.lines().forEach(line -> to.spent(EVER_PAID_BACK, line.parts(), -1));
      case CreditNoteRefunded f -> to.refund(f.parts(), f.free(), 1);
      case RefundReturned f -> to.refund(f.parts(), f.free(), -1);
      case RefundTakenBack f -> to.refund(f.parts(), f.free(), -1);
      // What it gives back was repaid once and is due back now: that is told where it is refunded.
      case CreditNoteIssued _ -> {}
      case BankEntryUnmatched _,
          BankEntryMatched _,
          BankEntryTakenOut _,
          ChequesIssued _,
          ChequesDelivered _,
          StockReturned _,
          ChequesOpposed _,
          ChequesExpired _,
          CreditGivenBack _,
          GiveBackCancelled _,
          TransferDebited _ -> {}
      default -> {
        // What moves nothing passes no stage, and the table of postings names each such type.
        if (!Postings.of(fact).isEmpty()) {
          throw new IllegalArgumentException(
              "no stages are defined for %s, which posts; add it to the table"
                  .formatted(fact.getClass().getSimpleName()));
        }
      }
    }
    return to.entries;
  }

  private void repay(FundsArrived f) {
    f.repaid()
        .ifPresent(
            repaid -> {
              add(EVER_REPAID, f.arrivedUnder(), f.arrivedFor(), f.funder(), repaid.cents());
              add(
                  EVER_REPAID,
                  f.arrivedUnder(),
                  f.arrivedFor(),
                  repaid.preFinancier(),
                  -repaid.cents());
            });
  }

  private void activate(FundedCents part) {
    add(EVER_ACTIVATED, part, part.cents());
    part.advancedBy()
        .ifPresent(
            preFinancier -> {
              add(EVER_ADVANCED, part, part.cents());
              add(EVER_ADVANCED, part.programme(), part.agreement(), preFinancier, -part.cents());
            });
  }

  private void funded(AccountKind kind, List<FundedCents> parts, int sign) {
    parts.forEach(part -> add(kind, part, sign * part.cents()));
  }

  private void refund(List<FundedCents> parts, Optional<FreeCents> free, int sign) {
    for (FundedCents part : parts) {
      add(EVER_REFUNDED, part.programme(), part.agreement(), part.cashOwner(), sign * part.cents());
    }
    free.ifPresent(
        of -> add(EVER_GIVEN_BACK, of.programme(), of.agreement(), of.funder(), sign * of.cents()));
  }

  private void settle(List<SettlementRunOpened.Transfer> transfers) {
    transfers.forEach(transfer -> paid(EVER_SETTLED, transfer.parts(), 1));
  }

  private void net(List<Netting> nettings, int sign) {
    for (Netting netting : nettings) {
      spent(EVER_SETTLED, netting.paid(), sign);
      spent(EVER_CONFIRMED, netting.paid(), sign);
      spent(EVER_NETTED, netting.recovered(), sign);
    }
  }

  private void paid(AccountKind kind, List<PaidCents> parts, int sign) {
    parts.forEach(part -> spent(kind, List.of(part.spent()), sign));
  }

  private void reverse(ReversedLine line) {
    switch (line.standing()) {
      case OWED -> spent(EVER_REVERSED_UNPAID, line.parts(), 1);
      case IN_TRANSIT -> {
        spent(EVER_CLAIMED, line.parts(), 1);
        spent(EVER_CLAIMED_UNPAID, line.parts(), 1);
      }
      case PAID -> spent(EVER_CLAIMED, line.parts(), 1);
    }
  }

  /**
   * Reversed in a transfer that came to nothing: as if it had been reversed while it was owed.
   *
   * @param sign -1 where the transfer was paid after all
   */
  private void neverPaid(List<VoidedLine> lines, int sign) {
    voided(EVER_REVERSED_UNPAID, lines, sign);
    voided(EVER_CLAIMED, lines, -sign);
    voided(EVER_CLAIMED_UNPAID, lines, -sign);
  }

  private void voided(AccountKind kind, List<VoidedLine> lines, int sign) {
    lines.forEach(line -> spent(kind, line.parts(), sign));
  }

  private void spent(AccountKind kind, List<SpentCents> parts, int sign) {
    for (SpentCents part : parts) {
      add(kind, part.programme(), part.agreement(), part.funder(), sign * part.cents());
    }
  }

  private void add(AccountKind kind, FundedCents part, long cents) {
    add(kind, part.programme(), part.agreement(), part.funder(), cents);
  }

  private void add(
      AccountKind kind, ProgrammeId programme, AgreementId agreement, FunderId funder, long cents) {
    entries.add(
        new Entry(
            Account.ofFunder(kind, programme.value(), agreement.value(), funder.value()), cents));
    entries.add(
        new Entry(
            Account.ofFunder(EVER, programme.value(), agreement.value(), funder.value()), -cents));
  }
}
