package fr.passnumerique.loadtest.model;

import fr.passnumerique.loadtest.model.Account.Moved;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the bank told by a statement in whose place it told another, and tells nowhere now. */
final class ToldNoMore {
  private final World world;
  private final Ends ends;

  /** Of which something was undone. */
  private final List<Ends.Found> undone = new ArrayList<>();

  private int facts;

  ToldNoMore(World world) {
    this.world = world;
    ends = new Ends(world);
  }

  /**
   * A clerk says that the bank has corrected itself.
   *
   * @param number of the statement among those that say otherwise than one before
   * @return how many facts tell what is undone
   */
  int takeOut(int number) {
    Account account = world.account;
    String identity =
        account.tellings.stream()
            .filter(telling -> telling.otherwise == number)
            .findFirst()
            .orElseThrow()
            .identity;
    Set<String> told = new HashSet<>();
    Set<String> replaced = new LinkedHashSet<>();
    for (Account.Telling telling : account.tellings) {
      if (!telling.replaced) {
        // What counts on a day of others only they can tell.
        telling.keys.stream()
            .filter(key -> telling.covers(account.countedOn.get(bookingOf(key))))
            .forEach(told::add);
      } else if (telling.identity.equals(identity)) {
        replaced.addAll(telling.keys);
      }
    }
    for (String key : replaced) {
      int booking = bookingOf(key);
      if (told.contains(key) || !account.key(booking).equals(key)) {
        continue;
      }
      List<Moved> all = account.moved.remove(booking);
      if (all != null) {
        account.takenOut.merge(booking, 1, Integer::sum);
        all.forEach(moved -> undo(booking, moved));
      }
    }
    return facts;
  }

  private static int bookingOf(String key) {
    return Integer.parseInt(key.substring(0, key.indexOf('.')));
  }

  private void undo(int booking, Moved moved) {
    facts++;
    switch (moved) {
      case Moved.Open(var one) -> {
        world.account.remove(one.movement);
        one.explained = "told no more";
        one.gone = true;
      }
      case Moved.Receipt(var received, var on, var cents) -> {
        Funds.takeBack(received);
        world.account.byHand.values().stream()
            .filter(byHand -> byHand.received == received)
            .forEach(byHand -> byHand.gone = true);
        world.account.told.forEach(
            (reference, one) -> {
              if (one == received) {
                world.account.toldNoMore.put(reference, one);
              }
            });
        world.account.move(on, -cents);
      }
      case Moved.Debit(var transfer, var on, var valueOn, var cents) -> {
        Ends.Found found = undoable(transfer, "CONFIRMED");
        if (found != null && Ends.isStillOrdered(found) && !found.transfer().debitedAgain) {
          undone.add(found);
          ends.takeBackDebit(found, on);
        } else {
          leave(transfer, on, valueOn, cents);
        }
      }
      case Moved.Return(var transfer, var on, var valueOn, var cents) -> {
        Ends.Found found = undoable(transfer, "RETURNED");
        if (found != null && ends.canBeReinstated(found.transfer())) {
          undone.add(found);
          ends.stayPaid(found, on);
          facts++;
        } else {
          leave(transfer, on, valueOn, cents);
        }
      }
      case Moved.Asked(var name, var on, var valueOn, var cents) -> {
        Undue.Note note = Objects.requireNonNull(world.undue.notes.get(name));
        // The rest that a clerk recorded is known by its amount until the bank shows it.
        if (note.isPaid() && !note.proved || !note.takeBack(cents)) {
          Account.Unexplained left = leave("", on, valueOn, cents);
          left.note = name;
          left.of = booking;
        } else {
          note.forget(booking, on);
          world.account.move(on, -cents);
        }
      }
      case Moved.Other(var transfer, var on, var valueOn, var cents) ->
          leave(transfer, on, valueOn, cents);
    }
  }

  private Ends.@Nullable Found undoable(String transfer, String standing) {
    Ends.Found found = ends.find(transfer);
    return found != null
            && found.standing().equals(standing)
            && (standing.equals("RETURNED") || Ends.isUntouched(found))
            && undone.stream().noneMatch(other -> paysTheSame(found, other))
        ? found
        : null;
  }

  private static boolean paysTheSame(Ends.Found one, Ends.Found other) {
    if (one.transfer() instanceof Refunds.Refund refund) {
      return other.transfer() instanceof Refunds.Refund same && refund.note == same.note;
    }
    return one.transfer().lines.stream()
        .anyMatch(
            line -> other.transfer().lines.stream().anyMatch(own -> own.debt() == line.debt()));
  }

  /** Transfers that came back, by what statements that wait for a clerk do not tell. */
  record Returns(Account account) {
    boolean isInDoubt(String transfer) {
      return account.moved.entrySet().stream()
          .anyMatch(
              booking ->
                  booking.getValue().stream()
                      .anyMatch(
                          moved ->
                              moved instanceof Moved.Return(var name, var on, var _, var _)
                                  && name.equals(transfer)
                                  && isLeftOut(account.key(booking.getKey()), on)));
    }

    private boolean isLeftOut(String key, LocalDate bookedOn) {
      if (account.tellings.stream().anyMatch(one -> !one.replaced && one.keys.contains(key))) {
        return false;
      }
      // Told otherwise since, of which no clerk has said anything.
      boolean replaced =
          account.tellings.stream()
              .filter(one -> one.otherwise > 0)
              .filter(one -> !account.closed.containsKey("STATEMENT" + one.otherwise))
              .anyMatch(
                  one ->
                      account.tellings.stream()
                          .anyMatch(
                              before ->
                                  before.replaced
                                      && before.identity.equals(one.identity)
                                      && before.keys.contains(key)));
      // Or missing in the balance of its day, whatever a clerk has said.
      return replaced
          || account.tellings.stream()
              .filter(one -> account.isUnproven(one.to))
              .anyMatch(
                  one ->
                      one.replaced
                          ? one.keys.contains(key)
                          : !bookedOn.isBefore(one.from) && !bookedOn.isAfter(one.to));
    }
  }

  /** As much the other way is to be explained. */
  private Account.Unexplained leave(String transfer, LocalDate on, LocalDate valueOn, long cents) {
    Account.Unexplained left =
        new Account.Unexplained(-cents, on, valueOn, world.account.move(on, -cents));
    left.why = "TOLD_NO_MORE";
    left.part = true;
    left.transfer = transfer;
    world.account.unexplained.add(left);
    return left;
  }
}
