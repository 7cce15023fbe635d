package fr.passnumerique.loadtest.simulator;

import fr.passnumerique.clearing.bank.BankEntriesOffset;
import fr.passnumerique.clearing.bank.BankEntryMatched;
import fr.passnumerique.clearing.bank.BankEntryProved;
import fr.passnumerique.clearing.bank.BankEntryTakenOut;
import fr.passnumerique.clearing.bank.BankEntryUnmatched;
import fr.passnumerique.clearing.bank.BankStatementImported;
import fr.passnumerique.clearing.bank.entry.BankEntry;
import fr.passnumerique.clearing.expiry.CreditNoteIssued;
import fr.passnumerique.clearing.expiry.CreditNoteRefunded;
import fr.passnumerique.clearing.funding.FundsReceived;
import fr.passnumerique.clearing.funding.FundsTransferred;
import fr.passnumerique.clearing.funding.ReceiptTakenBack;
import fr.passnumerique.clearing.giveback.CreditGivenBack;
import fr.passnumerique.clearing.giveback.GiveBackCancelled;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.payee.FunderAccountOpened;
import fr.passnumerique.clearing.payee.FunderAccountProposalDropped;
import fr.passnumerique.clearing.payee.FunderAccountProposed;
import fr.passnumerique.clearing.payee.VenueAccountOpened;
import fr.passnumerique.clearing.payee.VenueAccountProposalDropped;
import fr.passnumerique.clearing.payee.VenueAccountProposed;
import fr.passnumerique.clearing.refund.RefundRejected;
import fr.passnumerique.clearing.refund.RefundReturned;
import fr.passnumerique.clearing.reversal.DebitNoteIssued;
import fr.passnumerique.clearing.reversal.DebitNotePaid;
import fr.passnumerique.clearing.reversal.DebitNotePaymentTakenBack;
import fr.passnumerique.clearing.reversal.LinesReversed;
import fr.passnumerique.clearing.reversal.ReversalLifted;
import fr.passnumerique.clearing.reversal.ReversedLine;
import fr.passnumerique.clearing.settlement.SettlementRunOpened;
import fr.passnumerique.clearing.settlement.TransferConfirmed;
import fr.passnumerique.clearing.settlement.TransferDebitTakenBack;
import fr.passnumerique.clearing.settlement.TransferExecuted;
import fr.passnumerique.clearing.settlement.TransferExecutionTakenBack;
import fr.passnumerique.clearing.settlement.TransferId;
import fr.passnumerique.clearing.settlement.TransferReinstated;
import fr.passnumerique.clearing.settlement.TransferRejected;
import fr.passnumerique.clearing.settlement.TransferReturned;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How often stories come to where something rare is at stake, by what the engine has recorded: a
 * rule that no story comes to is held to nothing, however many agree.
 */
final class Moments {

