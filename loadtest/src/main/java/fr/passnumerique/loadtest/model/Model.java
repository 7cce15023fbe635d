package fr.passnumerique.loadtest.model;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Plays actions one after the other and says how each must be answered. */
public final class Model {
  final World world;
  private final Funds funds;
  private final BankFiles bankFiles;
  private final BankClerk bankClerk;
  private final Calls calls;
  private final Titles titles;
  private final Venues venues;
  private final Slips slips;
  private final Payments payments;
  private final Losses losses;
  private final Reversals reversals;
  private final Endings endings;
  private final Refunds refunds;

  /**
   * @param contestDays how long a venue may contest, from the day after the reversal
   */
  public Model(int contestDays) {
    world = new World(contestDays);
    funds = new Funds(world);
    bankFiles = new BankFiles(world);
    bankClerk = new BankClerk(world);
    calls = new Calls(world);
    titles = new Titles(world);
    venues = new Venues(world);
    slips = new Slips(world);
    payments = new Payments(world);
    losses = new Losses(world);
    reversals = new Reversals(world);
    endings = new Endings(world);
    refunds = new Refunds(world);
  }

  /**
   * @param receivedAt when it was taken; dates are judged then
   * @param now when it is recorded, unless the last record is later
   */
  public Told play(Action action, Instant receivedAt, Instant now) {
    Instant after = world.recordedAt.plus(1, ChronoUnit.MICROS);
    Instant recordedAt = now.isBefore(after) ? after : now;
    world.furtherFacts = 0;
    world.refusalNoted = false;
    Told told = told(action, receivedAt, recordedAt);
    if (told.accepted() && !told.again()) {
      funds.payWhatIsOwed();
    }
    if (told.accepted() && !told.again() || world.refusalNoted) {
      world.recordedAt = recordedAt.plus(world.furtherFacts, ChronoUnit.MICROS);
    }
    return told;
  }

  private Told told(Action action, Instant receivedAt, Instant recordedAt) {
    LocalDate today = World.dayOf(receivedAt);
    return switch (action) {
      case Titling.TakeBack a -> new Corrections(world).takeBack(a);
      case Titling.Replace a -> new Substitutes(world).replace(a, today);
      case Titling.SetWaiver a -> new Waivers(world).set(a, today);
      case Refunding a -> refunds.play(a, today, recordedAt);
      case Reversing a -> reversals.play(a, today, recordedAt);
      case Action.OpenDay a -> openDay(a);
      case Action.DefineProgramme a -> funds.define(a);
      case Action.RegisterFunder a -> funds.register(a);
      case Action.SignAgreement a -> funds.sign(a, today);
      case Action.AmendAgreement a -> funds.amend(a, today);
      case Action.Receive a -> funds.receive(a, today);
      case Action.TransferFunds a -> funds.transfer(a);
      case Action.CallFunds a -> calls.call(a, today);
      case Action.CancelCall a -> calls.cancel(a);
      case Action.ImportFile a -> bankFiles.read(a, today);
      case Action.MatchEntry a -> bankClerk.match(a);
      case Banking.MatchReceipts a -> bankClerk.match(a);
      case Banking.MatchRun a -> bankClerk.match(a);
      case Banking.TakeReceiptBack a -> new Receipts(world).takeBack(a);
      case Banking.TakeConfirmationBack a -> payments.takeBack(a);
      case Action.OffsetEntries a -> bankClerk.offset(a);
      case Action.CloseException a -> bankClerk.close(a);
      case Action.Order a -> titles.order(a, today);
      case Action.Activate a -> titles.activate(a, today, recordedAt);
      case Action.RegisterPrescriber a -> titles.register(a);
      case Action.Deliver a -> titles.deliver(a, today);
      case Action.HandOut a -> titles.handOut(a, today);
      case Action.ListVenue a -> venues.list(a);
      case Action.LabelVenue a -> venues.label(a, today);
      case Action.DecideLabel a -> venues.decide(a, today);
      case Action.OpenAccount a -> venues.propose(a);
      case Action.ConfirmAccount a -> venues.confirm(a);
      case Action.DropAccount a -> venues.drop(a);
      case Action.SubmitSlip a -> slips.submit(a, today, recordedAt);
      case Action.OpenRun a ->
          payments.open(
              new Settling.OpenRunFor(a.run(), a.programme(), a.cutOffDay(), ""), receivedAt);
      case Settling.OpenRunFor a -> payments.open(a, receivedAt);
      case Settling.SetCalendar a -> new Calendars(world).set(a, today);
      case Settling.HandOutRun a -> payments.handOut(a);
      case Action.Oppose a -> losses.oppose(a);
      case Action.ApproveOpposition a -> losses.approve(a);
      case Action.ExpireOrder a -> endings.expire(a, receivedAt);
      case Action.SignExpiry a -> endings.sign(a, today);
      case Action.RefundNote a -> endings.refund(a, today);
      case Action.WithdrawSlip a -> slips.withdraw(a);
      case Action.ReleaseRun a -> payments.release(a, recordedAt);
      case Action.CancelRun a -> payments.cancel(a);
      case Action.ConfirmTransfer a -> payments.confirm(a, today);
      case Action.RejectTransfer a -> payments.reject(a, today);
    };
  }

