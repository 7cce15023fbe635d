package fr.passnumerique.loadtest.model;

import fr.passnumerique.loadtest.model.World.Agreement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a clerk does with what the bank said and nobody could explain. */
final class BankClerkStory {
  private final World world;
  private final Dice dice;
  private final BankStory bank;

  BankClerkStory(World world, Dice dice, BankStory bank) {
    this.world = world;
    this.dice = dice;
    this.bank = bank;
  }

  /** Whether the bank took what nobody has explained: no cheque is activated while it did. */
  boolean isTaken() {
    return world.account.taken() > 0;
  }

  /** Whether something came that may pay a debit note. */
  boolean isAskedBack() {
    return open().stream()
        .map(number -> world.account.unexplained.get(number - 1))
        .anyMatch(
            entry ->
                world.undue.notes.entrySet().stream()
                    .anyMatch(
                        note ->
                            entry.transfer.equals(note.getKey())
                                && note.getValue().open() >= entry.cents));
  }

  Action clerk() {
    List<Integer> open = open();
    if (open.isEmpty() || dice.percent(12)) {
      return dice.percent(65) ? close() : new Action.OffsetEntries(dice.below(4), dice.below(4));
    }
    int number = dice.of(open);
    Account.Unexplained entry = world.account.unexplained.get(number - 1);
    for (int other : open) {
      Account.Unexplained against = world.account.unexplained.get(other - 1);
      if (against.cents + entry.cents == 0 && dice.percent(80)) {
        return new Action.OffsetEntries(number, other);
      }
    }
    @Nullable Action charges = charges(number, entry);
    if (charges != null && dice.percent(80)) {
      return charges;
    }
    @Nullable Action note = note(number, entry);
    if (note != null && dice.percent(75)) {
      return note;
    }
    if (entry.cents < 0 && dice.percent(60)) {
      return bank.makeUp(entry.cents);
    }
    @Nullable Action match = match(number, entry);
    return match == null ? close() : match;
  }

  private List<Integer> open() {
    List<Integer> open = new ArrayList<>();
    for (int i = 0; i < world.account.unexplained.size(); i++) {
      if (world.account.unexplained.get(i).explained.isEmpty()) {
        open.add(i + 1);
      }
    }
    return open;
  }

  /** The transfer that it names, of which a bank kept something; null if that cannot be. */
  @Nullable Action charges(int number, Account.Unexplained entry) {
    Ends.Found found = new Ends(world).find(entry.transfer);
    if (found == null || !entry.why.equals("AMOUNT_DIFFERS")) {
      return null;
    }
    long amount = found.transfer().cents();
    long kept = (entry.cents > 0 ? amount : -amount) - entry.cents;
    return kept < 1 && dice.percent(80)
        ? null
        : new Action.MatchEntry(
            number,
            List.of(),
            "",
            dice.percent(97) ? entry.transfer : "",
            dice.percent(97) ? "" : "debit-note-0",
            "",
            dice.percent(94) ? kept : kept + dice.of(-1, 1));
  }

  /** A note that it may pay or refund; null if there is none. */
  private @Nullable Action note(int number, Account.Unexplained entry) {
    List<String> names = new ArrayList<>();
    if (entry.cents > 0) {
      world.undue.notes.forEach(
          (name, note) -> {
            boolean named = entry.transfer.equals(name);
            boolean fits =
                note.isPaid()
                    ? !note.proved && note.payments.getLast().cents() == entry.cents
                    : note.open() >= entry.cents;
            if (named || fits) {
              names.add(name);
            }
          });
      return names.isEmpty()
          ? null
          : new Action.MatchEntry(number, List.of(), "", "", dice.of(names), "");
    }
    if (!entry.note.isEmpty() && dice.percent(70)) {
      String name =
          dice.percent(95) ? entry.note : dice.of(List.copyOf(world.undue.notes.keySet()));
      return new Action.MatchEntry(number, List.of(), "", "", name, "");
    }
    world
        .notes()
        .forEach(
            (name, note) -> {
              if (note.byHand != null && note.byHand.cents == entry.cents) {
                names.add(name);
              }
            });
    return names.isEmpty()
        ? null
        : new Action.MatchEntry(number, List.of(), "", "", "", dice.of(names));
  }

  private @Nullable Action match(int number, Account.Unexplained entry) {
    List<Ends.Found> same =
        BankStory.transfers(world, "ORDERED", "EXECUTED", "CONFIRMED", "REJECTED").stream()
            .filter(found -> found.transfer().cents() == Math.abs(entry.cents))
            .toList();
    if (dice.percent(2)) {
      return new Action.MatchEntry(
          number, List.of(), "", "", dice.of("", "debit-note-0"), "none", dice.of(0, 0, 90));
    }
    if (!same.isEmpty() && dice.percent(70)) {
      return new Action.MatchEntry(number, List.of(), "", dice.of(same).transfer().name);
    }
    List<Account.ByHand> alike =
        world.account.byHand.values().stream()
            .filter(one -> one.receipt.cents() == entry.cents)
            .toList();
    if (!alike.isEmpty() && dice.percent(50)) {
      return new Action.MatchEntry(number, List.of(), dice.of(alike).receipt.receipt(), "");
    }
    if (world.agreements.isEmpty()) {
      return null;
    }
    if (dice.percent(6)) {
      return new Action.MatchEntry(number, List.of(), dice.of("", "receipt-0"), dice.of("", "t"));
    }
    List<Action.Part> parts = new ArrayList<>();
    long left = entry.cents;
    for (int more = dice.of(0, 0, 1); more > 0 && left > 2; more--) {
      parts.add(part(left / 3));
      left -= left / 3;
    }
    parts.add(part(left + (dice.percent(93) ? 0 : dice.of(-1, 1))));
    return new Action.MatchEntry(number, parts, "", "");
  }

  private Action.Part part(long cents) {
    Agreement agreement = dice.of(List.copyOf(world.agreements.values()));
    String funder =
        dice.percent(95)
            ? dice.of(agreement.shares().toList()).cashOwner()
            : dice.of(List.copyOf(world.funders));
    return new Action.Part(
        dice.percent(98) ? agreement.signed.agreement() : "agreement-0", funder, cents);
  }

  private Action close() {
    for (int number = 1; number <= world.account.toldOtherwise; number++) {
      if (!world.account.closed.containsKey("STATEMENT" + number) && dice.percent(60)) {
        return new Action.CloseException("STATEMENT", number, "CORRECTED_BY_BANK");
      }
    }
    String kind = dice.of("DISPUTE", "DISPUTE", "STATEMENT", "FILE", "ENTRY");
    int size =
        switch (kind) {
          case "DISPUTE" -> world.account.disputes.size();
          case "FILE" -> world.account.refused.size();
          case "STATEMENT" -> world.account.toldOtherwise;
          default -> world.account.unexplained.size();
        };
    return new Action.CloseException(
        kind, dice.between(1, size + 1), dice.of("NOTHING_TO_DO", "NOTHING_TO_DO", "OTHER"));
  }
}
