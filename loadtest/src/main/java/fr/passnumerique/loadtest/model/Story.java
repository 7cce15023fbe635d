package fr.passnumerique.loadtest.model;

import fr.passnumerique.loadtest.model.Step.Accident;
import fr.passnumerique.loadtest.model.World.Agreement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells what happens next: from the seed, and from what has happened so far, so that most of it
 * makes sense and some of it just does not.
 */
public final class Story {
  private static final List<String> DEPARTEMENTS = List.of("16", "19", "23", "2A", "75", "974");
  private static final List<String> SERVICES =
      List.of("Aide aux démarches administratives", "Utilisation sécurisée du numérique", "Autre");
  private static final List<String> PUBLICS = List.of("job-seeker", "student");
  private static final List<String> FUNDERS =
      List.of("etat", "region", "departement", "epci", "fondation", "communes", "caf");
  private static final List<String> VENUES =
      List.of(
          "40109226700020", "21230096100018", "13002526500013", "21870085000016", "26190015500017");
  private static final List<String> PERSONS =
      List.of("person-1", "person-2", "person-3", "person-4");

  /** Those of the venues that are SIRETs by their check digit. */
  private static final List<String> VALID = List.of("40109226700020", "13002526500013");

  private static final List<String> IBANS = List.of("iban-1", "iban-2", "iban-3", "iban-4");
  private static final int REMEMBERED = 40;

  private final World world;
  private final Dice dice;
  private final Days days;
  private final ReversalPlot reversals;
  private final TitlePlot titles;
  private final SettlingPlot settling;
  private final @Nullable Prologue prologue;
  private final Deque<Action> told = new ArrayDeque<>();
  private final FundingStory funding;
  private final BankStory bank;
  private final BankClerkStory clerk;
  private int number;

  public Story(long seed, Model model) {
    this.world = model.world;
    dice = new Dice(seed);
    days = new Days(dice, world);
    bank = new BankStory(world, dice, days, this::id);
    clerk = new BankClerkStory(world, dice, bank);
    funding = new FundingStory(world, dice, days, this::id);
    settling = new SettlingPlot(world, dice, days);
    titles = new TitlePlot(world, dice, days);
    reversals = new ReversalPlot(world, dice, days);
    prologue = seed % 4 == 0 ? null : new Prologue(dice, FUNDERS, VENUES, SERVICES.subList(0, 2));
  }

  /** The next step; the model must have played all before it. */
  public Step next() {
    days.pass();
    return step(0);
  }

  private Step step(int depth) {
    Instant at = days.now();
    Action action = action();
    told.addLast(action);
    if (told.size() > REMEMBERED) {
      told.removeFirst();
    }
    List<Step> meanwhile = new ArrayList<>();
    // What comes back to a pre-financier is not held up by slips of that very moment.
    boolean alone =
        isBooked(action) || action instanceof Action.Receive || action instanceof Action.CallFunds;
    if (isBooked(action) && depth < 2 && dice.percent(18)) {
      days.moment();
      Action rival = bank.rivalOf(action);
      if (rival != null) {
        meanwhile.add(new Step(days.now(), rival, Accident.NONE, trial(), List.of()));
      }
    } else if (!alone
        && depth < 2
        && dice.percent(action instanceof Reversing.ReverseLines ? 45 : depth == 0 ? 18 : 30)) {
      for (int more = dice.between(1, 2); more > 0; more--) {
        days.moment();
        meanwhile.add(rival(action, depth + 1));
      }
    }
    return new Step(at, action, accident(), trial(), List.copyOf(meanwhile));
  }

  private static boolean isBooked(Action action) {
    return action instanceof Action.ImportFile || action instanceof Action.MatchEntry;
  }

  /** Something that gets in the way of the action, or anything at all. */
  private Step rival(Action action, int depth) {
    @Nullable Action rival = dice.percent(75) ? rivalOf(action) : null;
    if (rival == null) {
      return step(depth);
    }
    return new Step(days.now(), rival, Accident.NONE, trial(), List.of());
  }

