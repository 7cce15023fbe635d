package fr.passnumerique.ui.venue;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.funding.PartiesEndpoint;
import fr.passnumerique.clearing.funding.ProgrammeDefined;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.payee.PayeeAccountEndpoint;
import fr.passnumerique.clearing.reversal.Reversal;
import fr.passnumerique.clearing.reversal.ReversalEndpoint;
import fr.passnumerique.clearing.settlement.SettlementCalendarEndpoint;
import fr.passnumerique.clearing.territory.Paris;
import fr.passnumerique.clearing.venues.LabelState;
import fr.passnumerique.clearing.venues.VenueId;
import fr.passnumerique.projections.labels.Organisations;
import fr.passnumerique.projections.labels.OrganisationsEndpoint;
import fr.passnumerique.ui.ledger.Thing;
import fr.passnumerique.ui.payee.PayeeAccountPages;
import fr.passnumerique.ui.words.French;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a venue is told of its account, its label, its reversals and its next payment. */
final class VenueAffairs {
  /** A label that ends within so many days is told beforehand. */
  private static final int OUTLOOK_DAYS = 60;

  private final PayeeAccountEndpoint accounts;
  private final OrganisationsEndpoint organisations;
  private final ReversalEndpoint reversals;
  private final SettlementCalendarEndpoint calendars;
  private final PartiesEndpoint parties;
  private final Clock clock;
  private final French french = new French();

  VenueAffairs(
      PayeeAccountEndpoint accounts,
      OrganisationsEndpoint organisations,
      ReversalEndpoint reversals,
      SettlementCalendarEndpoint calendars,
      PartiesEndpoint parties,
      Clock clock) {
    this.accounts = accounts;
    this.organisations = organisations;
    this.reversals = reversals;
    this.calendars = calendars;
    this.parties = parties;
    this.clock = clock;
  }

  LocalDate today() {
    return Paris.dayOf(clock.instant());
  }

  PayeeAccountEndpoint.Accounting account(String venue, Actor reader) {
    return accounts.readVenueAccount(venue, reader);
  }

  /**
   * @return empty if the venue is on no list yet
   */
  Optional<Organisations.Venue> listed(String venue, Actor reader, LocalDate day) {
    try {
      return Optional.of(organisations.readVenue(reader, new VenueId(venue), day, null));
    } catch (Problem unknown) {
      if (unknown.status() == 404) {
        return Optional.empty();
      }
      throw unknown;
    }
  }

  List<Reversal> reversals(String venue) {
    return reversals.readVenueReversals(venue).reversals();
  }

  /**
   * The next days on which programmes settle by their calendars, the first one first.
   *
   * @param cutOffDay what is recorded before it begins is paid
   * @param executionOn the day on which the bank is asked to pay, if the run is released that day
   */
  record NextRun(String programme, LocalDate cutOffDay, LocalDate executionOn) {}

  List<NextRun> nextRuns() {
    return parties.readProgrammes().programmes().stream()
        .map(this::nextRun)
        .filter(Objects::nonNull)
        .sorted(Comparator.comparing(NextRun::cutOffDay))
        .toList();
  }

  private @Nullable NextRun nextRun(ProgrammeDefined programme) {
    return calendars.readSettlementCalendar(programme.programme(), 1).next().stream()
        .map(next -> new NextRun(programme.name(), next.cutOffDay(), next.executionOn()))
        .findFirst()
        .orElse(null);
  }

  /** What the venue has to know or to do, the worst first. */
  List<Notice> notices(Actor venue) {
    List<Notice> notices = new ArrayList<>();
    account(venue.subject(), account(venue.subject(), venue)).ifPresent(notices::add);
    LocalDate today = today();
    Optional<Organisations.Venue> now = listed(venue.subject(), venue, today);
    if (now.isEmpty()) {
      notices.add(
          Notice.bad(
              "Votre lieu n’est pas encore inscrit",
              "Vos bordereaux seront pris quand l’opérateur l’aura inscrit au registre des lieux.",
              null));
    } else {
      label(
              now.get(),
              listed(venue.subject(), venue, today.plusDays(OUTLOOK_DAYS)).orElse(now.get()))
          .ifPresent(notices::add);
    }
    reversals(venue.subject()).stream()
        .filter(reversal -> isOpen(reversal, today))
        .forEach(reversal -> notices.add(reversed(reversal, venue, french)));
    return notices;
  }

