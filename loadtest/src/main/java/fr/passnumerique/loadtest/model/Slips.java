package fr.passnumerique.loadtest.model;

import fr.passnumerique.loadtest.model.Cheque.Spent;
import fr.passnumerique.loadtest.model.World.Venue;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Slips, judged line by line. */
final class Slips {
  private final World world;

  Slips(World world) {
    this.world = world;
  }

  private static String id(Action.SubmitSlip a) {
    return "slip " + a.venue() + " " + a.reference();
  }

  Told submit(Action.SubmitSlip a, LocalDate today, Instant recordedAt) {
    Venue venue = world.venues.get(a.venue());
    if (venue == null) {
      return Told.refused("UNKNOWN_VENUE");
    }
    Told known = world.known(id(a), a, "SLIP_REFERENCE_REUSED");
    if (known != null) {
      return known;
    }
    if (a.lines().isEmpty()) {
      return Told.refused("NO_LINES");
    }
    if (a.lines().stream().anyMatch(line -> !venue.departementOfPoint.containsKey(line.point()))) {
      return Told.refused("UNKNOWN_POINT_OF_SERVICE");
    }
    Judged judged = judge(a, venue, today);
    Undue.Slip slip = new Undue.Slip();
    slip.lines = a.lines().size();
    world.undue.slips.put(id(a), slip);
    judged.accepted.forEach(
        (cheque, number) -> {
          Action.Line line = a.lines().get(number - 1);
          cheque.spent =
              new Spent(
                  a.venue(),
                  a.reference(),
                  number,
                  line.point(),
                  departement(venue, line),
                  line.servedOn(),
                  Waivers.waives(world, a.venue(), line.servedOn()),
                  today,
                  recordedAt,
                  cheque.batch.rules.faceValue());
          if (cheque.spent.waived) {
            slip.waived.add(number);
          } else {
            slip.accepted.put(number, cheque);
          }
        });
    return world.record(id(a), a, String.join(" ", judged.verdicts));
  }

  Told withdraw(Action.WithdrawSlip a) {
    String slip = "slip " + a.venue() + " " + a.reference();
    if (!world.done.containsKey(slip)) {
      return Told.refused("UNKNOWN_SLIP");
    }
    String id = "withdrawal of " + slip;
    Told known = world.known(id, a, "");
    if (known != null) {
      return known;
    }
    List<Cheque> cheques =
        world
            .cheques()
            .filter(
                cheque ->
                    cheque.spent != null
                        && cheque.spent.venue.equals(a.venue())
                        && cheque.spent.reference.equals(a.reference()))
            .toList();
    if (cheques.stream().anyMatch(c -> c.spent != null && c.spent.reversed != null)) {
      return Told.refused("SLIP_HAS_VOID_CHEQUES");
    }
    if (cheques.stream().anyMatch(cheque -> cheque.batch.expired)) {
      return Told.refused("SLIP_HAS_EXPIRED_CHEQUES");
    }
    if (cheques.stream().anyMatch(cheque -> cheque.spent != null && cheque.spent.taken)) {
      return Told.refused("SLIP_IN_SETTLEMENT");
    }
    cheques.forEach(cheque -> cheque.spent = null);
    Undue.Slip withdrawn = world.undue.slips.get(slip);
    if (withdrawn != null) {
      withdrawn.withdrawn = true;
    }
    return world.record(id, a, "");
  }

  /** What each line would be told now, if it stood in a slip of its own place; spends nothing. */
  String wouldBe(Action.SubmitSlip a, LocalDate today) {
    Venue venue = world.venues.get(a.venue());
    if (venue == null) {
      throw new IllegalArgumentException("a trial names a venue that is listed");
    }
    return String.join(" ", judge(a, venue, today).verdicts);
  }

  private static String departement(Venue venue, Action.Line line) {
    String departement = venue.departementOfPoint.get(line.point());
    if (departement == null) {
      throw new IllegalStateException("a point of service without a département");
    }
    return departement;
  }

  private static final class Judged {
    final List<String> verdicts = new ArrayList<>();
    final Map<Cheque, Integer> accepted = new HashMap<>();
    final Map<Cheque, Action.Line> lines = new HashMap<>();
    final Set<Cheque> seen = new HashSet<>();
  }

  private Judged judge(Action.SubmitSlip a, Venue venue, LocalDate today) {
    Judged judged = new Judged();
    for (Action.Line line : a.lines()) {
      Batch batch = world.batch(line.batch());
      Cheque cheque =
          batch != null && batch.has(line.ordinal(), line.ordinal())
              ? batch.cheques.get(line.ordinal() - 1)
              : null;
      String verdict = verdict(line, cheque, a.venue(), venue, today, judged);
      judged.verdicts.add(verdict + remarks(verdict, cheque, line, a.venue()));
      if (cheque != null && line.genuine()) {
        judged.seen.add(cheque);
        if (verdict.equals("ACCEPTED")) {
          judged.accepted.put(cheque, judged.verdicts.size());
          judged.lines.put(cheque, line);
        }
      }
    }
    return judged;
  }