  private @Nullable Action rivalOf(Action action) {
    if (dice.percent(15)) {
      return action;
    }
    Action more =
        action instanceof Settling
            ? settling.rivalOf(action)
            : action instanceof Reversing || dice.percent(50)
                ? reversals.rivalOf(action)
                : titles.rivalOf(action);
    if (more != null) {
      return more;
    }
    return switch (action) {
      case Action.SubmitSlip a -> dice.percent(80) ? sameCheques(a) : run();
      case Action.WithdrawSlip a ->
          dice.percent(50) ? run() : dice.percent(50) ? opposition() : slip();
      case Action.Oppose a -> {
        Action withdrawal = withdrawal();
        yield dice.percent(40) || withdrawal == null ? spending(a) : withdrawal;
      }
      case Action.ExpireOrder _ -> {
        Action withdrawal = withdrawal();
        yield dice.percent(50) || withdrawal == null ? slip() : withdrawal;
      }
      case Action.ReleaseRun a -> new Action.CancelRun(a.run());
      case Action.CancelRun a -> new Action.ReleaseRun(a.run(), "second-clerk");
      case Action.Activate a ->
          new Action.Activate(id("activation"), a.batch(), a.first(), a.last());
      case Action.Deliver a ->
          new Action.Deliver(
              id("delivery"), prescriber(), a.batch(), a.first(), a.last(), a.deliveredOn());
      case Action.HandOut a ->
          new Action.HandOut(
              id("hand-out"),
              a.prescriber(),
              a.cheques(),
              a.handedOutOn(),
              a.publicCode(),
              a.person());
      case Action.Order a ->
          new Action.Order(id("order"), a.agreement(), a.departement(), a.cheques(), a.endsOn());
      case Action.Receive a ->
          new Action.Receive(a.receipt(), a.agreement(), a.funder(), a.cents() + 1, a.valueDate());
      case Action.OpenRun a -> {
        Action withdrawal = withdrawal();
        yield dice.percent(50) || withdrawal == null
            ? new Action.OpenRun(id("run"), a.programme(), a.cutOffDay())
            : withdrawal;
      }
      case Action.ConfirmTransfer a ->
          new Action.RejectTransfer(a.run(), a.number(), a.bookedOn(), "AC04");
      case Action.RejectTransfer a ->
          dice.percent(50)
              ? new Action.ConfirmTransfer(a.run(), a.number(), a.rejectedOn())
              : openAccount();
      case Action.OpenAccount a ->
          new Action.ConfirmAccount(a.venue(), a.iban(), dice.of("second-clerk", Action.CLERK));
      case Action.ConfirmAccount a -> new Action.DropAccount(a.venue(), a.iban(), "third-clerk");
      case Action.DropAccount a -> new Action.ConfirmAccount(a.venue(), a.iban(), "second-clerk");
      case Action.ImportFile _, Action.MatchEntry _ -> bank.rivalOf(action);
      default -> funding.rivalOf(action);
    };
  }

  /** A slip with the very cheques that are opposed. */
  private @Nullable Action spending(Action.Oppose a) {
    if (world.venues.isEmpty()) {
      return null;
    }
    String venue = venue();
    List<Action.Line> lines = new ArrayList<>();
    for (Action.Range range : a.cheques()) {
      for (int ordinal = range.first(); ordinal <= range.last(); ordinal++) {
        lines.add(
            new Action.Line(
                range.batch(), ordinal, true, days.today(), SERVICES.getFirst(), point(venue)));
      }
    }
    return new Action.SubmitSlip(venue, id("slip"), lines);
  }

  private @Nullable Action sameCheques(Action.SubmitSlip a) {
    if (world.venues.isEmpty() || a.lines().isEmpty()) {
      return null;
    }
    String venue = dice.percent(50) ? a.venue() : venue();
    List<Action.Line> lines = new ArrayList<>();
    for (Action.Line line : a.lines()) {
      int ordinal = dice.percent(70) ? line.ordinal() : line.ordinal() + dice.of(-1, 1);
      lines.add(
          new Action.Line(
              line.batch(),
              Math.max(1, ordinal),
              line.genuine(),
              line.servedOn(),
              line.service(),
              venue.equals(a.venue()) ? line.point() : point(venue)));
    }
    return new Action.SubmitSlip(venue, id("slip"), lines);
  }

  private Accident accident() {
    int chance = dice.below(400);
    return switch (chance) {
      case 0, 1, 2 -> Accident.STATEMENT_LOST;
      case 3, 4, 5 -> Accident.ANSWER_LOST;
      case 6 -> Accident.KILLED_BEFORE;
      case 7, 8 -> Accident.KILLED_AFTER;
      case 9 -> Accident.RESTARTED;
      default -> Accident.NONE;
    };
  }

  private Step.Trial trial() {
    String venue = world.venues.isEmpty() ? "" : venue();
    LocalDate servedOn = world.batches.isEmpty() ? days.today() : served(anyCheque());
    return new Step.Trial(venue, servedOn, dice.of(SERVICES));
  }

