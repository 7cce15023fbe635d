package fr.passnumerique.loadtest.model;

import java.util.HashMap;
import java.util.Map;

/** Counts what lies where, from where each cheque stands; nothing is carried over. */
final class Pots {
  private final Map<Pot, Long> cents = new HashMap<>();

  private Pots() {}

  /** Debits positive, credits negative; empty pots are left out. */
  static Map<Pot, Long> of(World world) {
    Pots pots = new Pots();
    world.agreements.values().forEach(pots::count);
    world.cheques().forEach(pots::count);
    world.batches.forEach(pots::count);
    world.givenBack.values().forEach(one -> pots.count(world, one));
    world.account.unexplained.forEach(pots::count);
    pots.cents.values().removeIf(sum -> sum == 0);
    return pots.cents;
  }

  private void count(World.Agreement agreement) {
    String programme = agreement.signed.programme();
    String name = agreement.signed.agreement();
    agreement.cash.forEach(
        (owner, sum) -> {
          add(cash("BANK", programme, name, owner), sum);
          add(cash("FUNDER_CREDIT", programme, name, owner), -sum);
        });
    agreement.repaid.forEach(
        (funder, sum) -> {
          add(cash("ON_USE_CLAIM", programme, name, funder), -sum);
          add(cash("ON_USE_ADVANCE", programme, name, agreement.preFinancierOf(funder)), sum);
        });
  }

  /** What of the statement is its funder's, out of the cash of who advanced it. */
  private void count(Batch batch) {
    batch.givenBack.forEach(
        (funder, given) -> {
          String owner = batch.terms.shareOf(funder).cashOwner();
          String agreement = batch.order.agreement();
          Pot dueBack =
              new Pot(
                  "DUE_BACK",
                  batch.programme,
                  agreement,
                  owner,
                  batch.order.departement(),
                  "",
                  "",
                  "");
          Pot cash = cash("BANK", batch.programme, agreement, owner);
          Batch.Note rest = batch.notes.get(owner);
          add(rest != null && rest.refundedOn != null ? cash : dueBack, given.cents());
          add(cash, -given.cents());
          add(under(funder, cash), given.cents());
          add(under(funder, given.note().refundedOn == null ? dueBack : cash), -given.cents());
        });
  }

  private void count(World world, GivingBack.GivenBack one) {
    if (!one.note.cancelled && one.note.refundedOn == null) {
      String agreement = one.made.agreement();
      String programme = world.agreement(agreement).signed.programme();
      add(cash("BANK", programme, agreement, one.made.funder()), one.made.cents());
      add(cash("TO_GIVE_BACK", programme, agreement, one.made.funder()), -one.made.cents());
    }
  }

  private void count(Account.Unexplained one) {
    if (one.stands()) {
      add(cash("BANK", "", "", ""), one.cents);
      add(cash("UNMATCHED", "", "", ""), -one.cents);
    }
  }

  private void count(Cheque cheque) {
    cheque.shares.forEach((funder, share) -> count(cheque, funder, share));
  }

  private void count(Cheque cheque, String funder, long share) {
    String agreement = cheque.batch.order.agreement();
    String programme = cheque.batch.programme;
    String owner = cheque.cashOwner(funder);
    Pot cash = cash("BANK", programme, agreement, owner);
    Pot title =
        new Pot(
            "TITLES_ISSUED",
            programme,
            agreement,
            funder,
            cheque.batch.order.departement(),
            "",
            "",
            "");
    add(title, -share);
    if (cheque.activated && !cheque.setAsideBefore) {
      add(of(cash, "FUNDER_CREDIT"), share);
    }
    Cheque.Spent spent = cheque.spent;
    if (spent != null) {
      Pot at =
          new Pot(
              "TITLES_REDEEMED",
              programme,
              agreement,
              funder,
              title.fundingDepartement(),
              spent.venue,
              spent.departement,
              "");
      Undue.Line reversed = spent.reversed;
      if (spent.isVoid()) {
        add(of(title, "TITLES_VOID"), share);
      } else {
        long paid = spent.titlePaid(share, reversed == null ? 0 : reversed.owedAgain(funder));
        add(of(at, "TITLES_PAID"), paid);
        add(at, share - paid);
      }
      if (spent.waived) {
        comeBack(cheque, owner, share, cash, under(owner, of(title, "DUE_BACK")));
        return;
      }
      owe(spent, share, cash, under(owner, at));
      if (reversed != null) {
        count(reversed, funder, share, cash, under(owner, at));
      }
      if (!owner.equals(funder) && cheque.isUsed()) {
        add(cash("ON_USE_CLAIM", programme, agreement, funder), share);
        add(cash("ON_USE_ADVANCE", programme, agreement, owner), -share);
      }
      return;
    }
    if (cheque.replaced) {
      add(of(title, "TITLES_REPLACED"), share);
      return;
    }
    if (cheque.opposed || cheque.isExpired()) {
      add(of(title, cheque.opposed ? "TITLES_OPPOSED" : "TITLES_EXPIRED"), share);
      comeBack(cheque, owner, share, cash, under(owner, of(title, "DUE_BACK")));
      return;
    }
    if (cheque.activated) {
      add(under(owner, of(title, "CHEQUES_OUTSTANDING")), -share);
    }
    if (cheque.handedOutOn != null) {
      add(of(title, "TITLES_HANDED_OUT"), share);
    } else if (cheque.prescriber != null) {
      add(
          new Pot(
              "TITLES_AT_PRESCRIBER",
              programme,
              agreement,
              funder,
              title.fundingDepartement(),
              "",
              "",
              cheque.prescriber),
          share);
    } else {
      add(of(title, "TITLES_IN_STOCK"), share);
    }
  }

