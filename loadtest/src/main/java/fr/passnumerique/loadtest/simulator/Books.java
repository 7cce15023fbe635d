package fr.passnumerique.loadtest.simulator;

import fr.passnumerique.clearing.bank.BankEntryUnmatched;
import fr.passnumerique.clearing.bank.BankFileRefused;
import fr.passnumerique.clearing.bank.BankStatementImported;
import fr.passnumerique.clearing.bank.BankStatusDisputed;
import fr.passnumerique.clearing.bookkeeping.Account;
import fr.passnumerique.clearing.bookkeeping.Entry;
import fr.passnumerique.clearing.bookkeeping.Postings;
import fr.passnumerique.clearing.bookkeeping.Stages;
import fr.passnumerique.clearing.calls.FundsCalled;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.clearing.ledger.LedgerRow;
import fr.passnumerique.clearing.ledger.RecordedFact;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.refund.RefundsOrdered;
import fr.passnumerique.clearing.reversal.DebitNoteIssued;
import fr.passnumerique.loadtest.model.Pot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the ledger's facts come to, read back from PostgreSQL as they are stored. */
final class Books {
  private static final int AT_ONCE = 1_000;

  private final Mutant mutant;
  private final Invariants invariants = new Invariants();
  private final Moments moments = new Moments();
  private final BankDays bankDays = new BankDays();
  private final Map<Pot, Long> pots = new HashMap<>();

  /** What has ever passed a stage; no pot of now, and none of the model's. */
  private final Map<Pot, Long> stages = new HashMap<>();

  private final List<RecordedFact> facts = new ArrayList<>();
  private final Map<String, RecordedFact> slips = new HashMap<>();
  private final List<String> unexplained = new ArrayList<>();
  private final List<String> disputes = new ArrayList<>();
  private final List<String> refused = new ArrayList<>();
  private final List<BankStatementImported> statements = new ArrayList<>();
  private final List<String> toldOtherwise = new ArrayList<>();
  private final Map<String, String> callReferences = new HashMap<>();
  private final Map<String, String> debitNoteReferences = new HashMap<>();
  private final Map<String, String> refundTransfers = new HashMap<>();
  private final Map<String, String> refundNames = new HashMap<>();
  private final Set<String> refundOrders = new HashSet<>();
  private String lastHash = "";

  Books(Mutant mutant) {
    this.mutant = mutant;
  }

  /** Reads on, and holds each new fact to what must hold of it alone. */
  void read(LedgerReader reader) {
    while (true) {
      List<LedgerRow> rows = reader.readRows(facts.size(), AT_ONCE);
      for (LedgerRow row : rows) {
        RecordedFact recorded = reader.recorded(row);
        facts.add(recorded);
        lastHash = HexFormat.of().formatHex(row.hash());
        post(recorded.fact());
        bankDays.fold(recorded);
        if (recorded.fact() instanceof SlipJudged slip) {
          slips.put(slip.venue() + " " + slip.reference(), recorded);
        }
        name(recorded.fact());
        moments.fold(recorded.fact());
        invariants.hold(recorded.fact());
      }
      if (rows.size() < AT_ONCE) {
        break;
      }
    }
    invariants.hold(pots);
    invariants.hold(pots, stages);
    bankDays.hold();
  }

  private void name(Fact fact) {
    switch (fact) {
      case BankEntryUnmatched f -> unexplained.add(f.entry().id());
      case BankStatusDisputed f -> disputes.add(f.dispute());
      case BankFileRefused f -> refused.add(f.file());
      case BankStatementImported f -> {
        if (statements.stream().anyMatch(f::contradicts)
            && statements.stream().noneMatch(one -> one.leadsTo(f) || f.leadsTo(one))) {
          toldOtherwise.add(f.statement());
        }
        statements.add(f);
      }
      case RefundsOrdered f -> {
        refundOrders.add(f.order().value());
        for (RefundsOrdered.Transfer one : f.transfers()) {
          String name = f.order() + "/" + one.creditNote();
          refundTransfers.put(name, one.transfer().value());
          refundNames.put(one.transfer().value(), name);
        }
      }
      case DebitNoteIssued f ->
          debitNoteReferences.put(f.debitNote().value(), f.reference().orElseThrow());
      case FundsCalled f -> callReferences.put(f.call().value(), f.reference());
      default -> {}
    }
  }

  /** What the engine calls the nth entry that it could not explain. */
  String unexplained(int number) {
    return nth(unexplained, number);
  }

  String dispute(int number) {
    return nth(disputes, number);
  }

  String toldOtherwise(int number) {
    return nth(toldOtherwise, number);
  }

  String refused(int number) {
    return nth(refused, number);
  }

  private static String nth(List<String> all, int number) {
    return number < 1 || number > all.size() ? "nothing" : all.get(number - 1);
  }

  /** What the engine calls a transfer: a refund has an identification of its own. */
  String transfer(String name) {
    return refundTransfers.getOrDefault(name, name);
  }

  /** What the model calls it. */
  String nameOf(String transfer) {
    return refundNames.getOrDefault(transfer, transfer);
  }

  boolean isRefundOrder(String name) {
    return refundOrders.contains(name);
  }

  /** What a call for funds is paid under. */
  String callReference(String call) {
    String reference = callReferences.get(call);
    if (reference == null) {
      throw new IllegalStateException("call %s was never made".formatted(call));
    }
    return reference;
  }

  /** What a debit note is paid under. */
  String debitNoteReference(String note) {
    String reference = debitNoteReferences.get(note);
    if (reference == null) {
      throw new IllegalStateException("debit note %s was never issued".formatted(note));
    }
    return reference;
  }

  private void post(Fact fact) {
    long sum = 0;
    for (Entry entry : mutant.postings(fact, Postings.of(fact))) {
      sum += entry.cents();
      Pot pot = pot(entry.account());
      long cents = pots.merge(pot, entry.cents(), Math::addExact);
      if (cents == 0) {
        pots.remove(pot);
      }
    }
    for (Entry entry : Stages.of(fact)) {
      stages.merge(pot(entry.account()), entry.cents(), Math::addExact);
    }
    if (sum != 0) {
      throw new Mismatch(
          Mismatch.Kind.INVARIANT, "the entries of %s sum to %d".formatted(fact, sum));
    }
  }

  static Pot pot(Account account) {
    return new Pot(
        account.kind().name(),
        account.programme(),
        account.agreement(),
        account.funder(),
        account.fundingDepartement(),
        account.venue(),
        account.spendingDepartement(),
        account.prescriber());
  }

  Map<Pot, Long> pots() {
    return pots;
  }

  /** From the first. */
  List<RecordedFact> facts() {
    return facts;
  }

  @Nullable RecordedFact slip(String venue, String reference) {
    return slips.get(venue + " " + reference);
  }

  Instant recordedAt() {
    return facts.isEmpty() ? Instant.EPOCH : facts.getLast().recordedAt();
  }

  String lastHash() {
    return lastHash;
  }

  Moments moments() {
    return moments;
  }
}