  private Action action() {
    LocalDate today = days.today();
    if ((world.lastDay == null || today.isAfter(world.lastDay)) && dice.percent(65)) {
      return new Action.OpenDay(dice.percent(95) ? today : today.minusDays(1));
    }
    if (!told.isEmpty() && dice.percent(6)) {
      return dice.percent(60) ? dice.of(List.copyOf(told)) : altered(dice.of(List.copyOf(told)));
    }
    if (prologue != null && !prologue.isOver() && dice.percent(90)) {
      return prologue.next(today, world);
    }
    List<Supplier<Action>> possible = new ArrayList<>();
    add(possible, world.programmes.size() < 3 ? 3 : 0, this::programme);
    add(possible, world.funders.size() < FUNDERS.size() ? 4 : 0, this::funder);
    add(possible, world.prescribers.size() < 3 ? 3 : 0, this::registerPrescriber);
    add(possible, world.venues.size() < VENUES.size() ? 4 : 1, this::listVenue);
    if (!world.programmes.isEmpty() && world.funders.size() > 2) {
      add(possible, world.agreements.size() < 4 ? 4 : 0, this::agreement);
    }
    if (!world.agreements.isEmpty()) {
      add(possible, 2, this::amendment);
      add(possible, 3, this::receipt);
      add(possible, 12, this::missingReceipt);
      add(possible, world.batches.size() < 9 ? 6 : 1, this::order);
      add(possible, 2, funding::call);
      add(possible, world.runs.isEmpty() ? 4 : 14, bank::file);
      add(
          possible,
          clerk.isTaken() ? 6 : world.account.unexplained.isEmpty() ? 0 : 2,
          clerk::clerk);
      add(possible, world.agreements.size() > 1 ? 2 : 0, funding::transfer);
    }
    if (!world.venues.isEmpty()) {
      add(possible, 3, this::label);
      add(possible, 4, this::account);
    }
    if (!world.batches.isEmpty()) {
      add(possible, 6, this::activate);
      add(possible, world.prescribers.isEmpty() ? 0 : 7, this::deliver);
      add(possible, world.prescribers.isEmpty() ? 0 : 10, this::handOut);
      boolean live =
          world.cheques().anyMatch(c -> c.spent == null && c.activated && c.handedOutOn != null);
      add(possible, world.venues.isEmpty() ? 0 : live ? 30 : 4, this::slip);
    }
    if (world.cheques().anyMatch(cheque -> cheque.spent != null)) {
      add(possible, programmesThatOwe().isEmpty() ? 1 : 16, this::run);
    }
    if (!world.batches.isEmpty()) {
      add(possible, 3, this::opposition);
      add(possible, world.batches.stream().anyMatch(this::isOver) ? 8 : 1, this::ending);
    }
    if (!world.runs.isEmpty()) {
      add(possible, isSomethingInTransit() ? 20 : 2, this::bank);
    }
    reversals.add(possible);
    titles.add(possible);
    settling.add(possible);
    Action withdrawal = dice.percent(4) ? withdrawal() : null;
    return withdrawal == null ? dice.of(possible).get() : withdrawal;
  }

  private static void add(List<Supplier<Action>> possible, int times, Supplier<Action> action) {
    for (int i = 0; i < times; i++) {
      possible.add(action);
    }
  }

  /** Sent again under the same identifier and with other contents. */
  private Action altered(Action action) {
    Action more = action instanceof Titling ? TitlePlot.altered(action) : reversals.altered(action);
    if (more != null) {
      return more;
    }
    return switch (action) {
      case Action.Receive a ->
          new Action.Receive(a.receipt(), a.agreement(), a.funder(), a.cents() + 1, a.valueDate());
      case Action.CallFunds a ->
          new Action.CallFunds(a.call(), a.agreement(), a.funder(), a.cents() + 1, a.dueOn());
      case Action.TransferFunds a ->
          new Action.TransferFunds(a.transfer(), a.funder(), a.from(), a.to(), a.cents() + 1);
      case Action.Order a ->
          new Action.Order(
              a.order(), a.agreement(), a.departement(), a.cheques(), a.endsOn().plusDays(1));
      case Action.Activate a ->
          new Action.Activate(a.activation(), a.batch(), a.first() + 1, a.last());
      case Action.Deliver a ->
          new Action.Deliver(
              a.delivery(),
              a.prescriber(),
              a.batch(),
              a.first(),
              a.last(),
              a.deliveredOn().minusDays(1));
      case Action.HandOut a ->
          new Action.HandOut(
              a.handOut(),
              a.prescriber(),
              a.cheques(),
              a.handedOutOn().minusDays(1),
              a.publicCode(),
              a.person());
      case Action.SubmitSlip a ->
          new Action.SubmitSlip(
              a.venue(),
              a.reference(),
              a.lines().isEmpty() ? a.lines() : a.lines().subList(1, a.lines().size()));
      case Action.OpenRun a ->
          new Action.OpenRun(a.run(), a.programme(), a.cutOffDay().minusDays(1));
      case Action.Oppose a ->
          new Action.Oppose(
              a.opposition(), a.cheques(), a.reason().equals("LOST") ? "STOLEN" : "LOST");
      case Action.LabelVenue a ->
          new Action.LabelVenue(a.venue(), a.from().plusDays(1), a.decision());
      default -> action;
    };
  }

