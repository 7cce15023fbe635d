package fr.passnumerique.loadtest.model;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** What is asked back of venues, and what goes back to those who paid it in. */
final class Recoveries {
  private final World world;

  Recoveries(World world) {
    this.world = world;
  }

  Told ask(Reversing.IssueDebitNote a, LocalDate today) {
    String id = "debit note " + a.note();
    Told known = world.known(id, a, "DEBIT_NOTE_ID_TAKEN");
    if (known != null) {
      return known;
    }
    LocalDate last = today.minusDays(Reversing.DEBIT_NOTE_DAYS);
    List<Undue.Line> lines = new ArrayList<>();
    for (Undue.Reversal reversal : world.undue.reversals.values()) {
      if (reversal.reversedOn == null
          || reversal.reversedOn.isAfter(last)
          || reversal.isContested()
          || !reversal.venue.equals(a.venue())) {
        continue;
      }
      for (Undue.Line line : reversal.lines) {
        if (line.recovery.equals("CLAIMED")
            && line.cheque.spent().isPaid()
            && line.cheque.batch.programme.equals(a.programme())) {
          lines.add(line);
        }
      }
    }
    if (lines.isEmpty()) {
      return Told.refused("NOTHING_TO_CLAIM");
    }
    lines.forEach(line -> line.recovery = "ON_DEBIT_NOTE");
    world.undue.notes.put(a.note(), new Undue.Note(a.venue(), a.programme(), today, lines));
    return world.record(id, a, "asks " + cents(lines));
  }

  Told pay(Reversing.PayDebitNote a, LocalDate today) {
    Undue.Note note = world.undue.notes.get(a.note());
    if (note == null) {
      return Told.refused("UNKNOWN_DEBIT_NOTE");
    }
    if (note.isPaid()) {
      Undue.Payment last = note.payments.getLast();
      return last.on().equals(a.paidOn())
          ? Told.again("paid " + last.cents())
          : Told.refused("DEBIT_NOTE_ID_TAKEN");
    }
    if (note.gone().contains(a.paidOn())) {
      return Told.refused("PAYMENT_TAKEN_BACK");
    }
    if (a.paidOn().isAfter(today) || a.paidOn().isBefore(note.issuedOn)) {
      return Told.refused("DATE_OUT_OF_RANGE");
    }
    long open = note.open();
    if (open == 0) {
      return Told.refused("NOTHING_TO_CLAIM");
    }
    if (world.account.hasCredit(a.note(), open)) {
      return Told.refused("CREDIT_UNEXPLAINED");
    }
    note.pay(open, a.paidOn(), world.account.move(a.paidOn(), open), 0);
    note.proved = false;
    return Told.done("paid " + open);
  }

  /** The note asks for as much again, if nothing of it has gone on. */
  Told takeBack(Reversing.TakeNotePaymentBack a) {
    Undue.Note note = world.undue.notes.get(a.note());
    if (note == null) {
      return Told.refused("UNKNOWN_DEBIT_NOTE");
    }
    String reason = note.takenBack.get(a.paidOn());
    if (reason != null) {
      return reason.equals(a.reason()) ? Told.again("") : Told.refused("PAYMENT_TAKEN_BACK");
    }
    Undue.Payment unshown = note.unshown();
    if (unshown == null || !unshown.on().equals(a.paidOn())) {
      if (note.payments.stream().anyMatch(one -> one.on().equals(a.paidOn()))) {
        return Told.refused("PAYMENT_SHOWN");
      }
      return Told.refused(
          note.toldNoMore.contains(a.paidOn()) ? "PAYMENT_TAKEN_BACK" : "UNKNOWN_PAYMENT");
    }
    if (!note.takeBack(unshown.cents())) {
      return Told.refused("PAYMENT_MOVED_ON");
    }
    note.payments.remove(unshown);
    note.takenBack.put(a.paidOn(), a.reason());
    note.proved = true;
    world.account.remove(unshown.movement());
    return Told.done("");
  }

  private static long cents(List<Undue.Line> lines) {
    return lines.stream().mapToLong(line -> line.cheque.batch.rules.faceValue()).sum();
  }

