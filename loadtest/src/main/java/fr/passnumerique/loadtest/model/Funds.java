package fr.passnumerique.loadtest.model;

import fr.passnumerique.loadtest.model.World.Agreement;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Programmes, funders, agreements and what is paid in for them. */
final class Funds {
  private final World world;

  Funds(World world) {
    this.world = world;
  }

  Told define(Action.DefineProgramme a) {
    String id = "programme " + a.programme();
    Told known = world.known(id, a, "PROGRAMME_ALREADY_DEFINED");
    if (known != null) {
      return known;
    }
    String wrong = wrong(a.rules());
    if (wrong != null) {
      return Told.refused(wrong);
    }
    world.programmes.put(a.programme(), a.rules());
    return world.record(id, a, "");
  }

  private static @Nullable String wrong(Action.Rules rules) {
    if (rules.faceValue() < 1 || rules.faceValue() > 1_000_000) {
      return "FACE_VALUE_OUT_OF_RANGE";
    }
    if (rules.perCarnet() < 1 || rules.perCarnet() > 1_000) {
      return "CHEQUES_PER_CARNET_OUT_OF_RANGE";
    }
    if (rules.validityDays() < 1 || rules.validityDays() > 3_650) {
      return "VALIDITY_OUT_OF_RANGE";
    }
    if (rules.windowDays() < 0 || rules.windowDays() > 3_650) {
      return "PRESENTATION_WINDOW_OUT_OF_RANGE";
    }
    if (rules.toleranceDays() < 0 || rules.toleranceDays() > 366) {
      return "TOLERANCE_OUT_OF_RANGE";
    }
    return rules.perVisit() < 0 || rules.perVisit() > 1_000
        ? "CHEQUES_PER_VISIT_OUT_OF_RANGE"
        : null;
  }

  Told register(Action.RegisterFunder a) {
    String id = "funder " + a.funder();
    Told known = world.known(id, a, "FUNDER_ALREADY_REGISTERED");
    if (known != null) {
      return known;
    }
    world.funders.add(a.funder());
    return world.record(id, a, "");
  }

  Told sign(Action.SignAgreement a, LocalDate today) {
    String id = "agreement " + a.agreement();
    Told known = world.known(id, a, "AGREEMENT_ALREADY_SIGNED");
    if (known != null) {
      return known;
    }
    String wrong = wrong(a, today);
    if (wrong != null) {
      return Told.refused(wrong);
    }
    world.agreements.put(a.agreement(), new Agreement(a));
    return world.record(id, a, "");
  }

  Told amend(Action.AmendAgreement a, LocalDate today) {
    String id = "amendment " + a.amendment();
    Told known = world.known(id, a, "AMENDMENT_ALREADY_SIGNED");
    if (known != null) {
      return known;
    }
    Agreement agreement = world.agreements.get(a.agreement());
    if (agreement == null) {
      return Told.refused("UNKNOWN_AGREEMENT");
    }
    String wrong = wrong(a.signedOn(), a.startsOn(), a.endsOn(), a.territory(), a.key(), today);
    if (wrong != null) {
      return Told.refused(wrong);
    }
    if (a.inForceFrom().isBefore(a.signedOn())) {
      return Told.refused("AMENDMENT_RETROACTIVE");
    }
    if (agreement.versions.size() > 1
        && a.inForceFrom().isBefore(agreement.versions.getLast().inForceFrom)) {
      return Told.refused("AMENDMENT_OUT_OF_ORDER");
    }
    for (Action.Share share : a.key()) {
      String before = agreement.preFinancierOf(share.funder());
      if (!share.preFinancier().isEmpty()
          && !before.isEmpty()
          && !before.equals(share.preFinancier())) {
        return Told.refused("PRE_FINANCIER_CHANGED");
      }
    }
    for (Action.Share share : a.key()) {
      long issued =
          world
              .chequesOf(a.agreement())
              .filter(cheque -> cheque.root == null)
              .mapToLong(cheque -> cheque.shares.getOrDefault(share.funder(), 0L))
              .sum();
      if (share.ceiling() < issued) {
        return Told.refused("CEILING_BELOW_ISSUED");
      }
    }
    agreement.versions.add(
        new World.Terms(a.inForceFrom(), a.startsOn(), a.endsOn(), a.territory(), a.key()));
    return world.record(id, a, "");
  }

