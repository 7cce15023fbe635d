package fr.passnumerique.loadtest.model;

import fr.passnumerique.loadtest.model.World.Agreement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Cheques from the order to the hand-out. */
final class Titles {
  private static final int MOST_CHEQUES = 1_048_575;

  private final World world;

  Titles(World world) {
    this.world = world;
  }

  Told order(Action.Order a, LocalDate today) {
    String id = "order " + a.order();
    Told known = world.known(id, a, "ORDER_ALREADY_ISSUED");
    if (known != null) {
      return known;
    }
    Agreement agreement = world.agreements.get(a.agreement());
    if (agreement == null) {
      return Told.refused("UNKNOWN_AGREEMENT");
    }
    String programme = agreement.signed.programme();
    Action.Rules rules = world.programmes.get(programme);
    if (rules == null) {
      throw new IllegalStateException("an agreement without a programme");
    }
    World.Terms terms = agreement.on(today);
    String wrong = wrong(a, terms, rules, today);
    if (wrong != null) {
      return Told.refused(wrong);
    }
    Batch batch = new Batch(world.batches.size() + 1, a, programme, rules, today, terms);
    long firstCent = terms.nextCent;
    for (int ordinal = 1; ordinal <= a.cheques(); ordinal++) {
      batch.cheques.add(new Cheque(batch, ordinal, world.deal(terms, rules.faceValue())));
      terms.nextCent += rules.faceValue();
    }
    if (exceedsCeiling(a.agreement(), batch)) {
      terms.nextCent = firstCent;
      return Told.refused("CEILING_EXCEEDED");
    }
    world.batches.add(batch);
    return world.record(id, a, "batch " + batch.number);
  }

  private static @Nullable String wrong(
      Action.Order a, World.Terms terms, Action.Rules rules, LocalDate today) {
    if (today.isBefore(terms.startsOn) || today.isAfter(terms.endsOn)) {
      return "OUTSIDE_AGREEMENT_PERIOD";
    }
    if (!terms.territory.contains(a.departement())) {
      return "OUTSIDE_AGREEMENT_TERRITORY";
    }
    if (a.cheques() < 1 || a.cheques() > MOST_CHEQUES) {
      return "CHEQUE_COUNT_OUT_OF_RANGE";
    }
    if (a.cheques() % rules.perCarnet() != 0) {
      return "NOT_WHOLE_CARNETS";
    }
    if (a.endsOn().isBefore(today)) {
      return "ENDS_BEFORE_ORDER";
    }
    return a.endsOn().isAfter(today.plusYears(10)) ? "ENDS_TOO_LATE" : null;
  }

  private boolean exceedsCeiling(String agreement, Batch batch) {
    Map<String, Long> issued = new HashMap<>();
    world
        .chequesOf(agreement)
        .filter(cheque -> cheque.root == null)
        .forEach(cheque -> cheque.shares.forEach((f, cents) -> issued.merge(f, cents, Long::sum)));
    batch.cheques.forEach(
        cheque -> cheque.shares.forEach((f, cents) -> issued.merge(f, cents, Long::sum)));
    return batch.terms.key.stream()
        .anyMatch(share -> issued.getOrDefault(share.funder(), 0L) > share.ceiling());
  }