  // --- identifiers

  private String id(String kind) {
    return kind + "-" + ++number;
  }

  private String venue() {
    return dice.percent(98) ? dice.of(List.copyOf(world.venues.keySet())) : VENUES.getLast();
  }

  private String point(String venue) {
    World.Venue listed = world.venues.get(venue);
    return listed == null ? "nowhere" : dice.of(List.copyOf(listed.departementOfPoint.keySet()));
  }

  private String prescriber() {
    return dice.percent(97) ? dice.of(List.copyOf(world.prescribers)) : "nobody";
  }

  private Cheque anyCheque() {
    return dice.of(dice.of(world.batches).cheques);
  }

  // --- what is set up

  private Action programme() {
    Action.Rules rules =
        new Action.Rules(
            dice.percent(3) ? 0 : dice.of(1L, 7L, 500L, 700L, 999L, 1_000L),
            dice.of(1, 2, 5, 5, 10),
            dice.of(1, 5, 20, 20, 60, 60, 90),
            dice.of(0, 1, 10, 30, 30, 60, 60),
            dice.of(0, 3, 30),
            dice.percent(70) ? List.of() : dice.percent(50) ? PUBLICS : PUBLICS.subList(0, 1),
            dice.percent(60) ? List.of() : SERVICES.subList(0, 2),
            dice.percent(60) ? List.of() : DEPARTEMENTS.subList(0, dice.between(2, 5)),
            dice.of(0, 0, 1, 2, 3),
            dice.of("ALLOW", "FLAG", "FLAG", "REFUSE"),
            dice.of(0, 0, 1, 2),
            dice.of(1, 20));
    return new Action.DefineProgramme("programme-" + (world.programmes.size() + 1), rules);
  }

  private Action funder() {
    return new Action.RegisterFunder(FUNDERS.get(world.funders.size()));
  }

  private Action registerPrescriber() {
    return new Action.RegisterPrescriber(
        "prescriber-" + (world.prescribers.size() + 1), dice.percent(50) ? "" : dice.of(VALID));
  }

  private Action listVenue() {
    String venue =
        world.venues.size() < VENUES.size() && dice.percent(70)
            ? VENUES.get(world.venues.size())
            : dice.of(VENUES.subList(0, Math.max(1, world.venues.size())));
    List<Action.Point> points = new ArrayList<>();
    for (int point = dice.between(1, 2); point > 0; point--) {
      points.add(new Action.Point("point-" + dice.between(1, 4), dice.of(DEPARTEMENTS)));
    }
    if (points.size() == 2 && points.get(0).id().equals(points.get(1).id())) {
      points.removeLast();
    }
    return new Action.ListVenue(venue, points);
  }

  /**
   * Mostly the short way; else one step, mostly one that may follow, and back from a suspension.
   */
  private Action label() {
    if (dice.percent(65)) {
      return labelAtOnce();
    }
    List<String> suspended =
        world.venues.entrySet().stream()
            .filter(venue -> !venue.getValue().labels.isEmpty())
            .filter(venue -> venue.getValue().labels.getLast().state().equals("SUSPENDED"))
            .map(Map.Entry::getKey)
            .toList();
    String name = suspended.isEmpty() || dice.percent(25) ? venue() : dice.of(suspended);
    World.Venue venue = world.venues.get(name);
    String last = venue == null || venue.labels.isEmpty() ? "" : venue.labels.getLast().state();
    List<String> next = Venues.following(last);
    String state =
        dice.percent(8) ? "SUSPENDED" : dice.percent(80) ? next.getFirst() : next.getLast();
    return new Action.DecideLabel(
        name,
        state,
        days.today().plusDays(dice.of(-30, -3, -1, 0, 0, 0, 1, 5, 400)),
        dice.percent(90) ? id("committee") : "decision-1",
        days.today().minusDays(dice.of(0, 0, 1, 5, -1)));
  }

  private Action labelAtOnce() {
    return new Action.LabelVenue(
        venue(),
        days.today().plusDays(dice.of(-200, -200, -100, -20, -20, -3, 0, 1, 400)),
        dice.of("decision-1", "decision-2"));
  }

  /** Mostly what awaits a second person. */
  private Action account() {
    List<Map.Entry<String, World.Venue>> proposed =
        world.venues.entrySet().stream()
            .filter(venue -> !venue.getValue().proposed.isEmpty())
            .toList();
    if (proposed.isEmpty() || dice.percent(25)) {
      return openAccount();
    }
    Map.Entry<String, World.Venue> one = dice.of(proposed);
    String iban = dice.percent(92) ? one.getValue().proposed : dice.of(IBANS);
    return dice.percent(88)
        ? new Action.ConfirmAccount(
            one.getKey(), iban, dice.percent(85) ? "second-clerk" : Action.CLERK)
        : new Action.DropAccount(one.getKey(), iban, "second-clerk");
  }