  /** Each owner with whom the operator agrees has a note for what nothing can take away again. */
  Told credit(Reversing.CreditRecovered a, LocalDate today) {
    Batch batch =
        world.batches.stream()
            .filter(one -> one.order.order().equals(a.order()))
            .findFirst()
            .orElse(null);
    if (batch == null) {
      return Told.refused("UNKNOWN_ORDER");
    }
    TreeMap<String, Long> credited = new TreeMap<>();
    TreeMap<String, Batch.Note> notes = new TreeMap<>();
    long waiting = 0;
    for (Cheque cheque : batch.cheques) {
      Undue.Line line = cheque.spent == null ? null : cheque.spent.reversed;
      if (line == null || !line.recovery.equals("DUE_BACK")) {
        waiting += line == null || !line.recovery.equals("ON_DEBIT_NOTE") ? 0 : line.paidBack;
        continue;
      }
      for (String funder : cheque.shares.keySet()) {
        String owner = cheque.cashOwner(funder);
        if (line.credited.containsKey(funder)) {
          continue;
        }
        long share = cheque.shares.getOrDefault(funder, 0L);
        if (isFinal(line, today)
            && !mayBePaid(cheque.spent())
            && batch.signatures.contains("STATEMENT ")
            && batch.signatures.contains("STATEMENT " + owner)) {
          long given = owner.equals(funder) ? 0 : giveBack(cheque, line, funder, notes, today);
          if (given > 0) {
            credited.merge(funder, given, Long::sum);
          }
          if (given < share) {
            notes.computeIfAbsent(owner, _ -> new Batch.Note(today));
            credited.merge(owner, share - given, Long::sum);
          }
          line.credited.put(funder, note(notes, given < share ? owner : funder));
        } else {
          waiting += share;
        }
      }
    }
    StringBuilder answer = new StringBuilder();
    credited.forEach(
        (owner, cents) -> {
          int number = 2;
          while (batch.notes.containsKey(owner + "~" + number)) {
            number++;
          }
          Batch.Note note = note(notes, owner);
          note.cents = cents;
          batch.notes.put(owner + "~" + number, note);
          answer.append(owner).append('~').append(number).append('=').append(cents).append(' ');
        });
    answer.append("waiting ").append(waiting);
    if (notes.isEmpty()) {
      return Told.again(answer.toString());
    }
    world.furtherFacts = notes.size() - 1;
    return Told.done(answer.toString());
  }

  /** It was reversed while nobody had paid it, and the bank may have done so all the same. */
  private boolean mayBePaid(Cheque.Spent spent) {
    return spent.gone && Payments.isDoubtedOfAnother(world, spent, null);
  }

  /** What the funder has repaid for uses that do not count any more, at most its share. */
  private long giveBack(
      Cheque cheque,
      Undue.Line line,
      String funder,
      TreeMap<String, Batch.Note> notes,
      LocalDate today) {
    World.Agreement agreement = world.agreement(cheque.batch.order.agreement());
    long given =
        Math.clamp(-world.owedOnUse(agreement, funder), 0, cheque.shares.getOrDefault(funder, 0L));
    if (given > 0) {
      Batch.Note own = notes.computeIfAbsent(funder, _ -> new Batch.Note(today));
      line.givenBack.put(funder, new Undue.GivenBack(given, own));
      agreement.repaid.merge(funder, -given, Long::sum);
    }
    return given;
  }

  private static Batch.Note note(TreeMap<String, Batch.Note> notes, String owner) {
    Batch.Note note = notes.get(owner);
    if (note == null) {
      throw new IllegalStateException("no note is issued to " + owner);
    }
    return note;
  }

  /** It can be contested no more, and no end of a transfer makes it claimed again. */
  static boolean isFinal(Undue.Line line, LocalDate today) {
    boolean beyondContest =
        line.reversal.state.equals("UPHELD")
            || line.reversal.state.equals("REVERSED")
                && line.reversal.contestUntil != null
                && today.isAfter(line.reversal.contestUntil);
    return beyondContest && (line.netting == null || line.netting.kept);
  }
}