  /** Due back to its owner, or refunded by the order's note. */
  private void comeBack(Cheque cheque, String owner, long share, Pot cash, Pot dueBack) {
    Batch.Note note = cheque.batch.notes.get(owner);
    if (cheque.activated) {
      add(note != null && note.refundedOn != null ? cash : dueBack, -share);
    }
  }

  private void owe(Cheque.Debt debt, long share, Pot cash, Pot at) {
    if (debt.paid || debt.isNetted()) {
      add(cash, -share);
    } else if (debt.executed) {
      add(of(at, "TRANSFER_EXECUTED"), -share);
    } else if (!debt.gone) {
      add(of(at, debt.transfer == null ? "VENUE_PAYABLE" : "TRANSFER_IN_TRANSIT"), -share);
    }
  }

  /** What the venue owes back, and what came back. */
  private void count(Undue.Line line, String funder, long share, Pot cash, Pot at) {
    String owner = at.funder();
    long back = line.paidBack(funder);
    Pot title =
        new Pot("", at.programme(), at.agreement(), owner, at.fundingDepartement(), "", "", "");
    add(cash, line.recovered ? share : back);
    long untitled = line.untitled(funder);
    add(of(at, "RECEIVABLE_IF_PAID"), untitled);
    add(of(at, "VENUE_RECEIVABLE"), -untitled);
    switch (line.recovery) {
      case "DUE_BACK" -> {
        Undue.GivenBack own = line.givenBack.get(funder);
        long given = own == null ? 0 : own.cents();
        Batch.Note note = line.credited.get(funder);
        boolean refunded = note != null && note.refundedOn != null;
        add(refunded ? cash : of(title, "DUE_BACK"), given - share);
        if (own != null) {
          add(cash, -given);
          add(under(funder, cash), given);
          add(
              under(
                  funder, own.note().refundedOn == null ? of(title, "DUE_BACK") : of(cash, "BANK")),
              -given);
        }
      }
      case "CLAIMED", "BEING_NETTED", "ON_DEBIT_NOTE" -> {
        add(of(at, "VENUE_RECEIVABLE"), share - back);
        add(of(title, "TO_RECOVER"), back - share);
        add(of(title, "DUE_BACK"), -back);
      }
      case "OWED_AGAIN", "FORGIVEN" -> {
        if (line.again != null) {
          owe(line.again, line.owedAgain(funder), cash, at);
        }
      }
      default -> {}
    }
  }

  private static Pot cash(String kind, String programme, String agreement, String funder) {
    return new Pot(kind, programme, agreement, funder, "", "", "", "");
  }

  private static Pot under(String owner, Pot pot) {
    return new Pot(
        pot.kind(),
        pot.programme(),
        pot.agreement(),
        owner,
        pot.fundingDepartement(),
        pot.venue(),
        pot.spendingDepartement(),
        pot.prescriber());
  }

  private static Pot of(Pot pot, String kind) {
    return new Pot(
        kind,
        pot.programme(),
        pot.agreement(),
        pot.funder(),
        pot.fundingDepartement(),
        pot.venue(),
        pot.spendingDepartement(),
        pot.prescriber());
  }

  private void add(Pot pot, long more) {
    cents.merge(pot, more, Long::sum);
  }
}