  /** Each of which the stories of 50 seeds come to. */
  enum Moment {
    OVERPAID_ON_USE("what a funder repaid on use and owes no more is due back to it"),
    OVERPAID_ON_USE_REFUNDED("and is refunded"),
    OVERPAID_AND_WITHDRAWN("what a funder repaid for a slip that was withdrawn is due back to it"),
    LIFTED_ON_ITS_WAY("a reversal is lifted while a transfer pays its line"),
    LIFTED_THEN_EXECUTED("the bank says then that it is executed"),
    LIFTED_THEN_CONFIRMED("the transfer is confirmed then"),
    LIFTED_THEN_REJECTED("the transfer is rejected then"),
    LIFTED_THEN_RETURNED("the transfer comes back then"),
    RETURNED_THEN_LIFTED("a reversal is lifted when the money of its line has come back"),
    CHARGES_OF_A_RETURN("a bank keeps something of a transfer that comes back"),
    CHARGES_OF_A_DEBIT("a bank takes something beside a transfer"),
    CHARGES_MADE_UP_FOR("the operator pays in what a bank kept"),
    GIVEN_BACK("free credit is to be given back"),
    GIVE_BACK_CANCELLED("and is kept after all"),
    GIVEN_BACK_BY_THE_BANK("and is refunded by a transfer"),
    GIVEN_BACK_BY_HAND("and is refunded by a clerk's word"),
    SHOWN_BY_THE_BANK("the bank shows what a clerk said of a note"),
    FUNDS_REPAY_ON_USE("funds that are transferred repay a share on use"),
    PAID_EARLY("what was paid in before its cheques were used repays a share on use"),
    PAID_AGAIN("what is owed on use again, or may pay again, is paid in the same commit"),
    DEBIT_NOTE("a debit note is issued"),
    DEBIT_NOTE_PAID_BY_HAND("and is paid by a clerk's word"),
    DEBIT_NOTE_PAID_TO_THE_BANK("and is paid by the bank's"),
    RECOVERED_CREDITED("what came back of reversed lines is credited"),
    ACCOUNT_REOPENED("a venue is paid to an account again that the bank closed"),
    FUNDER_ACCOUNT_REOPENED("a funder is refunded to an account again that the bank closed"),
    REFUND_REJECTED("the bank rejects a refund"),
    REFUND_RETURNED("a refund comes back"),
    RETURNED_BEFORE_DEBITED("a transfer comes back whose debit is told only then"),
    TOLD_NO_MORE("what the bank tells no more is taken out"),
    RECEIPT_TAKEN_BACK("a receipt is taken back"),
    OF_OTHER_PAYMENTS("a statement tells other payments of a booking than before"),
    OUTSIDE_ITS_DAYS("what a statement tells of another day counts on one of its own"),
    RUN_IN_ONE_SUM("a clerk knows a run by its debit in one sum"),
    RECEIPT_NEVER_SHOWN("a clerk takes a receipt back that the bank never showed"),
    RECEIPTS_IN_ONE_SUM("one credit proves several receipts"),
    DEBIT_NOTE_OPEN_AGAIN("the bank tells the payment of a debit note no more"),
    DEBIT_NOTE_NEVER_PAID("a clerk takes a debit note's payment back that the bank never showed"),
    LEFT_TO_EXPLAIN("what the bank tells no more, and cannot be undone, is left to be explained"),
    RETURN_TAKEN_BACK_AT_LAST("and, of a return, is taken back once nothing else pays its money"),
    LEFT_OUT_IN_DOUBT("a run leaves out what the bank may have paid, and pays the rest"),
    CONFIRMATION_NEVER_SHOWN(
        "a clerk takes back that a transfer is paid that the bank never debited"),
    EXECUTION_NEVER_SHOWN("and that the bank has executed what it never debited");

    private final String text;