  Told activate(Action.Activate a, LocalDate today, Instant recordedAt) {
    Batch batch = world.batch(a.batch());
    int last = a.last() == 0 && batch != null ? batch.cheques.size() : a.last();
    Action.Activate whole = new Action.Activate(a.activation(), a.batch(), a.first(), last);
    String id = "activation " + a.activation();
    Told known = world.known(id, whole, "ACTIVATION_ALREADY_RECORDED");
    if (known != null) {
      return known;
    }
    if (batch == null) {
      return Told.refused("UNKNOWN_BATCH");
    }
    if (!batch.has(a.first(), last)) {
      return Told.refused("NOT_IN_BATCH");
    }
    if (today.isAfter(batch.over())) {
      return Told.refused("BATCH_OVER");
    }
    List<Cheque> cheques = batch.range(a.first(), last);
    if (cheques.stream().anyMatch(cheque -> cheque.activated)) {
      return Told.refused("ALREADY_ACTIVATED");
    }
    if (cheques.stream().anyMatch(cheque -> cheque.opposed)) {
      return Told.refused("OPPOSED");
    }
    if (world.account.taken() > 0 || !isCovered(batch.order.agreement(), List.of())) {
      return Told.refused("COVER_BREACHED");
    }
    if (!isCovered(batch.order.agreement(), cheques)) {
      return Told.refused("CASH_MISSING");
    }
    for (Cheque cheque : cheques) {
      cheque.activated = true;
      cheque.activatedOn = World.dayOf(recordedAt);
    }
    return world.record(id, whole, "");
  }

  /** Whether each funder has paid in enough for these and all that are activated already. */
  private boolean isCovered(String name, List<Cheque> more) {
    Agreement agreement = world.agreements.get(name);
    if (agreement == null) {
      throw new IllegalStateException("a batch without an agreement");
    }
    Map<String, Long> free = new HashMap<>(agreement.cash);
    world
        .chequesOf(name)
        .filter(cheque -> cheque.activated && !cheque.setAsideBefore || more.contains(cheque))
        .forEach(
            cheque ->
                cheque.shares.forEach(
                    (f, cents) -> free.merge(cheque.cashOwner(f), -cents, Long::sum)));
    return free.values().stream().allMatch(cents -> cents >= 0);
  }

  Told register(Action.RegisterPrescriber a) {
    String id = "prescriber " + a.prescriber();
    Told known = world.known(id, a, "PRESCRIBER_ALREADY_REGISTERED");
    if (known != null) {
      return known;
    }
    world.prescribers.add(a.prescriber());
    if (!a.siret().isEmpty()) {
      world.sirets.put(a.prescriber(), a.siret());
    }
    return world.record(id, a, "");
  }

  Told deliver(Action.Deliver a, LocalDate today) {
    String id = "delivery " + a.delivery();
    Told known = world.known(id, a, "DELIVERY_ALREADY_RECORDED");
    if (known != null) {
      return known;
    }
    if (!world.prescribers.contains(a.prescriber())) {
      return Told.refused("UNKNOWN_PRESCRIBER");
    }
    Batch batch = world.batch(a.batch());
    if (batch == null) {
      return Told.refused("UNKNOWN_BATCH");
    }
    if (!batch.has(a.first(), a.last())) {
      return Told.refused("NOT_IN_BATCH");
    }
    List<Cheque> cheques = batch.range(a.first(), a.last());
    if (tears(batch, cheques)) {
      return Told.refused("NOT_WHOLE_CARNETS");
    }
    if (batch.expired) {
      return Told.refused("BATCH_EXPIRED");
    }
    if (cheques.stream().anyMatch(cheque -> cheque.prescriber != null)) {
      return Told.refused("ALREADY_DELIVERED");
    }
    if (cheques.stream().anyMatch(cheque -> cheque.opposed)) {
      return Told.refused("CHEQUE_OPPOSED");
    }
    if (a.deliveredOn().isAfter(today)) {
      return Told.refused("DELIVERED_IN_FUTURE");
    }
    if (a.deliveredOn().isBefore(batch.issuedOn)) {
      return Told.refused("DELIVERED_BEFORE_ISSUE");
    }
    if (a.deliveredOn().isAfter(batch.order.endsOn())) {
      return Told.refused("DELIVERED_AFTER_END");
    }
    for (Cheque cheque : cheques) {
      cheque.prescriber = a.prescriber();
      cheque.deliveredOn = a.deliveredOn();
    }
    return world.record(id, a, "");
  }