  private Action openAccount() {
    List<String> unpaid =
        world.venues.entrySet().stream()
            .filter(venue -> !venue.getValue().payable())
            .map(Map.Entry::getKey)
            .toList();
    return openAccount(unpaid.isEmpty() || dice.percent(30) ? venue() : dice.of(unpaid));
  }

  private Action openAccount(String venue) {
    return new Action.OpenAccount(venue, dice.of(IBANS));
  }

  private Action agreement() {
    LocalDate today = days.today();
    LocalDate startsOn = today.plusDays(dice.of(-30, -1, 0, 0, 1));
    return new Action.SignAgreement(
        "agreement-" + (world.agreements.size() + 1),
        dice.of(List.copyOf(world.programmes.keySet())),
        today.minusDays(dice.of(0, 0, 5, 5, -1)),
        startsOn,
        startsOn.plusDays(dice.of(90, 200, 700)),
        List.of(DEPARTEMENTS.get(0), DEPARTEMENTS.get(dice.between(1, 3))),
        key());
  }

  private Action amendment() {
    LocalDate today = days.today();
    LocalDate signedOn = today.minusDays(dice.of(0, 0, 0, 3, -1));
    LocalDate startsOn = today.minusDays(dice.of(0, 10, 10));
    Agreement agreement = dice.of(List.copyOf(world.agreements.values()));
    return new Action.AmendAgreement(
        id("amendment"),
        agreement.signed.agreement(),
        signedOn,
        signedOn.plusDays(dice.of(0, 0, 0, 1, 20, -1)),
        startsOn,
        startsOn.plusDays(dice.of(90, 200, 700)),
        List.of(DEPARTEMENTS.get(0), DEPARTEMENTS.get(dice.between(1, 3))),
        dice.percent(25) ? agreement.versions.getLast().key : key());
  }

  /** Who pays how much of each cheque; sometimes a half of it on use. */
  private List<Action.Share> key() {
    List<String> funders = new ArrayList<>(world.funders);
    List<Action.Share> key = new ArrayList<>();
    int count = Math.min(dice.of(1, 2, 2, 3, 3, 4, 7), funders.size());
    boolean onUse = dice.percent(45);
    for (int points : dice.parts(10_000, count)) {
      String funder = funders.remove(dice.below(funders.size()));
      boolean advanced = onUse && points <= 5_000;
      key.add(
          new Action.Share(
              funder,
              points,
              dice.of(9_000L, 90_000L, 1_000_000L, 1_000_000L, 1_000_000L),
              advanced ? dice.of(List.copyOf(world.funders)) : ""));
      onUse = onUse && !advanced;
    }
    if (dice.percent(4)) {
      key.add(new Action.Share(dice.of(FUNDERS), 1, 1_000, ""));
    }
    return key;
  }

  private Action receipt() {
    Agreement agreement = dice.of(List.copyOf(world.agreements.values()));
    String funder =
        dice.percent(97) ? dice.of(agreement.shares().toList()).funder() : dice.of(FUNDERS);
    for (Action.Share share : agreement.shares().toList()) {
      long owed = world.owedOnUse(agreement, share.funder());
      if (owed > 0 && dice.percent(40)) {
        return new Action.Receive(
            id("receipt"),
            agreement.signed.agreement(),
            share.funder(),
            owed + dice.of(0, 0, 0, -1, 1),
            days.today());
      }
    }
    long exact = missing(agreement, funder);
    long cents =
        dice.percent(40) && exact > 0
            ? exact + dice.of(0, 0, -1, 1)
            : dice.of(1L, 3_333L, 20_000L, 100_000L, 100_000L);
    return new Action.Receive(
        id("receipt"),
        agreement.signed.agreement(),
        funder,
        cents,
        days.today().minusDays(dice.of(0, 0, 1, 10, -1)));
  }

  /** Of an owner whose cash does not do for all that is issued. */
  private Action missingReceipt() {
    for (Agreement agreement : world.agreements.values()) {
      for (Action.Share share : agreement.shares().toList()) {
        long missing = missing(agreement, share.cashOwner());
        if (missing > 0) {
          return new Action.Receive(
              id("receipt"),
              agreement.signed.agreement(),
              share.cashOwner(),
              dice.percent(50) ? missing : missing + dice.of(-1, 1, 5_000, 20_000),
              days.today());
        }
      }
    }
    return order();
  }

  /** What the owner's cash lacks to cover all that is issued. */
  private long missing(Agreement agreement, String owner) {
    long issued =
        world
            .chequesOf(agreement.signed.agreement())
            .mapToLong(
                cheque ->
                    cheque.shares.entrySet().stream()
                        .filter(share -> cheque.cashOwner(share.getKey()).equals(owner))
                        .mapToLong(Map.Entry::getValue)
                        .sum())
            .sum();
    return issued - agreement.cash.getOrDefault(owner, 0L);
  }

