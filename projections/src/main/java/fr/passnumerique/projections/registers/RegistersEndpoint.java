package fr.passnumerique.projections.registers;

import static fr.passnumerique.clearing.access.Role.AUDITOR;
import static fr.passnumerique.clearing.access.Role.CLERK;
import static fr.passnumerique.clearing.access.Role.FUNDER;
import static fr.passnumerique.clearing.access.Role.PRESCRIBER;
import static fr.passnumerique.clearing.access.Role.VENUE;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Ownership;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.distribution.PrescriberId;
import fr.passnumerique.clearing.http.PageSize;
import fr.passnumerique.clearing.http.WhichMoment;
import fr.passnumerique.clearing.territory.Departement;
import fr.passnumerique.clearing.territory.Paris;
import fr.passnumerique.clearing.upkeep.RebuildId;
import fr.passnumerique.clearing.venues.VenueId;
import fr.passnumerique.projections.accounts.BalancesQuery;
import fr.passnumerique.projections.accounts.ShownBefore;
import fr.passnumerique.projections.loop.Generation;
import fr.passnumerique.projections.loop.ProjectionRunners;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The label register, which everybody may read, and each prescriber's register of titles. */
@RestController
public final class RegistersEndpoint {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final int LONGEST_PAGE = 1_000;

  private final VenueRegister venues;
  private final PastVenues past;
  private final StockRegister stock;
  private final BalancesQuery balances;
  private final ProjectionRunners runners;
  private final DataSource reader;
  private final Clock clock;

  RegistersEndpoint(
      VenueRegister venues,
      PastVenues past,
      StockRegister stock,
      BalancesQuery balances,
      ProjectionRunners runners,
      DataSource reader,
      Clock clock) {
    this.venues = venues;
    this.past = past;
    this.stock = stock;
    this.balances = balances;
    this.runners = runners;
    this.reader = reader;
    this.clock = clock;
  }

  @GetMapping("/api/venues")
  @Permit({CLERK, AUDITOR, FUNDER, VENUE, PRESCRIBER})
  @Operation(
      operationId = "readVenueRegister",
      summary = "Venues with their points of service and their label, in pages",
      description =
          """
          As of now, any position, any instant, and any day by the committees' decisions. Two \
          clocks: asOfPosition or asOf says what had been recorded, and it is shown as it stood \
          then; businessDate says for which day, and `labelledFrom` and `labelled` are of the label \
          that held on it. Names, points of service and accounts have no day of their own: they are \
          as recorded. To read on from page to page as of one moment, name the position of the \
          first. What cannot be told exactly is refused (AS_OF_TOO_LATE, AS_OF_TOO_EARLY; \
          AS_OF_NOT_KEPT until the registers have been folded anew by a release that keeps \
          accounts). Points of service suspended one by one are readLabelRegister's.\
          """)
  VenueRegister.Page readVenueRegister(
      Actor actor,
      @Parameter(description = "INSEE code: venues with a point of service there")
          @RequestParam(required = false)
          @Nullable Departement departement,
      @Parameter(description = "Only those labelled, or only those not")
          @RequestParam(required = false)
          @Nullable Boolean labelled,
      @Parameter(description = "What the page before names as next") @RequestParam(required = false)
          @Nullable VenueId after,
      @Parameter(description = "Venues a page, at most 1 000") @RequestParam(defaultValue = "100")
          int limit,
      @ModelAttribute WhichMoment when,
      @Parameter(description = ShownBefore.OF_OTHERS)
          @RequestParam(name = "shownBefore", required = false)
          @Nullable RebuildId shownBefore) {
    PageSize.require(limit, LONGEST_PAGE);
    VenueRegister.Page page =
        read(
            new VenueRegister.Filter(
                null, departement == null ? null : departement.code(), labelled),
            after == null ? "" : after.value(),
            limit,
            when,
            shownBefore);
    return new VenueRegister.Page(
        page.position(),
        page.recordedAt(),
        page.venues().stream()
            .map(venue -> maySeeAccount(actor, venue) ? venue : venue.withoutAccount())
            .toList(),
        page.next(),
        page.caveats());
  }

