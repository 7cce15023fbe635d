package fr.passnumerique.loadtest.simulator;

import static fr.passnumerique.loadtest.simulator.Mutants.decider;
import static fr.passnumerique.loadtest.simulator.Mutants.decision;
import static fr.passnumerique.loadtest.simulator.Mutants.forgetting;
import static fr.passnumerique.loadtest.simulator.Mutants.posting;
import static fr.passnumerique.loadtest.simulator.Mutants.recording;
import static fr.passnumerique.loadtest.simulator.Mutants.register;

import fr.passnumerique.clearing.bank.BankEntriesOffset;
import fr.passnumerique.clearing.bank.BankEntryMatched;
import fr.passnumerique.clearing.bank.BankEntryProved;
import fr.passnumerique.clearing.bank.BankEntryTakenOut;
import fr.passnumerique.clearing.bank.BankEntryUnmatched;
import fr.passnumerique.clearing.bank.BankStatementImported;
import fr.passnumerique.clearing.bank.ImportBankFile;
import fr.passnumerique.clearing.bank.MatchBankEntry;
import fr.passnumerique.clearing.bank.entry.BankEntry;
import fr.passnumerique.clearing.bookkeeping.Account;
import fr.passnumerique.clearing.bookkeeping.AccountKind;
import fr.passnumerique.clearing.bookkeeping.Entry;
import fr.passnumerique.clearing.funding.FundsReceived;
import fr.passnumerique.clearing.funding.ReceiptTakenBack;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.settlement.TransferConfirmed;
import fr.passnumerique.clearing.settlement.TransferDebited;
import fr.passnumerique.clearing.settlement.TransferExecuted;
import fr.passnumerique.clearing.settlement.TransferReturned;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Bugs in what is made of the bank's files. */
final class BankMutants {
  private BankMutants() {}

  static List<Mutant> all() {
    return List.of(
        posting(
            "money that came back from a venue stays paid", TransferReturned.class, _ -> List.of()),
        posting(
            "the bank's word takes the money from the account",
            TransferExecuted.class,
            entries ->
                entries.stream()
                    .map(entry -> new Entry(debited(entry.account()), entry.cents()))
                    .toList()),
        register(
            "a booking that nobody explained is booked again",
            "BankRegister",
            BankEntryUnmatched.class,
            _ -> null),
        register(
            "a statement pays again what was notified",
            "BankRegister",
            TransferConfirmed.class,
            _ -> null),
        register(
            "the debit of an executed transfer is booked again",
            "BankRegister",
            TransferDebited.class,
            _ -> null),
        register(
            "a duplicate statement is imported",
            "BankRegister",
            BankStatementImported.class,
            _ -> null),
        register(
            "a closing balance that differs is passed over",
            "CoverRegister",
            BankStatementImported.class,
            f -> Altered.<BankStatementImported, LocalDate>with(f, "to", to -> to.plusDays(1))),
        register(
            "a receipt stays on the clerk's day",
            "CoverRegister",
            BankEntryProved.class,
            _ -> null),
        register(
            "cheques are activated while money is gone unexplained",
            "IssuanceRegister",
            BankEntryUnmatched.class,
            _ -> null),
        register(
            "what makes up for each other still blocks activation",
            "IssuanceRegister",
            BankEntriesOffset.class,
            _ -> null),
        decision(
            "a share that a clerk found is a cent short",
            MatchBankEntry.class,
            (_, right) ->
                recording(
                    right,
                    FundsReceived.class,
                    f -> Altered.<FundsReceived, Long>with(f, "amountCents", c -> c - 1))),
        decision(
            "a funder's payment is dated by its booking",
            ImportBankFile.class,
            (_, right) ->
                recording(
                    right,
                    FundsReceived.class,
                    f ->
                        Altered.<FundsReceived, LocalDate>with(
                            f, "valueDate", _ -> f.entry().orElseThrow().bookedOn()))),
        decision(
            "what a bank kept of a transfer is forgotten",
            MatchBankEntry.class,
            (_, right) -> withoutCharges(right)),
        register(
            "what a bank kept is a transfer's second debit",
            "BankRegister",
            BankEntryUnmatched.class,
            f ->
                f.why() == BankEntryUnmatched.Why.CHARGES
                    ? Altered.<BankEntryUnmatched, BankEntryUnmatched.Why>with(
                        f, "why", _ -> BankEntryUnmatched.Why.PAID_TWICE)
                    : f),
        register(
            "what the bank tells no more stays on the account",
            "CoverRegister",
            BankEntryTakenOut.class,
            _ -> null),
        decision(
            "what came back before its debit was told waits for ever",
            ImportBankFile.class,
            (_, right) -> withoutLateReturns(right)),
        register(
            "a receipt that a clerk took back is proved all the same",
            "BankRegister",
            ReceiptTakenBack.class,
            f -> f.entry().isPresent() ? f : null),
        register(
            "a call stays settled by a receipt that was taken back",
            "CallsRegister",
            ReceiptTakenBack.class,
            _ -> null),
        decision(
            "of several receipts that a credit proves one is left out",
            MatchBankEntry.class,
            (c, right) -> c.receipts().size() < 2 ? right : withoutTheLast(right)),
        decision(
            "a run that is debited in one sum leaves a transfer in transit",
            MatchBankEntry.class,
            (c, right) -> c.run().isEmpty() ? right : withoutTheLast(right)),
        decision(
            "what is booked outside the days of its statement counts there",
            ImportBankFile.class,
            (_, right) ->
                recording(
                    right,
                    FundsReceived.class,
                    f ->
                        Altered.<FundsReceived, Optional<BankEntry>>with(
                            f, "entry", entry -> entry.map(BankMutants::onTheBanksDay)))),
        register(
            "a booking that is told of other payments is known",
            "BankRegister",
            BankStatementImported.class,
            f -> Altered.<BankStatementImported, List<String>>with(f, "details", _ -> List.of())),
        decider(
            "what is notified for a day to come is cash",
            ImportBankFile.class,
            command -> command,
            at -> at.plus(Duration.ofDays(9)),
            (_, right) -> right),
        forgetting("two files at once book a payment twice", ImportBankFile.class, "", false));
  }

