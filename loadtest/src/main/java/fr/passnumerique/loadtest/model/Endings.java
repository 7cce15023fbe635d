package fr.passnumerique.loadtest.model;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The end of an order: expired, signed by both sides, credited and refunded. */
final class Endings {
  private static final List<String> STEPS = List.of("APPROVAL", "ACKNOWLEDGEMENT", "STATEMENT");

  private final World world;

  Endings(World world) {
    this.world = world;
  }

  private @Nullable Batch of(String order) {
    return world.batches.stream()
        .filter(batch -> batch.order.order().equals(order))
        .findFirst()
        .orElse(null);
  }

  Told expire(Action.ExpireOrder a, Instant receivedAt) {
    Batch batch = of(a.order());
    if (batch == null) {
      return Told.refused("UNKNOWN_ORDER");
    }
    if (batch.expired) {
      return Told.again("");
    }
    // A minute for slips of the last second that are still on their way.
    if (receivedAt.isBefore(World.startOf(batch.over().plusDays(1)).plusSeconds(60))) {
      return Told.refused("STEP_TOO_EARLY");
    }
    batch.expired = true;
    return Told.done("");
  }

  Told sign(Action.SignExpiry a, LocalDate today) {
    Batch batch = of(a.order());
    if (batch == null) {
      return Told.refused("UNKNOWN_ORDER");
    }
    if (!a.funder().isEmpty() && !parties(batch).contains(a.funder())) {
      return Told.refused("FUNDER_NOT_IN_ORDER");
    }
    if (batch.signatures.contains(a.step() + " " + a.funder())) {
      return Told.again("");
    }
    boolean statement = a.step().equals("STATEMENT");
    if (!STEPS.contains(a.step()) || !statement && a.funder().isEmpty()) {
      return Told.refused("STEP_NOT_SIGNED");
    }
    if (today.isBefore(from(batch, a.step()))) {
      return Told.refused("STEP_TOO_EARLY");
    }
    if (statement && !batch.expired) {
      return Told.refused("NOT_YET_EXPIRED");
    }
    batch.signatures.add(a.step() + " " + a.funder());
    if (a.step().equals("APPROVAL")) {
      batch.approvedOn.put(a.funder(), today);
    }
    if (statement) {
      credit(batch, today);
    }
    return Told.done("");
  }

  private static LocalDate from(Batch batch, String step) {
    return switch (step) {
      case "APPROVAL" -> batch.order.endsOn().minusDays(15);
      case "ACKNOWLEDGEMENT" -> batch.order.endsOn().minusDays(7);
      default -> batch.over().plusDays(7);
    };
  }

  private static Set<String> parties(Batch batch) {
    Set<String> parties = new TreeSet<>();
    for (Cheque cheque : batch.cheques) {
      for (String funder : cheque.shares.keySet()) {
        parties.add(funder);
        parties.add(cheque.cashOwner(funder));
      }
    }
    return parties;
  }

  /** A note to each owner of expired cash with whom the operator agrees; each is a fact more. */
  private void credit(Batch batch, LocalDate today) {
    Set<String> owners = new TreeSet<>();
    for (Cheque cheque : batch.cheques) {
      if (cheque.endsUnused() && cheque.activated) {
        cheque.shares.keySet().forEach(funder -> owners.add(cheque.cashOwner(funder)));
      }
    }
    for (String owner : owners) {
      if (batch.signatures.contains("STATEMENT ")
          && batch.signatures.contains("STATEMENT " + owner)
          && batch.agreed.add(owner)) {
        giveBack(batch, owner, today);
        if (dueBack(batch, owner) > 0) {
          batch.notes.put(owner, new Batch.Note(today));
          world.furtherFacts++;
        }
      }
    }
  }

  /** Of what comes back to who advanced it, the funder has what it had repaid for nothing. */
  private void giveBack(Batch batch, String owner, LocalDate today) {
    World.Agreement agreement = world.agreement(batch.order.agreement());
    for (Action.Share share : batch.terms.key) {
      String funder = share.funder();
      long given =
          share.preFinancier().equals(owner)
              ? Math.min(
                  overpaid(world, agreement, funder),
                  unused(batch).mapToLong(cheque -> cheque.advanced(funder)).sum())
              : 0;
      if (given > 0) {
        Batch.Note own = new Batch.Note(today);
        own.cents = given;
        batch.notes.put(funder, own);
        batch.givenBack.put(funder, new Undue.GivenBack(given, own));
        agreement.repaid.merge(funder, -given, Long::sum);
        world.furtherFacts++;
      }
    }
  }

  /** What a funder has repaid for slips that were withdrawn: a reversed line gives back its own. */
  static long overpaid(World world, World.Agreement agreement, String funder) {
    long withLines =
        world
            .chequesOf(agreement.signed.agreement())
            .filter(cheque -> cheque.spent != null && cheque.spent.isVoid())
            .filter(cheque -> !cheque.spent().isCredited(funder))
            .mapToLong(cheque -> cheque.advanced(funder))
            .sum();
    return Math.max(0, -world.owedOnUse(agreement, funder) - withLines);
  }

  private static Stream<Cheque> unused(Batch batch) {
    return batch.cheques.stream().filter(cheque -> cheque.endsUnused() && cheque.activated);
  }

  private static long dueBack(Batch batch, String owner) {
    long given =
        batch.terms.key.stream()
            .filter(share -> share.preFinancier().equals(owner))
            .map(share -> batch.givenBack.get(share.funder()))
            .filter(Objects::nonNull)
            .mapToLong(Undue.GivenBack::cents)
            .sum();
    return unused(batch).mapToLong(cheque -> cheque.of(owner)).sum() - given;
  }

  /** What is to be given back by a note. */
  long cents(String order, String owner, Batch.Note note) {
    Batch batch = note.cents == 0 ? of(order) : null;
    return batch == null ? note.cents : dueBack(batch, owner);
  }

  Told refund(Action.RefundNote a, LocalDate today) {
    Batch.Note note = world.note(a.order(), a.owner());
    if (note == null) {
      return Told.refused("UNKNOWN_CREDIT_NOTE");
    }
    if (note.refundedOn != null) {
      return note.refundedOn.equals(a.bookedOn())
          ? Told.again("")
          : Told.refused("CREDIT_NOTE_ALREADY_REFUNDED");
    }
    Ends ends = new Ends(world);
    Ends.Found found = note.holder == null ? null : ends.find(note.holder.name);
    // What was in no cheque may have gone back before anybody noted it.
    LocalDate first = a.owner().startsWith("~") ? a.bookedOn() : note.issuedOn;
    if (found != null) {
      LocalDate releasedOn = found.of().releasedOn;
      if (releasedOn == null) {
        return Told.refused("REFUND_ORDERED");
      }
      if (!found.of().handedOut) {
        return Told.refused("FILE_NEVER_HANDED_OUT");
      }
      first = releasedOn;
    }
    if (a.bookedOn().isBefore(first) || a.bookedOn().isAfter(today)) {
      return Told.refused("BOOKED_ON_OUT_OF_RANGE");
    }
    if (found != null && world.account.hasDebit(found.transfer().name)) {
      return Told.refused("DEBIT_UNEXPLAINED");
    }
    if (found != null) {
      // A clerk says that the bank has booked it, which a statement proves later.
      ends.confirm(found, a.bookedOn());
      return Told.done("");
    }
    note.refundedOn = a.bookedOn();
    note.byHand = world.account.move(a.bookedOn(), -cents(a.order(), a.owner(), note));
    return Told.done("");
  }
}
