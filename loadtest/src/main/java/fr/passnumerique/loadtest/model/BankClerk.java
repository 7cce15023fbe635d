package fr.passnumerique.loadtest.model;

import fr.passnumerique.loadtest.model.World.Agreement;
import fr.passnumerique.loadtest.model.World.Transfer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a clerk makes of the bank's entries that nobody could explain, and of its contradictions.
 */
final class BankClerk {
  private final World world;
  private final Ends ends;
  private final Funds funds;
  private final Receipts receipts;

  BankClerk(World world) {
    this.world = world;
    receipts = new Receipts(world);
    ends = new Ends(world);
    funds = new Funds(world);
  }

  private Account.@Nullable Unexplained entry(int number) {
    List<Account.Unexplained> all = world.account.unexplained;
    return number < 1 || number > all.size() || all.get(number - 1).gone
        ? null
        : all.get(number - 1);
  }

  Told match(Action.MatchEntry a) {
    return explain(a.entry(), a, entry -> match(a, entry));
  }

  Told match(Banking.MatchReceipts a) {
    return explain(
        a.entry(),
        a,
        entry -> entry.cents < 0 ? "NOT_A_CREDIT" : receipts.prove(a.receipts(), entry));
  }

  /**
   * @param how tells what is wrong with it, or nothing
   */
  private Told explain(int number, Action a, Function<Account.Unexplained, String> how) {
    Account.Unexplained entry = entry(number);
    if (entry == null) {
      return Told.refused("UNKNOWN_ENTRY");
    }
    if (!entry.explained.isEmpty()) {
      return entry.explained.equals(a.toString())
          ? Told.again("")
          : Told.refused("ENTRY_ALREADY_MATCHED");
    }
    String wrong = how.apply(entry);
    if (!wrong.isEmpty()) {
      return Told.refused(wrong);
    }
    entry.explained = a.toString();
    return Told.done("");
  }

  private String match(Action.MatchEntry a, Account.Unexplained entry) {
    int given =
        (a.parts().isEmpty() ? 0 : 1)
            + (a.receipt().isEmpty() ? 0 : 1)
            + (a.transfer().isEmpty() ? 0 : 1)
            + (a.debitNote().isEmpty() ? 0 : 1)
            + (a.creditNote().isEmpty() ? 0 : 1);
    if (given != 1) {
      return "EXPLANATION_MISSING";
    }
    if (!a.transfer().isEmpty()) {
      return end(a.transfer(), entry, a.charges());
    }
    if (a.charges() != 0) {
      return "CHARGES_WITHOUT_TRANSFER";
    }
    if (!a.creditNote().isEmpty()) {
      return refund(a.creditNote(), entry);
    }
    if (!a.debitNote().isEmpty() && !entry.note.isEmpty()) {
      return takeBack(a.debitNote(), entry);
    }
    if (entry.cents < 0) {
      return "NOT_A_CREDIT";
    }
    if (!a.debitNote().isEmpty()) {
      return payBack(a.debitNote(), entry);
    }
    return a.receipt().isEmpty()
        ? divide(a.parts(), entry)
        : receipts.prove(List.of(a.receipt()), entry);
  }

  /** The bank shows what a clerk has said of a credit note. */
  private String refund(String name, Account.Unexplained entry) {
    Batch.@Nullable Note note = world.notes().get(name);
    if (note == null || note.byHand == null) {
      return "REFUND_NOT_RECORDED";
    }
    if (note.proved || note.byHand.cents != entry.cents) {
      return "REFUND_DIFFERS";
    }
    note.proved = true;
    note.byHand.on = entry.bookedOn;
    world.account.remove(entry.movement);
    world.account.explain(entry, other(entry));
    world.furtherFacts = 1;
    return "";
  }

  /** As much as it asks for, or less; or what a clerk has said of its last payment. */
  private String payBack(String name, Account.Unexplained entry) {
    Undue.Note note = world.undue.notes.get(name);
    if (note == null) {
      return "UNKNOWN_DEBIT_NOTE";
    }
    if (note.isPaid()) {
      Undue.Payment last = note.payments.getLast();
      if (note.proved) {
        return "DEBIT_NOTE_ALREADY_PAID";
      }
      if (last.cents() != entry.cents) {
        return "ABOVE_DEBIT_NOTE";
      }
      last.movement().on = entry.bookedOn;
    } else if (entry.cents > note.open()) {
      return "ABOVE_DEBIT_NOTE";
    } else {
      note.pay(
          entry.cents,
          entry.bookedOn,
          world.account.move(entry.bookedOn, entry.cents),
          entry.booking);
    }
    note.proved = true;
    world.account.remove(entry.movement);
    world.account.explain(
        entry, new Account.Moved.Asked(name, entry.bookedOn, entry.valueOn, entry.cents));
    world.furtherFacts = 1;
    return "";
  }