  /** Whether it takes some cheques, and not all, of a carnet of which none has gone or is lost. */
  private static boolean tears(Batch batch, List<Cheque> cheques) {
    for (Cheque end : List.of(cheques.getFirst(), cheques.getLast())) {
      int before = (end.ordinal - 1) / batch.rules.perCarnet() * batch.rules.perCarnet();
      List<Cheque> carnet = batch.range(before + 1, before + batch.rules.perCarnet());
      boolean whole = carnet.stream().allMatch(one -> one.prescriber == null && !one.opposed);
      if (whole && !cheques.containsAll(carnet)) {
        return true;
      }
    }
    return false;
  }

  Told handOut(Action.HandOut a, LocalDate today) {
    String id = "hand-out " + a.prescriber() + " " + a.handOut();
    Told known = world.known(id, a, "HAND_OUT_ALREADY_RECORDED");
    if (known != null) {
      return known;
    }
    if (!world.prescribers.contains(a.prescriber())) {
      return Told.refused("UNKNOWN_PRESCRIBER");
    }
    if (a.cheques().isEmpty()) {
      return Told.refused("NOTHING_CHOSEN");
    }
    List<Cheque> cheques = new ArrayList<>();
    for (Action.Range range : a.cheques()) {
      if (world.batch(range.batch()) == null) {
        return Told.refused("UNKNOWN_BATCH");
      }
    }
    for (Action.Range range : a.cheques()) {
      Batch batch = world.batch(range.batch());
      if (batch == null || !batch.has(range.first(), range.last())) {
        return Told.refused("NOT_IN_BATCH");
      }
      cheques.addAll(batch.range(range.first(), range.last()));
    }
    Set<Cheque> once = new HashSet<>(cheques);
    if (once.size() < cheques.size()) {
      return Told.refused("CHOSEN_TWICE");
    }
    String wrong = wrong(a, cheques, today);
    wrong = wrong == null ? new Renewals(world).wrong(a, cheques) : wrong;
    if (wrong != null) {
      return Told.refused(wrong);
    }
    for (Cheque cheque : cheques) {
      cheque.handedOutOn = a.handedOutOn();
      cheque.person = a.person();
    }
    return world.record(id, a, "");
  }

  private static @Nullable String wrong(Action.HandOut a, List<Cheque> cheques, LocalDate today) {
    if (cheques.stream().anyMatch(cheque -> cheque.batch.expired)) {
      return "BATCH_EXPIRED";
    }
    if (cheques.stream().anyMatch(cheque -> !a.prescriber().equals(cheque.prescriber))) {
      return "NOT_IN_STOCK";
    }
    if (cheques.stream().anyMatch(cheque -> cheque.handedOutOn != null)) {
      return "ALREADY_HANDED_OUT";
    }
    if (cheques.stream().anyMatch(cheque -> cheque.opposed)) {
      return "CHEQUE_OPPOSED";
    }
    if (a.handedOutOn().isAfter(today)) {
      return "HANDED_OUT_IN_FUTURE";
    }
    if (cheques.stream()
        .anyMatch(
            cheque -> cheque.deliveredOn != null && a.handedOutOn().isBefore(cheque.deliveredOn))) {
      return "HANDED_OUT_BEFORE_DELIVERY";
    }
    if (cheques.stream().anyMatch(cheque -> a.handedOutOn().isAfter(cheque.batch.order.endsOn()))) {
      return "HANDED_OUT_AFTER_END";
    }
    if (cheques.stream().anyMatch(cheque -> cheque.batch.isBlockedBefore(a.handedOutOn()))) {
      return "HANDED_OUT_AFTER_APPROVAL";
    }
    for (Cheque cheque : cheques) {
      List<String> publics = cheque.batch.rules.publics();
      if (publics.isEmpty() ? !a.publicCode().isEmpty() : !publics.contains(a.publicCode())) {
        return "PUBLIC_NOT_ELIGIBLE";
      }
    }
    return null;
  }
}