  private Action order() {
    Agreement agreement = dice.of(List.copyOf(world.agreements.values()));
    Action.Rules rules = world.programmes.get(agreement.signed.programme());
    int perCarnet = rules == null ? 1 : rules.perCarnet();
    int cheques = perCarnet * dice.between(1, Math.max(1, 40 / perCarnet));
    return new Action.Order(
        id("order"),
        agreement.signed.agreement(),
        dice.percent(95) ? dice.of(agreement.on(days.today()).territory) : dice.of(DEPARTEMENTS),
        dice.percent(97) ? cheques : cheques + dice.of(-1, 1),
        days.today().plusDays(dice.of(-1, 0, 10, 40, 120, 120, 120, 300, 300, 300)));
  }

  // --- cheques on their way

  /** Mostly one with such a cheque, if there is any. */
  private Batch batchWith(Predicate<Cheque> such) {
    List<Batch> with =
        world.batches.stream().filter(batch -> batch.cheques.stream().anyMatch(such)).toList();
    return with.isEmpty() || dice.percent(10) ? dice.of(world.batches) : dice.of(with);
  }

  private boolean isAfterEnd(Cheque cheque) {
    return days.today().isAfter(cheque.batch.order.endsOn());
  }

  private Action activate() {
    Batch batch = batchWith(cheque -> !cheque.activated);
    int size = batch.cheques.size();
    int first = firstWhere(batch, cheque -> !cheque.activated);
    int last = dice.percent(60) ? size : Math.min(size, first + dice.between(0, 15));
    if (dice.percent(5)) {
      return new Action.Activate(
          id("activation"), batch.number, dice.of(0, 1), size + dice.of(0, 1));
    }
    return new Action.Activate(id("activation"), batch.number, first, dice.percent(20) ? 0 : last);
  }

  private static int firstWhere(Batch batch, Predicate<Cheque> such) {
    return batch.cheques.stream()
        .filter(such)
        .mapToInt(cheque -> cheque.ordinal)
        .findFirst()
        .orElse(1);
  }

  private Action deliver() {
    Batch batch = batchWith(cheque -> cheque.prescriber == null);
    int perCarnet = batch.rules.perCarnet();
    int carnets = batch.cheques.size() / perCarnet;
    int first = firstWhere(batch, cheque -> cheque.prescriber == null);
    int last = first - 1 + perCarnet * dice.between(1, Math.max(1, Math.min(carnets, 4)));
    if (dice.percent(5)) {
      last++;
    }
    // What is left of a carnet goes up to where the next of its cheques has gone.
    Cheque begins = batch.cheques.get(first - 1);
    int left = first;
    while (left < batch.cheques.size()
        && batch.cheques.get(left).carnet() == begins.carnet()
        && batch.cheques.get(left).prescriber == null
        && !batch.cheques.get(left).opposed) {
      left++;
    }
    if (left - first + 1 < perCarnet) {
      last = left;
    }
    return new Action.Deliver(
        id("delivery"),
        prescriber(),
        batch.number,
        first,
        last,
        days.today().minusDays(dice.of(0, 0, 0, 0, 1, 3, -1)));
  }

  private Action handOut() {
    Batch batch = batchWith(c -> c.prescriber != null && c.handedOutOn == null && !isAfterEnd(c));
    Cheque cheque =
        batch.cheques.stream()
            .filter(c -> c.prescriber != null && c.handedOutOn == null)
            .findFirst()
            .orElse(dice.of(batch.cheques));
    List<Action.Range> ranges = new ArrayList<>();
    int last = cheque.ordinal;
    for (int more = dice.between(0, 12); more > 0 && last < batch.cheques.size(); more--) {
      Cheque next = batch.cheques.get(last);
      if (next.handedOutOn == null && next.prescriber != null || dice.percent(3)) {
        last++;
      }
    }
    ranges.add(new Action.Range(batch.number, cheque.ordinal, last));
    if (dice.percent(10)) {
      Cheque other = anyCheque();
      ranges.add(new Action.Range(other.batch.number, other.ordinal, other.ordinal));
    }
    List<String> publics = batch.rules.publics();
    String publicCode =
        dice.percent(95)
            ? publics.isEmpty() ? "" : dice.of(publics)
            : dice.of("", "job-seeker", "student");
    return new Action.HandOut(
        id("hand-out"),
        dice.percent(97) && cheque.prescriber != null ? cheque.prescriber : prescriber(),
        ranges,
        days.today().minusDays(dice.of(0, 0, 0, 0, 0, 1, 4, -1)),
        publicCode,
        dice.percent(95) == batch.rules.carnetsPerPerson() > 0 ? dice.of(PERSONS) : "");
  }