  /** What the bank tells no more of a payment that could not be undone then. */
  private String takeBack(String name, Account.Unexplained entry) {
    Undue.Note note = world.undue.notes.get(name);
    if (note == null) {
      return "UNKNOWN_DEBIT_NOTE";
    }
    if (!entry.note.equals(name)) {
      return "DEBIT_NOTE_DIFFERS";
    }
    if (!note.takeBack(-entry.cents)) {
      return "DEBIT_NOTE_PAYMENT_STANDS";
    }
    note.forget(entry.of, entry.bookedOn);
    world.furtherFacts = 1;
    return "";
  }

  private String divide(List<Action.Part> parts, Account.Unexplained entry) {
    long sum = 0;
    for (Action.Part part : parts) {
      Agreement agreement = world.agreements.get(part.agreement());
      if (agreement == null) {
        return "UNKNOWN_AGREEMENT";
      }
      if (!agreement.concerns(part.funder())) {
        return "FUNDER_NOT_IN_AGREEMENT";
      }
      if (part.cents() < 1 || part.cents() > entry.cents) {
        return "AMOUNT_OUT_OF_RANGE";
      }
      sum += part.cents();
    }
    if (sum != entry.cents) {
      return "PARTS_DO_NOT_SUM";
    }
    List<Account.Moved> receipts = new ArrayList<>();
    for (Action.Part part : parts) {
      receipts.add(
          new Account.Moved.Receipt(
              funds.receive(world.agreement(part.agreement()), part.funder(), part.cents(), ""),
              entry.bookedOn,
              part.cents()));
    }
    world.account.explain(entry, receipts.toArray(Account.Moved[]::new));
    world.furtherFacts = parts.size();
    return "";
  }

  /**
   * As it would have ended if the bank had named it. What a bank kept is paid by nobody: the payee
   * is paid, or owed, all, and the operator pays in what is gone.
   */
  private String end(String name, Account.Unexplained entry, long charges) {
    Ends.Found found = ends.find(name);
    if (found == null) {
      return "UNKNOWN_TRANSFER";
    }
    if (charges < 0) {
      return "AMOUNT_OUT_OF_RANGE";
    }
    String wrong = end(found, entry, charges);
    if (wrong.isEmpty() && charges > 0) {
      Account.Unexplained kept =
          new Account.Unexplained(
              -charges,
              entry.bookedOn,
              entry.valueOn,
              world.account.move(entry.bookedOn, -charges));
      kept.why = "CHARGES";
      kept.part = true;
      kept.transfer = name;
      kept.booking = world.account.moved.containsKey(entry.booking) ? entry.booking : 0;
      world.account.unexplained.add(kept);
      world.account.moved(kept.booking, new Account.Moved.Open(kept));
      world.furtherFacts++;
    }
    return wrong;
  }

  private String end(Ends.Found found, Account.Unexplained entry, long charges) {
    Transfer transfer = found.transfer();
    String standing = found.standing();
    if (standing.equals("UNSENT")
        || entry.cents + charges != (entry.cents > 0 ? transfer.cents() : -transfer.cents())) {
      return "TRANSFER_DIFFERS";
    }
    world.furtherFacts = 1;
    if (entry.cents > 0) {
      if (!standing.equals("CONFIRMED")) {
        return "TRANSFER_DIFFERS";
      }
      if (entry.why.equals("TOLD_NO_MORE")) {
        ends.haveBack(found, entry.bookedOn);
      } else {
        ends.comeBack(found, entry.bookedOn);
      }
      world.account.remove(entry.movement);
      world.account.explain(
          entry,
          new Account.Moved.Return(transfer.name, entry.bookedOn, entry.valueOn, transfer.cents()));
      return "";
    }
    if (waitsForDebit(found)) {
      debit(found, entry.bookedOn);
    } else if (standing.equals("RETURNED")
        && !transfer.debited
        && !entry.why.equals("TOLD_NO_MORE")) {
      Objects.requireNonNull(transfer.movement).on = entry.bookedOn;
    } else if ((standing.equals("REJECTED")
            || standing.equals("RETURNED") && transfer.debited && !entry.why.equals("TOLD_NO_MORE"))
        && ends.canBeReinstated(transfer)) {
      transfer.debitedAgain |= standing.equals("RETURNED");
      ends.reinstate(found);
      ends.confirm(found, entry.bookedOn);
      world.furtherFacts = 2;
    } else if (standing.equals("RETURNED")
        // What its return left that the bank tells no more.
        && entry.why.equals("TOLD_NO_MORE")
        && entry.transfer.equals(transfer.name)
        && ends.canBeReinstated(transfer)) {
      ends.stayPaid(found, entry.bookedOn);
      world.furtherFacts = 2;
    } else {
      return "TRANSFER_DIFFERS";
    }
    transfer.debited = true;
    world.account.remove(entry.movement);
    world.account.explain(entry, debitOf(transfer, entry));
    return "";
  }