  private @Nullable String wrong(Action.SignAgreement a, LocalDate today) {
    return world.programmes.containsKey(a.programme())
        ? wrong(a.signedOn(), a.startsOn(), a.endsOn(), a.territory(), a.key(), today)
        : "UNKNOWN_PROGRAMME";
  }

  private @Nullable String wrong(
      LocalDate signedOn,
      LocalDate startsOn,
      LocalDate endsOn,
      List<String> territory,
      List<Action.Share> key,
      LocalDate today) {
    for (Action.Share share : key) {
      if (!world.funders.contains(share.funder())
          || !share.preFinancier().isEmpty() && !world.funders.contains(share.preFinancier())) {
        return "UNKNOWN_FUNDER";
      }
    }
    Set<String> named = new HashSet<>();
    for (Action.Share share : key) {
      if (!named.add(share.funder())) {
        return "LISTED_TWICE";
      }
    }
    if (signedOn.isAfter(today)) {
      return "SIGNED_IN_FUTURE";
    }
    if (endsOn.isBefore(startsOn)) {
      return "PERIOD_REVERSED";
    }
    if (signedOn.isAfter(endsOn)) {
      return "SIGNED_AFTER_PERIOD";
    }
    if (territory.isEmpty()) {
      return "TERRITORY_MISSING";
    }
    String wrong = wrong(key);
    return wrong == null ? wrongOnUse(key) : wrong;
  }

  private static @Nullable String wrong(List<Action.Share> key) {
    if (key.isEmpty()) {
      return "SHARES_MISSING";
    }
    int sum = 0;
    for (Action.Share share : key) {
      if (share.basisPoints() < 1 || share.basisPoints() > 10_000) {
        return "SHARE_OUT_OF_RANGE";
      }
      sum += share.basisPoints();
    }
    if (sum != 10_000) {
      return "SHARES_NOT_WHOLE";
    }
    return key.stream().anyMatch(share -> share.ceiling() < 1) ? "CEILING_OUT_OF_RANGE" : null;
  }

  /** At most half is paid on use, and whoever advances it prepays. */
  private static @Nullable String wrongOnUse(List<Action.Share> key) {
    int onUse = 0;
    for (Action.Share share : key) {
      if (!share.preFinancier().isEmpty()) {
        onUse += share.basisPoints();
        for (Action.Share other : key) {
          if (other.funder().equals(share.preFinancier()) && !other.preFinancier().isEmpty()) {
            return "PRE_FINANCIER_NOT_PREPAID";
          }
        }
      }
    }
    return onUse > 5_000 ? "ON_USE_SHARES_TOO_HIGH" : null;
  }

  Told receive(Action.Receive a, LocalDate today) {
    String id = "receipt " + a.receipt();
    Account.ByHand byHand = world.account.byHand.get(a.receipt());
    if (byHand != null && byHand.gone
        || world.account.toldNoMore.containsKey(a.receipt())
        || world.account.takenBack.containsKey(a.receipt())) {
      return Told.refused("RECEIPT_TAKEN_BACK");
    }
    Told known = world.known(id, a, "RECEIPT_ALREADY_RECORDED");
    if (known != null) {
      return known;
    }
    Agreement agreement = world.agreements.get(a.agreement());
    if (agreement == null) {
      return Told.refused("UNKNOWN_AGREEMENT");
    }
    if (!world.funders.contains(a.funder())) {
      return Told.refused("UNKNOWN_FUNDER");
    }
    if (!agreement.concerns(a.funder())) {
      return Told.refused("FUNDER_NOT_IN_AGREEMENT");
    }
    if (a.cents() < 1) {
      return Told.refused("AMOUNT_OUT_OF_RANGE");
    }
    if (a.valueDate().isAfter(today)) {
      return Told.refused("VALUE_DATE_IN_FUTURE");
    }
    Received received = receive(agreement, a.funder(), a.cents(), "");
    world.account.byHand.put(
        a.receipt(), new Account.ByHand(a, world.account.move(a.valueDate(), a.cents()), received));
    return world.record(id, a, "");
  }