  // --- slips

  /** Mostly one that is labelled today. */
  private String labelled() {
    List<String> labelled =
        world.venues.entrySet().stream()
            .filter(
                venue -> {
                  World.Label label = venue.getValue().labelOn(days.today());
                  return label != null && label.state().equals("LABELLED");
                })
            .map(Map.Entry::getKey)
            .toList();
    return labelled.isEmpty() || dice.percent(20) ? venue() : dice.of(labelled);
  }

  private Action slip() {
    String debtor = dice.percent(30) ? reversals.debtor() : null;
    String venue = debtor == null ? labelled() : debtor;
    if (dice.percent(1)) {
      return new Action.SubmitSlip(venue, id("slip"), List.of());
    }
    List<Cheque> live =
        world
            .cheques()
            .filter(c -> c.spent == null && c.activated && c.handedOutOn != null)
            .toList();
    List<Action.Line> lines = new ArrayList<>();
    int count = dice.between(1, 12);
    int from = live.isEmpty() ? 0 : dice.below(live.size());
    count = live.isEmpty() ? 1 : Math.min(count, Math.max(2, live.size()));
    String point = point(venue);
    @Nullable LocalDate servedOn = null;
    for (int i = 0; i < count; i++) {
      Cheque cheque =
          !live.isEmpty() && dice.percent(85) ? live.get((from + i) % live.size()) : anyCheque();
      if (servedOn == null || dice.percent(30)) {
        servedOn = served(cheque);
      }
      if (dice.percent(20)) {
        point = point(venue);
      }
      lines.add(line(cheque, servedOn, dice.percent(99) ? point : "elsewhere"));
      if (dice.percent(3)) {
        lines.add(dice.of(lines));
      }
    }
    return new Action.SubmitSlip(venue, id("slip"), lines);
  }

  private Action.Line line(Cheque cheque, LocalDate servedOn, String point) {
    boolean unknown = dice.percent(3);
    return new Action.Line(
        unknown && dice.percent(50) ? 777 : cheque.batch.number,
        unknown ? cheque.batch.cheques.size() + 1 : cheque.ordinal,
        dice.percent(96),
        servedOn,
        dice.percent(85) ? SERVICES.getFirst() : dice.of(SERVICES),
        point);
  }

  /** A day on which the cheque may, or may just not, have been used. */
  private LocalDate served(Cheque cheque) {
    LocalDate today = days.today();
    LocalDate handedOutOn = cheque.handedOutOn == null ? today : cheque.handedOutOn;
    LocalDate last = handedOutOn.plusDays(cheque.batch.rules.validityDays());
    return switch (dice.below(24)) {
      case 0 -> handedOutOn;
      case 1 -> handedOutOn.minusDays(1);
      case 2 -> last.isAfter(today) ? today : last;
      case 3 -> last.plusDays(1);
      case 4 -> dice.percent(50) ? today.plusDays(1) : today;
      case 5 -> today.minusDays(cheque.batch.rules.windowDays());
      case 6 -> today.minusDays(cheque.batch.rules.windowDays() + 1L);
      case 7 -> cheque.batch.over();
      case 8 -> cheque.batch.over().plusDays(1);
      default -> today.isAfter(last) ? last : today;
    };
  }

  /** Of a slip that redeemed something, mostly; null if there is none. */
  private @Nullable Action withdrawal() {
    List<Action> spent =
        world
            .cheques()
            .filter(cheque -> cheque.spent != null)
            .map(cheque -> Objects.requireNonNull(cheque.spent))
            .filter(one -> !one.taken || dice.percent(20))
            .<Action>map(one -> new Action.WithdrawSlip(one.venue, one.reference))
            .toList();
    List<Action> any =
        told.stream()
            .filter(Action.SubmitSlip.class::isInstance)
            .map(Action.SubmitSlip.class::cast)
            .<Action>map(slip -> new Action.WithdrawSlip(slip.venue(), slip.reference()))
            .toList();
    if (spent.isEmpty() || dice.percent(10)) {
      return any.isEmpty() ? null : dice.of(any);
    }
    return dice.of(spent);
  }

  private Action opposition() {
    List<String> waiting =
        world.proposed.keySet().stream().filter(id -> !world.approved.contains(id)).toList();
    if (!waiting.isEmpty() && dice.percent(50)) {
      return new Action.ApproveOpposition(
          dice.of(waiting), dice.percent(85) ? "second-clerk" : Action.CLERK);
    }
    if (dice.percent(3)) {
      return new Action.ApproveOpposition("opposition-" + number, "second-clerk");
    }
    Cheque cheque = dice.of(batchWith(c -> c.handedOutOn != null).cheques);
    int last = cheque.ordinal + dice.of(0, 0, 0, 1, 2, 4, 8);
    if (dice.percent(95)) {
      last = Math.min(last, cheque.batch.cheques.size());
    }
    List<Action.Range> ranges = new ArrayList<>();
    ranges.add(new Action.Range(cheque.batch.number, cheque.ordinal, last));
    if (dice.percent(20)) {
      Cheque other = anyCheque();
      ranges.add(new Action.Range(other.batch.number, other.ordinal, other.ordinal));
    }
    return new Action.Oppose(id("opposition"), ranges, dice.of("LOST", "STOLEN"));
  }