  /** Whether the bank may still debit it: paid by a clerk's word or by a status, or not yet. */
  static boolean waitsForDebit(Ends.Found found) {
    return switch (found.standing()) {
      case "ORDERED", "EXECUTED" -> true;
      case "CONFIRMED" -> !found.transfer().debited;
      default -> false;
    };
  }

  private void debit(Ends.Found found, LocalDate bookedOn) {
    switch (found.standing()) {
      case "ORDERED" -> ends.confirm(found, bookedOn);
      case "EXECUTED" -> ends.debit(found, bookedOn);
      default -> Objects.requireNonNull(found.transfer().movement).on = bookedOn;
    }
    found.transfer().debited = true;
  }

  private static Account.Moved debitOf(Transfer transfer, Account.Unexplained entry) {
    return new Account.Moved.Debit(transfer.name, entry.bookedOn, entry.valueOn, -transfer.cents());
  }

  Told match(Banking.MatchRun a) {
    return explain(a.entry(), a, entry -> pay(a.run(), entry));
  }

  /** All of a run that waits for its debit, or nothing of it. */
  private String pay(String name, Account.Unexplained entry) {
    World.Run run = world.runs.get(name);
    if (run == null || run.releasedOn == null || run.cancelled || run.transfers.isEmpty()) {
      return "UNKNOWN_RUN";
    }
    List<Ends.Found> waiting =
        run.transfers.stream()
            .map(transfer -> new Ends.Found(name, run, transfer))
            .filter(BankClerk::waitsForDebit)
            .toList();
    long sum = waiting.stream().mapToLong(found -> found.transfer().cents()).sum();
    if (waiting.isEmpty() || sum != -entry.cents || entry.part && waiting.size() > 1) {
      return "RUN_DIFFERS";
    }
    world.account.remove(entry.movement);
    waiting.forEach(found -> debit(found, entry.bookedOn));
    world.account.paymentsFound.put(entry.booking, waiting.size());
    world.account.explain(
        entry,
        waiting.stream()
            .map(found -> debitOf(found.transfer(), entry))
            .toArray(Account.Moved[]::new));
    world.furtherFacts = waiting.size();
    return "";
  }

  private static Account.Moved other(Account.Unexplained entry) {
    return new Account.Moved.Other("", entry.bookedOn, entry.valueOn, entry.cents);
  }

  Told offset(Action.OffsetEntries a) {
    Account.Unexplained one = entry(a.entry());
    Account.Unexplained other = entry(a.against());
    if (one == null) {
      return Told.refused("UNKNOWN_ENTRY");
    }
    if (!one.explained.isEmpty()) {
      boolean same = one.offset > 0 && (a.against() == one.offset || a.against() == a.entry());
      return same ? Told.again("") : Told.refused("ENTRY_ALREADY_MATCHED");
    }
    if (other == null || !other.explained.isEmpty()) {
      return Told.refused("UNKNOWN_ENTRY");
    }
    if (one.cents + other.cents != 0) {
      return Told.refused("ENTRIES_DO_NOT_OFFSET");
    }
    one.explained = "offset";
    one.offset = a.against();
    other.explained = "offset";
    other.offset = a.entry();
    world.account.explain(one, other(one));
    world.account.explain(other, other(other));
    return Told.done("");
  }

  Told close(Action.CloseException a) {
    if (a.kind().equals("ENTRY")) {
      Account.Unexplained entry = entry(a.number());
      return Told.refused(
          entry == null || !entry.explained.isEmpty()
              ? "UNKNOWN_EXCEPTION"
              : "EXCEPTION_IS_AN_ENTRY");
    }
    int size =
        switch (a.kind()) {
          case "FILE" -> world.account.refused.size();
          case "STATEMENT" -> world.account.toldOtherwise;
          default -> world.account.disputes.size();
        };
    if (a.number() < 1 || a.number() > size) {
      return Told.refused("UNKNOWN_EXCEPTION");
    }
    String closed = world.account.closed.putIfAbsent(a.kind() + a.number(), a.reason());
    if (closed == null) {
      if (a.kind().equals("STATEMENT") && a.reason().equals("CORRECTED_BY_BANK")) {
        world.furtherFacts = new ToldNoMore(world).takeOut(a.number());
      }
      return Told.done("");
    }
    return closed.equals(a.reason()) ? Told.again("") : Told.refused("EXCEPTION_ALREADY_CLOSED");
  }
}