  private Told openDay(Action.OpenDay a) {
    if (world.lastDay != null && !a.day().isAfter(world.lastDay)) {
      return Told.again(world.lastDay.toString());
    }
    world.lastDay = a.day();
    return Told.done(a.day().toString());
  }

  /** Every reversal, as it is told. */
  public Map<String, String> reversals() {
    Map<String, String> all = new TreeMap<>();
    world.undue.reversals.forEach((name, one) -> all.put(name, Reversals.text(one)));
    return all;
  }

  /**
   * How much of each funder's ceiling is used, and until when the rest will do.
   *
   * @param now of the reading
   */
  public Map<String, String> budgets(Instant now) {
    return Budgets.of(world, World.dayOf(now));
  }

  /**
   * A cheque that is handed out.
   *
   * @param last day on which it can be used
   */
  public record HandedOut(int batch, int ordinal, LocalDate last) {}

  public List<HandedOut> handedOut() {
    return world
        .cheques()
        .filter(cheque -> cheque.handedOutOn != null)
        .map(c -> new HandedOut(c.batch.number, c.ordinal, c.lastServiceDay()))
        .toList();
  }

  /** When the last action that added something was recorded. */
  public Instant recordedAt() {
    return world.recordedAt;
  }

  /** What lies where; debits positive, credits negative, empty pots left out. */
  public Map<Pot, Long> pots() {
    return Pots.of(world);
  }

  /** A line on each owner's cash, and one under "all" on the whole account. */
  public Map<String, String> cover() {
    return Cover.of(world);
  }

  /** Verdicts that this slip would be given now; nothing is spent. */
  public String wouldBe(Action.SubmitSlip slip, Instant now) {
    return slips.wouldBe(slip, World.dayOf(now));
  }

  /** Every cheque that is spent, as batch/ordinal. */
  public TreeSet<String> spent() {
    TreeSet<String> spent = new TreeSet<>();
    world.cheques().filter(cheque -> cheque.spent != null).forEach(c -> spent.add(c.toString()));
    return spent;
  }

  /** Cheques in each prescriber's stock. */
  public Map<String, Integer> stock() {
    Map<String, Integer> stock = new TreeMap<>();
    world
        .cheques()
        .filter(cheque -> cheque.prescriber != null && cheque.handedOutOn == null)
        .filter(cheque -> !cheque.opposed && !cheque.batch.expired)
        .forEach(cheque -> stock.merge(String.valueOf(cheque.prescriber), 1, Integer::sum));
    return stock;
  }

  /**
   * A slip with a line for every cheque there is, which asks where each stands.
   *
   * @param servedOn of every line
   */
  public List<Action.SubmitSlip> trials(String venue, LocalDate servedOn, String service) {
    World.Venue listed = world.venues.get(venue);
    if (listed == null) {
      return List.of();
    }
    String point = listed.departementOfPoint.keySet().iterator().next();
    List<Action.Line> lines =
        world
            .cheques()
            .map(c -> new Action.Line(c.batch.number, c.ordinal, true, servedOn, service, point))
            .toList();
    List<Action.SubmitSlip> trials = new ArrayList<>();
    for (int from = 0; from < lines.size(); from += 1_000) {
      trials.add(
          new Action.SubmitSlip(
              venue, "trial", lines.subList(from, Math.min(from + 1_000, lines.size()))));
    }
    return trials;
  }
}