  private Optional<Notice> account(String venue, PayeeAccountEndpoint.Accounting account) {
    String page = PayeeAccountPages.ofVenue(venue);
    if (account.inForce().isPresent()) {
      return Optional.empty();
    }
    if (account.proposed().isPresent()) {
      return Optional.of(
          Notice.warn(
              "Votre compte attend d’être confirmé",
              "L’opérateur compare l’IBAN proposé avec le RIB. Rien n’est perdu : vos lignes"
                  + " acceptées restent dues.",
              page));
    }
    return Optional.of(
        account
            .closed()
            .map(
                closed ->
                    Notice.bad(
                        "Votre compte bancaire ne peut plus servir",
                        "Le "
                            + french.date(closed.on())
                            + ", la banque a refusé un virement vers ce compte (motif "
                            + closed.reason()
                            + "). La somme vous reste due : proposez un autre compte pour être payé"
                            + " au prochain règlement.",
                        page))
            .orElseGet(
                () ->
                    Notice.bad(
                        "Aucun compte bancaire en vigueur",
                        "Vos lignes acceptées restent dues, mais ne peuvent pas être payées."
                            + " Proposez un compte.",
                        page)));
  }

  private Optional<Notice> label(Organisations.Venue now, Organisations.Venue then) {
    List<Organisations.Point> labelled =
        now.pointsOfService().stream().filter(VenueAffairs::isLabelled).toList();
    if (labelled.isEmpty()) {
      return Optional.of(
          Notice.bad(
              "Votre lieu n’est pas labellisé",
              "Les lignes de services rendus aujourd’hui seraient rejetées. Demandez à l’opérateur"
                  + " où en est votre label.",
              VenuePage.OWN));
    }
    Map<String, Organisations.Point> later =
        then.pointsOfService().stream()
            .collect(Collectors.toMap(Organisations.Point::id, Function.identity(), (a, _) -> a));
    return labelled.stream()
        .map(point -> later.get(point.id()))
        .filter(point -> point != null && !isLabelled(point))
        .map(Organisations.Point::labelSince)
        .filter(Objects::nonNull)
        .min(Comparator.naturalOrder())
        .map(
            ends ->
                Notice.warn(
                    "Votre label prend fin",
                    "À partir du "
                        + french.date(ends)
                        + ", les services rendus ne seront plus payés. Ceux d’avant le restent.",
                    VenuePage.OWN));
  }

  static boolean isLabelled(Organisations.Point point) {
    return point.label() == LabelState.LABELLED;
  }

  private static boolean isOpen(Reversal reversal, LocalDate today) {
    return switch (reversal.state()) {
      case CONTESTED -> true;
      case REVERSED -> reversal.contestUntil().filter(last -> !last.isBefore(today)).isPresent();
      case PROPOSED, DROPPED, UPHELD, LIFTED -> false;
    };
  }

  static Notice reversed(Reversal reversal, Actor venue, French french) {
    String amount = french.money(reversal.amountCents());
    String page = Thing.REVERSAL.link(reversal.reversal(), venue, true).page();
    return reversal.state() == Reversal.State.CONTESTED
        ? Notice.warn(
            "Votre contestation est examinée",
            amount
                + " du bordereau "
                + reversal.slip()
                + " : rien n’est retenu avant la décision de l’opérateur.",
            page)
        : Notice.warn(
            "Des lignes sont annulées",
            amount
                + " du bordereau "
                + reversal.slip()
                + ". Vous pouvez contester jusqu’au "
                + french.date(reversal.contestUntil().orElse(null))
                + ".",
            page);
  }
}