    Moment(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  private final Map<Moment, Integer> times = new EnumMap<>(Moment.class);

  /** Of each reversal, the transfers that were on their way with its lines. */
  private final Map<String, Set<TransferId>> paying = new HashMap<>();

  /** Whose line is to be paid although it was reversed. */
  private final Set<TransferId> lifted = new HashSet<>();

  private final Set<TransferId> ended = new HashSet<>();
  private final Set<String> charges = new HashSet<>();

  /** Of what the bank tells no more, by what is left of it. */
  private final Map<String, String> leftOf = new HashMap<>();

  private final List<BankStatementImported> statements = new ArrayList<>();

  private final Set<String> overpaid = new HashSet<>();

  /** Whose account is proposed although the bank closed it. */
  private final Set<String> reopening = new HashSet<>();

  /** The last that was folded; null before the first. */
  private @Nullable Fact before;

  void fold(Fact fact) {
    if (entry(fact).flatMap(BankEntry::toldOn).isPresent()) {
      came(Moment.OUTSIDE_ITS_DAYS);
    }
    switch (fact) {
      case CreditNoteIssued f -> {
        if (f.preFinancier().isPresent()) {
          came(f.recovered().isEmpty() ? Moment.OVERPAID_AND_WITHDRAWN : Moment.OVERPAID_ON_USE);
          overpaid.add(f.creditNote().value());
        }
        if (!f.recovered().isEmpty()) {
          came(Moment.RECOVERED_CREDITED);
        }
      }
      case CreditNoteRefunded f -> {
        if (overpaid.contains(f.creditNote().value())) {
          came(Moment.OVERPAID_ON_USE_REFUNDED);
        }
        if (f.free().isPresent()) {
          came(
              f.transfer().isPresent() ? Moment.GIVEN_BACK_BY_THE_BANK : Moment.GIVEN_BACK_BY_HAND);
        }
      }
      case LinesReversed f -> {
        Set<TransferId> transfers = new HashSet<>();
        for (ReversedLine line : f.lines()) {
          line.transfer().ifPresent(transfers::add);
        }
        paying.put(f.reversal().value(), transfers);
      }
      case ReversalLifted f -> lift(f);
      case TransferExecuted f -> end(f.transfer(), Moment.LIFTED_THEN_EXECUTED);
      case TransferConfirmed f -> end(f.transfer(), Moment.LIFTED_THEN_CONFIRMED);
      case TransferRejected f -> end(f.transfer(), Moment.LIFTED_THEN_REJECTED);
      case TransferReturned f -> end(f.transfer(), Moment.LIFTED_THEN_RETURNED);
      case TransferReinstated f -> ended.remove(f.transfer());
      case BankEntryTakenOut _ -> came(Moment.TOLD_NO_MORE);
      case DebitNotePaymentTakenBack f ->
          came(f.entry().isPresent() ? Moment.DEBIT_NOTE_OPEN_AGAIN : Moment.DEBIT_NOTE_NEVER_PAID);
      case ReceiptTakenBack f ->
          came(f.entry().isPresent() ? Moment.RECEIPT_TAKEN_BACK : Moment.RECEIPT_NEVER_SHOWN);
      case TransferDebitTakenBack f when f.entry().isEmpty() ->
          came(Moment.CONFIRMATION_NEVER_SHOWN);
      case TransferExecutionTakenBack _ -> came(Moment.EXECUTION_NEVER_SHOWN);
      case BankEntryMatched f when f.run().isPresent() -> came(Moment.RUN_IN_ONE_SUM);
      case BankEntryMatched f when f.receipts().size() > 1 -> came(Moment.RECEIPTS_IN_ONE_SUM);
      case BankEntryUnmatched f when f.why() == BankEntryUnmatched.Why.TOLD_NO_MORE -> {
        came(Moment.LEFT_TO_EXPLAIN);
        f.transfer().ifPresent(transfer -> leftOf.put(f.entry().id(), transfer));
      }
      case BankEntryMatched f
          when f.cents() < 0
              && f.transfer().isPresent()
              && f.transfer().get().equals(leftOf.get(f.entry().id())) ->
          came(Moment.RETURN_TAKEN_BACK_AT_LAST);
      case SettlementRunOpened f when !f.inDoubt().isEmpty() -> came(Moment.LEFT_OUT_IN_DOUBT);
      case BankEntryMatched f when f.cents() > 0 && f.by().isEmpty() && f.transfer().isPresent() ->
          came(Moment.RETURNED_BEFORE_DEBITED);
      case BankEntryMatched f when f.charges().isPresent() ->
          came(f.cents() > 0 ? Moment.CHARGES_OF_A_RETURN : Moment.CHARGES_OF_A_DEBIT);
      case BankEntryUnmatched f when f.why() == BankEntryUnmatched.Why.CHARGES ->
          charges.add(f.entry().id());
      case BankEntriesOffset f -> {
        if (charges.contains(f.debit().id())) {
          came(Moment.CHARGES_MADE_UP_FOR);
        }
      }
      case BankEntryProved f when f.expected().isPresent() -> came(Moment.SHOWN_BY_THE_BANK);
      case BankStatementImported f -> {
        if (statements.stream().anyMatch(one -> ofOtherPayments(one, f))) {
          came(Moment.OF_OTHER_PAYMENTS);
        }
        statements.add(f);
      }
      case CreditGivenBack _ -> came(Moment.GIVEN_BACK);
      case GiveBackCancelled _ -> came(Moment.GIVE_BACK_CANCELLED);
      case FundsTransferred f when f.staysWithinAgreement() ->
          came(
              before instanceof ReversalLifted
                      || before instanceof ReceiptTakenBack
                      || before instanceof GiveBackCancelled
                  ? Moment.PAID_AGAIN
                  : Moment.PAID_EARLY);
      case FundsTransferred f when f.repaid().isPresent() -> came(Moment.FUNDS_REPAY_ON_USE);
      case DebitNoteIssued _ -> came(Moment.DEBIT_NOTE);
      case DebitNotePaid f ->
          came(
              f.entry().isPresent()
                  ? Moment.DEBIT_NOTE_PAID_TO_THE_BANK
                  : Moment.DEBIT_NOTE_PAID_BY_HAND);
      case VenueAccountProposed f -> propose("venue " + f.venue(), f.reopening().isPresent());
      case VenueAccountProposalDropped f -> reopening.remove("venue " + f.venue());
      case VenueAccountOpened f -> open("venue " + f.venue(), Moment.ACCOUNT_REOPENED);
      case FunderAccountProposed f -> propose("funder " + f.funder(), f.reopening().isPresent());
      case FunderAccountProposalDropped f -> reopening.remove("funder " + f.funder());
      case FunderAccountOpened f -> open("funder " + f.funder(), Moment.FUNDER_ACCOUNT_REOPENED);
      case RefundRejected _ -> came(Moment.REFUND_REJECTED);
      case RefundReturned _ -> came(Moment.REFUND_RETURNED);
      default -> {}
    }
    before = fact;
  }

  /** Which says the same of the account, and means other bookings. */
  private static boolean ofOtherPayments(BankStatementImported one, BankStatementImported other) {
    return other.isToldAgainBy(one)
        && one.openingCents() == other.openingCents()
        && one.closingCents() == other.closingCents()
        && one.entries() == other.entries()
        && !Set.copyOf(one.bookings()).equals(Set.copyOf(other.bookings()));
  }

  private static Optional<BankEntry> entry(Fact fact) {
    return switch (fact) {
      case FundsReceived f -> f.entry();
      case TransferConfirmed f -> f.entry();
      case TransferReturned f -> Optional.of(f.entry());
      case BankEntryUnmatched f -> Optional.of(f.entry());
      default -> Optional.empty();
    };
  }

  private void came(Moment moment) {
    times.merge(moment, 1, Integer::sum);
  }

  private void lift(ReversalLifted f) {
    Set<TransferId> transfers = paying.getOrDefault(f.reversal().value(), Set.of());
    if (f.unpaid().isEmpty()) {
      return;
    }
    if (ended.containsAll(transfers)) {
      came(Moment.RETURNED_THEN_LIFTED);
      return;
    }
    came(Moment.LIFTED_ON_ITS_WAY);
    transfers.stream().filter(transfer -> !ended.contains(transfer)).forEach(lifted::add);
  }

  private void end(TransferId transfer, Moment moment) {
    ended.add(transfer);
    if (lifted.contains(transfer)) {
      came(moment);
    }
  }

  private void propose(String payee, boolean closed) {
    if (closed) {
      reopening.add(payee);
    } else {
      reopening.remove(payee);
    }
  }

  private void open(String payee, Moment reopened) {
    if (reopening.remove(payee)) {
      came(reopened);
    }
  }

  void add(Moments other) {
    other.times.forEach((moment, count) -> times.merge(moment, count, Integer::sum));
  }

  /** To which no story came. */
  List<Moment> never() {
    return Stream.of(Moment.values()).filter(moment -> !times.containsKey(moment)).toList();
  }

  /** For {@link #of}, without a space. */
  @Override
  public String toString() {
    return times.entrySet().stream()
        .map(one -> one.getKey().name() + "=" + one.getValue())
        .collect(Collectors.joining(","));
  }

  static Moments of(String text) {
    Moments moments = new Moments();
    for (String one : text.isEmpty() ? new String[0] : text.split(",")) {
      String[] parts = one.split("=");
      moments.times.put(Moment.valueOf(parts[0]), Integer.parseInt(parts[1]));
    }
    return moments;
  }

  void print(PrintWriter out) {
    for (Moment moment : Moment.values()) {
      out.printf("%6d  %s%n", times.getOrDefault(moment, 0), moment);
    }
  }
}