  // --- the end of orders

  private boolean isOver(Batch batch) {
    return days.today().isAfter(batch.over());
  }

  private Action ending() {
    List<Batch> over = world.batches.stream().filter(this::isOver).toList();
    Batch batch = over.isEmpty() || dice.percent(15) ? dice.of(world.batches) : dice.of(over);
    String order = batch.order.order();
    if (!batch.expired && dice.percent(70)) {
      return new Action.ExpireOrder(order);
    }
    List<String> parties = new ArrayList<>();
    batch.terms.key.forEach(share -> parties.add(share.cashOwner()));
    if (!batch.notes.isEmpty() && dice.percent(50)) {
      return new Action.RefundNote(
          order,
          dice.percent(95) ? dice.of(List.copyOf(batch.notes.keySet())) : "etat",
          days.today().minusDays(dice.of(0, 0, 0, 0, 1, -1)));
    }
    return new Action.SignExpiry(
        order,
        dice.of("STATEMENT", "STATEMENT", "STATEMENT", "APPROVAL", "ACKNOWLEDGEMENT"),
        dice.percent(40) ? "" : dice.percent(95) ? dice.of(parties) : dice.of(FUNDERS));
  }

  // --- payments

  private Action run() {
    if (world.programmes.isEmpty()) {
      return new Action.OpenRun(id("run"), "none", days.today());
    }
    List<String> all = programmesThatOwe();
    List<String> both = all.stream().filter(reversals.programmesOfClaims()::contains).toList();
    List<String> owing = both.isEmpty() || dice.percent(40) ? all : both;
    return settling.run(
        new Action.OpenRun(
            id("run"),
            owing.isEmpty() ? dice.of(List.copyOf(world.programmes.keySet())) : dice.of(owing),
            days.today().minusDays(dice.of(0, 0, 0, 0, 0, 0, 1, 5, -1))));
  }

  /** Of lines recorded before today, to venues that can be paid. */
  private List<String> programmesThatOwe() {
    Instant today = World.startOf(days.today());
    return world
        .cheques()
        .filter(
            cheque -> {
              Cheque.Spent spent = cheque.spent;
              return spent != null
                  && spent.isOwed()
                  && spent.recordedAt.isBefore(today)
                  && Objects.requireNonNull(world.venues.get(spent.venue)).payable();
            })
        .map(cheque -> cheque.batch.programme)
        .distinct()
        .toList();
  }

  private static boolean isUndecided(World.Run run) {
    return run.isOpen() || !run.cancelled && run.transfers.stream().anyMatch(t -> t.end.isEmpty());
  }

  private boolean isSomethingInTransit() {
    return world.runs.values().stream().anyMatch(Story::isUndecided);
  }

  private Action bank() {
    List<String> open =
        world.runs.entrySet().stream()
            .filter(run -> isUndecided(run.getValue()))
            .map(Map.Entry::getKey)
            .toList();
    String run =
        dice.of(open.isEmpty() || dice.percent(20) ? List.copyOf(world.runs.keySet()) : open);
    World.Run known = world.runs.get(run);
    if (known != null && known.isOpen() && dice.percent(85)) {
      return dice.percent(15)
          ? new Action.CancelRun(run)
          : new Action.ReleaseRun(run, dice.percent(85) ? "second-clerk" : Action.CLERK);
    }
    if (dice.percent(3)) {
      return dice.percent(50)
          ? new Action.CancelRun(run)
          : new Action.ReleaseRun(run, "second-clerk");
    }
    World.Run opened = world.runs.get(run);
    int transfers = opened == null ? 1 : opened.transfers.size();
    List<Integer> pending = opened == null ? List.of() : opened.pending();
    int transfer =
        !pending.isEmpty() && dice.percent(85)
            ? dice.of(pending)
            : transfers > 0 && dice.percent(96) ? dice.between(1, transfers) : transfers + 1;
    LocalDate on = days.today().minusDays(dice.of(0, 0, 0, 0, 0, 0, 0, 1, 30, -1));
    return dice.percent(70)
        ? new Action.ConfirmTransfer(run, transfer, on)
        : new Action.RejectTransfer(run, transfer, on, dice.of("AC04", "AC04", "AM04"));
  }
}