  private static <A> Decision<A> withoutCharges(Decision<A> right) {
    return right instanceof Decision.Accept<A>(var facts, var boundary, var answer)
        ? new Decision.Accept<>(
            facts.stream().filter(fact -> !(fact instanceof BankEntryUnmatched)).toList(),
            boundary,
            answer)
        : right;
  }

  private static BankEntry onTheBanksDay(BankEntry entry) {
    return Altered.<BankEntry, LocalDate>with(entry, "bookedOn", _ -> entry.writtenOn());
  }

  private static <A> Decision<A> withoutTheLast(Decision<A> right) {
    return right instanceof Decision.Accept<A>(var facts, var boundary, var answer)
        ? new Decision.Accept<>(facts.subList(0, facts.size() - 1), boundary, answer)
        : right;
  }

  private static <A> Decision<A> withoutLateReturns(Decision<A> right) {
    if (!(right instanceof Decision.Accept<A>(var facts, var boundary, var answer))) {
      return right;
    }
    Set<String> matched =
        facts.stream()
            .filter(fact -> fact instanceof BankEntryMatched f && f.cents() > 0)
            .map(fact -> ((BankEntryMatched) fact).entry().id())
            .collect(Collectors.toSet());
    return new Decision.Accept<>(
        facts.stream()
            .filter(fact -> !(fact instanceof BankEntryMatched f && f.cents() > 0))
            .filter(
                fact -> !(fact instanceof TransferReturned f && matched.contains(f.entry().id())))
            .toList(),
        boundary,
        answer);
  }

  private static Account debited(Account account) {
    return account.kind() == AccountKind.TRANSFER_EXECUTED
        ? new Account(
            AccountKind.BANK,
            account.programme(),
            account.agreement(),
            account.funder(),
            "",
            "",
            "",
            "")
        : account;
  }
}
