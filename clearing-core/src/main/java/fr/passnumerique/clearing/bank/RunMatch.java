package fr.passnumerique.clearing.bank;

import fr.passnumerique.clearing.bank.entry.BankEntry;
import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.Refusal;
import fr.passnumerique.clearing.money.Cents;
import fr.passnumerique.clearing.settlement.BankWord.Known;
import fr.passnumerique.clearing.settlement.SettlementRunId;
import fr.passnumerique.clearing.settlement.TransferId;
import fr.passnumerique.clearing.settlement.TransferWord;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A debit in one sum that a clerk says is a whole run's: banks book a file of transfers so (batch
 * booking), and some never tell its payments. Each transfer that waits for its debit is booked, as
 * a payment of the booking, if they come to the sum; else none is, since nobody can say which of
 * them the bank left out. The road not taken, an entry that pays a run and not its transfers, would
 * leave them in transit and a return of one unexplained.
 */
final class RunMatch {
  private final TransferWord word;
  private final TransferMatch transfers;

  RunMatch(TransferWord word, TransferMatch transfers) {
    this.word = word;
    this.transfers = transfers;
  }

  Decision<BankEntryMatched> end(MatchBankEntry c, BankEntryUnmatched entry, SettlementRunId run) {
    List<TransferId> all = word.transfersOf(run);
    if (all.isEmpty()) {
      return Decision.refuse(
          BankRefusal.UNKNOWN_RUN.because(
              "run",
              "no settlement run %s was released".formatted(run),
              "read the settlement runs for their names"));
    }
    List<Known> waiting = new ArrayList<>();
    long sum = 0;
    for (TransferId id : all) {
      Optional<Known> known = word.find(id.value()).filter(transfers::waitsForDebit);
      if (known.isPresent()) {
        waiting.add(known.get());
        sum = Math.addExact(sum, known.get().amountCents());
      }
    }
    if (waiting.isEmpty() || sum != -entry.cents()) {
      return Decision.refuse(differs(run, waiting.size(), sum, entry));
    }
    if (entry.entry().part().isPresent() && waiting.size() > 1) {
      return Decision.refuse(
          BankRefusal.RUN_DIFFERS.because(
              "run",
              "entry %s is one payment of a booking, and run %s waits for %d debits"
                  .formatted(c.entry(), run, waiting.size()),
              "name the transfer that it pays"));
    }
    BankEntryMatched matched =
        new BankEntryMatched(
            entry.entry(),
            entry.cents(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            c.by(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(run.value()));
    List<Fact> facts = new ArrayList<>(List.of(matched));
    for (int i = 0; i < waiting.size(); i++) {
      facts.addAll(transfers.debit(waiting.get(i), part(entry.entry(), i + 1, waiting.size())));
    }
    Set<String> looked = new HashSet<>(Set.of("bank", entry.entry().tag(), "run:" + run));
    // Only the bank's word has one of the others wait for its debit again.
    for (Known known : waiting) {
      looked.add("transfer:" + known.transfer());
      looked.addAll(word.reversalsOf(known.transfer()));
    }
    facts.forEach(fact -> looked.addAll(fact.tags()));
    return new Decision.Accept<>(facts, Boundary.of(looked), matched);
  }

  private static BankEntry part(BankEntry entry, int number, int of) {
    return of == 1
        ? entry
        : new BankEntry(
            entry.booking(),
            entry.reference(),
            entry.bookedOn(),
            entry.valueOn(),
            entry.bookedCents(),
            entry.endToEnd(),
            Optional.of(new BankEntry.Part(number, of, Optional.empty())),
            entry.toldOn());
  }

  private static Refusal differs(
      SettlementRunId run, int waiting, long sum, BankEntryUnmatched entry) {
    return BankRefusal.RUN_DIFFERS.because(
        "run",
        "transfers of run %s that wait for their debit: %d, of %s together; the entry is of %s, %s"
            .formatted(
                run,
                waiting,
                new Cents(sum).inEnglish(),
                new Cents(entry.cents()).inEnglish(),
                difference(sum, entry.cents())),
        "record first what else the bank said of them (rejectTransfer, confirmTransfer), or ask it"
            + " for the payments of the booking");
  }

  private static String difference(long sum, long cents) {
    if (cents > 0) {
      return "and a credit";
    }
    long more = -cents - sum;
    return new Cents(Math.abs(more)).inEnglish() + (more < 0 ? " less" : " more");
  }
}