  private Optional<StockRegister.Stock> find(
      PrescriberId prescriber, WhichMoment when, @Nullable RebuildId shownBefore) {
    StockRegister shown =
        stock.of(new ShownBefore(shownBefore).generation(reader, RegistersProjection.NAME));
    if (when.equals(WhichMoment.NOW)) {
      runners.awaitHead(PATIENCE, RegistersProjection.NAME);
      return shown.find(prescriber.value());
    }
    // Which position an instant and a day come to is told by the balances' journal.
    long head = runners.awaitHead(PATIENCE, RegistersProjection.NAME, "accounts");
    return when.ask(head, asOf -> shown.find(prescriber.value(), asOf, balances::position));
  }

  VenueRegister.Page read(
      VenueRegister.Filter filter,
      String after,
      int limit,
      WhichMoment when,
      @Nullable RebuildId shownBefore) {
    Generation generation = before(when, shownBefore);
    if (when.equals(WhichMoment.NOW)) {
      runners.awaitHead(PATIENCE, RegistersProjection.NAME);
      return venues.of(generation).read(filter, after, limit);
    }
    return when.ask(awaitAll(), asOf -> past.of(generation).read(filter, after, limit, asOf));
  }

  /** What was shown without a moment was of the registers alone; the past is of the labels too. */
  private @Nullable Generation before(WhichMoment when, @Nullable RebuildId shownBefore) {
    ShownBefore before = new ShownBefore(shownBefore);
    return when.equals(WhichMoment.NOW)
        ? before.generation(reader, RegistersProjection.NAME)
        : before.generation(reader, RegistersProjection.NAME, "labels");
  }

  /** What tells the past: registers, labels, and the journal that knows which position it was. */
  private long awaitAll() {
    return runners.awaitHead(PATIENCE, RegistersProjection.NAME, "labels", "accounts");
  }

  private static boolean maySeeAccount(Actor actor, VenueRegister.Venue venue) {
    return switch (actor.role()) {
      case CLERK, AUDITOR -> true;
      case VENUE -> venue.venue().equals(actor.subject());
      case FUNDER, PRESCRIBER -> false;
    };
  }

  @GetMapping("/api/prescribers/{prescriberId}/stock")
  @Permit(
      value = {CLERK, AUDITOR, PRESCRIBER},
      owner = "prescriberId")
  @Operation(
      operationId = "readStock",
      summary = "A prescriber's register of titles: received, handed out and held, per batch",
      description =
          """
          As of now, any position, any instant and any business day, told again as it stood then; \
          names are those of now. What cannot be told exactly is refused (AS_OF_TOO_LATE, \
          AS_OF_TOO_EARLY; AS_OF_NOT_KEPT until the registers have been folded anew by a release \
          that keeps movements).\
          """)
  StockRegister.Stock readStock(
      Actor actor,
      @PathVariable PrescriberId prescriberId,
      @ModelAttribute WhichMoment when,
      @Parameter(description = ShownBefore.OF_OTHERS)
          @RequestParam(name = "shownBefore", required = false)
          @Nullable RebuildId shownBefore) {
    Ownership.require(actor, PRESCRIBER, prescriberId.value());
    return runners.present(
        () -> find(prescriberId, when, shownBefore),
        "prescriber " + prescriberId,
        RegistersProjection.NAME);
  }

  @GetMapping("/api/prescribers/{prescriberId}/stock/outlook")
  @Permit(
      value = {CLERK, AUDITOR, PRESCRIBER},
      owner = "prescriberId")
  @Operation(
      operationId = "readStockOutlook",
      summary = "How long a prescriber's stock lasts, and what of it comes to its end",
      description =
          """
          By the pace of the last `windowDays` days, up to today: `runsOutOn` is when the last \
          cheque would be handed out, `left` what would still be there on the day that its batch \
          ends. What ends first is taken to be handed out first. A guess: nothing is refused by \
          it.\
          """)
  public StockOutlook readStockOutlook(Actor actor, @PathVariable PrescriberId prescriberId) {
    Ownership.require(actor, PRESCRIBER, prescriberId.value());
    runners.awaitHead(PATIENCE, RegistersProjection.NAME);
    return runners.present(
        () -> stock.outlook(prescriberId.value(), Paris.dayOf(clock.instant())),
        "prescriber " + prescriberId,
        RegistersProjection.NAME);
  }
}