  /**
   * Cash is there: what pays for cheques used goes to whoever advanced it.
   *
   * @param call whose reference it carries; empty if it carries none
   */
  Received receive(Agreement agreement, String funder, long cents, String call) {
    String preFinancier = agreement.preFinancierOf(funder);
    long back =
        preFinancier.isEmpty()
            ? 0
            : Math.max(0, Math.min(cents, world.owedOnUse(agreement, funder)));
    agreement.cash.merge(funder, cents - back, Long::sum);
    if (back > 0) {
      agreement.cash.merge(preFinancier, back, Long::sum);
      agreement.repaid.merge(funder, back, Long::sum);
    }
    return new Received(
        agreement,
        funder,
        cents - back,
        preFinancier,
        back,
        new Calls(world).settle(agreement.signed.agreement(), funder, cents, call));
  }

  /**
   * What money came to.
   *
   * @param advancing who had advanced cheques for the funder; empty if nobody did
   * @param back to whoever had advanced it
   * @param calls what of it settled which
   */
  record Received(
      Agreement agreement,
      String funder,
      long own,
      String advancing,
      long back,
      Map<Calls.Call, Long> calls) {
    /** Whose cash it is, by agreement and owner. */
    Map<String, Long> owners() {
      Map<String, Long> owners = new TreeMap<>();
      owners.merge(agreement.signed.agreement() + " " + funder, own, Long::sum);
      if (back > 0) {
        owners.merge(agreement.signed.agreement() + " " + advancing, back, Long::sum);
      }
      return owners;
    }
  }

  /** It never came. */
  static void takeBack(Received received) {
    Agreement agreement = received.agreement();
    agreement.cash.merge(received.funder(), -received.own(), Long::sum);
    if (received.back() > 0) {
      agreement.cash.merge(received.advancing(), -received.back(), Long::sum);
      agreement.repaid.merge(received.funder(), -received.back(), Long::sum);
    }
    received.calls().forEach((call, cents) -> call.received -= cents);
  }

  /** Whatever has happened: idle cash never lies beside what is owed to whoever advanced it. */
  void payWhatIsOwed() {
    boolean paid = true;
    while (paid) {
      paid = false;
      for (Agreement agreement : world.agreements.values()) {
        for (String funder : agreement.advanced()) {
          long back = repayable(world, agreement, funder);
          if (back > 0) {
            payBack(agreement, funder, back);
            world.furtherFacts++;
            paid = true;
          }
        }
      }
    }
  }

  /** What of the funder's idle cash is owed to whoever advanced for it. */
  static long repayable(World world, Agreement agreement, String funder) {
    long idle = world.free(agreement, funder);
    long owed = world.owedOnUse(agreement, funder);
    return Math.max(0, Math.min(idle, owed));
  }

  private static void payBack(Agreement agreement, String funder, long cents) {
    agreement.cash.merge(funder, -cents, Long::sum);
    agreement.cash.merge(agreement.preFinancierOf(funder), cents, Long::sum);
    agreement.repaid.merge(funder, cents, Long::sum);
    agreement.repaidWithin.merge(funder, cents, Long::sum);
  }

  Told transfer(Action.TransferFunds a) {
    String id = "funds transfer " + a.transfer();
    Told known = world.known(id, a, "FUNDS_TRANSFER_ALREADY_RECORDED");
    if (known != null) {
      return known;
    }
    Agreement from = world.agreements.get(a.from());
    Agreement to = world.agreements.get(a.to());
    if (from == null || to == null) {
      return Told.refused("UNKNOWN_AGREEMENT");
    }
    if (!world.funders.contains(a.funder())) {
      return Told.refused("UNKNOWN_FUNDER");
    }
    if (from == to && a.cents() > Math.max(0, world.owedOnUse(from, a.funder()))) {
      return Told.refused("SAME_AGREEMENT");
    }
    if (!from.concerns(a.funder()) || !to.concerns(a.funder())) {
      return Told.refused("FUNDER_NOT_IN_AGREEMENT");
    }
    if (a.cents() < 1) {
      return Told.refused("AMOUNT_OUT_OF_RANGE");
    }
    long there = from == to ? world.free(from, a.funder()) : world.mayLeave(from, a.funder());
    if (a.cents() > there) {
      return Told.refused("CREDIT_TOO_LOW");
    }
    if (from == to) {
      payBack(from, a.funder(), a.cents());
      return world.record(id, a, "");
    }
    from.cash.merge(a.funder(), -a.cents(), Long::sum);
    receive(to, a.funder(), a.cents(), "");
    return world.record(id, a, "");
  }
}