  private String verdict(
      Action.Line line,
      @Nullable Cheque cheque,
      String venueName,
      Venue venue,
      LocalDate today,
      Judged earlier) {
    if (cheque == null) {
      return "UNKNOWN_CHEQUE";
    }
    if (earlier.seen.contains(cheque)) {
      return "DUPLICATE_LINE";
    }
    if (!line.genuine()) {
      return "BAD_CHECK_CODE";
    }
    LocalDate servedOn = line.servedOn();
    if (servedOn.isAfter(today)) {
      return "SERVICE_DATE_IN_FUTURE@" + today;
    }
    if (cheque.spent != null) {
      return "ALREADY_REDEEMED@" + cheque.spent.presentedOn;
    }
    if (cheque.opposed) {
      return "OPPOSED";
    }
    if (!cheque.activated) {
      return "NOT_ACTIVATED";
    }
    LocalDate handedOutOn = cheque.handedOutOn;
    if (handedOutOn == null) {
      return "NOT_DISTRIBUTED";
    }
    if (servedOn.isBefore(handedOutOn)) {
      return "SERVICE_BEFORE_DISTRIBUTION@" + handedOutOn;
    }
    Action.Rules rules = cheque.batch.rules;
    LocalDate over = cheque.batch.over();
    LocalDate lastService = cheque.lastServiceDay();
    if (servedOn.isAfter(lastService)) {
      return "EXPIRED_AT_SERVICE_DATE@" + lastService;
    }
    LocalDate lastPresentation = earlier(servedOn.plusDays(rules.windowDays()), over);
    if (cheque.batch.expired || today.isAfter(lastPresentation)) {
      return "PRESENTED_TOO_LATE@" + lastPresentation;
    }
    World.Label label = venue.labelOn(servedOn);
    if (label == null || !label.state().equals("LABELLED")) {
      return "VENUE_NOT_LABELLED_AT_SERVICE_DATE" + venue.notLabelled(servedOn);
    }
    if (!rules.services().isEmpty() && !rules.services().contains(line.service())) {
      return "SERVICE_NOT_ELIGIBLE";
    }
    if (!rules.territory().isEmpty() && !rules.territory().contains(departement(venue, line))) {
      return "OUT_OF_TERRITORY";
    }
    if (rules.conflict().equals("REFUSE") && isOwn(cheque, venueName)) {
      return "CONFLICT_OF_INTEREST";
    }
    if (rules.perVisit() > 0 && inVisit(line, cheque, venueName, earlier) >= rules.perVisit()) {
      return "TOO_MANY_IN_ONE_VISIT";
    }
    return "ACCEPTED";
  }

  /** What is noted of an accepted line: a conflict that does not refuse it, nothing to be paid. */
  private String remarks(
      String verdict, @Nullable Cheque cheque, Action.Line line, String venueName) {
    if (cheque == null || !verdict.equals("ACCEPTED")) {
      return "";
    }
    boolean flagged = cheque.batch.rules.conflict().equals("FLAG") && isOwn(cheque, venueName);
    boolean waived = Waivers.waives(world, venueName, line.servedOn());
    return (flagged ? "+conflict" : "") + (waived ? "+waived" : "");
  }

  /** Whether the organisation that handed the cheque out presents it. */
  private boolean isOwn(Cheque cheque, String venue) {
    String siret = cheque.prescriber == null ? null : world.sirets.get(cheque.prescriber);
    return siret != null && siret.substring(0, 9).equals(venue.substring(0, 9));
  }

  private static LocalDate earlier(LocalDate one, LocalDate other) {
    return one.isBefore(other) ? one : other;
  }

  /** Cheques of the same carnet spent at the same point of service for the same day. */
  private long inVisit(Action.Line line, Cheque cheque, String venue, Judged earlier) {
    long before =
        world
            .cheques()
            .filter(mate -> mate.visitor().equals(cheque.visitor()))
            .map(mate -> mate.spent)
            .filter(
                spent ->
                    spent != null
                        && spent.venue.equals(venue)
                        && spent.point.equals(line.point())
                        && spent.servedOn.equals(line.servedOn()))
            .count();
    long inThisSlip =
        earlier.lines.entrySet().stream()
            .filter(
                accepted ->
                    accepted.getKey().visitor().equals(cheque.visitor())
                        && accepted.getValue().point().equals(line.point())
                        && accepted.getValue().servedOn().equals(line.servedOn()))
            .count();
    return before + inThisSlip;
  }
}
