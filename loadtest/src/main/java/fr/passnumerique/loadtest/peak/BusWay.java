package fr.passnumerique.loadtest.peak;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.issuance.ChequeCode;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.ledger.Commands;
import fr.passnumerique.clearing.ledger.Outcome;
import fr.passnumerique.clearing.redemption.SlipDesk;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.redemption.SlipLine;
import fr.passnumerique.clearing.redemption.SlipReference;
import fr.passnumerique.clearing.venues.PointOfServiceId;
import fr.passnumerique.clearing.venues.VenueId;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Our command bus, called from this process: what every other way in ends at. */
final class BusWay implements Way {
  private final Plan plan;
  private final Node node;
  private final SlipDesk desk;
  private final Commands commands;
  private final LedgerBooks books;

  private BusWay(Plan plan, Node node, LedgerBooks books) {
    this.plan = plan;
    this.node = node;
    this.desk = node.slipDesk();
    this.commands = node.commands();
    this.books = books;
  }

  /**
   * @param properties of a ledger that holds the plan's cheques
   */
  static BusWay start(Plan plan, Map<String, String> properties, LedgerBooks books)
      throws InterruptedException {
    BusWay way = new BusWay(plan, Node.start(properties, Clock.systemUTC()), books);
    way.drain();
    return way;
  }

  static BusWay on(Plan plan, Node node, LedgerBooks books) {
    return new BusWay(plan, node, books);
  }

  @Override
  public String name() {
    return "bus";
  }

  @Override
  public String description() {
    return "our command bus in this process, all registers, projections and the claim index"
        + " running";
  }

  @Override
  public Client client() {
    return new BusClient();
  }

  @Override
  public void drain() throws InterruptedException {
    books.awaitProjections();
  }

  @Override
  public Optional<Freshness> freshness() {
    return Optional.of(books.freshness());
  }

  @Override
  public Books books() {
    return books.read();
  }

  @Override
  public void close() {
    node.close();
  }

  private final class BusClient implements Client {
    /** Nothing is made ready: the rival sorts a slip's lines and digests them as it sends it. */
    @Override
    public Supplier<Answer> send(Slip slip) {
      VenueId venue = new VenueId(plan.venues().get(slip.venue()));
      Outcome<SlipJudged> outcome =
          commands.send(
              desk.prepare(venue, new SlipReference(slip.reference()), lines(slip)),
              new Actor("loadtest", Role.VENUE, venue.value()));
      return switch (outcome) {
        case Outcome.Recorded<SlipJudged>(SlipJudged judged, _, boolean already) ->
            () ->
                new Answer(
                    judged.lines().stream().map(SlipJudged.Line::verdict).toList(),
                    judged.acceptedCents(),
                    already);
        case Outcome.Refused<SlipJudged>(var refusal) ->
            throw new IllegalStateException(
                "slip %d: %s".formatted(slip.number(), refusal.message()));
      };
    }

    private List<SlipLine> lines(Slip slip) {
      List<SlipLine> lines = new ArrayList<>(slip.lines());
      for (int i = 0; i < slip.lines(); i++) {
        Site site = plan.sites().get(slip.sites()[i]);
        lines.add(
            new SlipLine(
                new ChequeCode(Serial.ofKey(slip.serials()[i]), slip.checkParts()[i]),
                LocalDate.ofEpochDay(slip.servedOn()[i]),
                site.service(),
                new PointOfServiceId(site.pointOfService())));
      }
      return lines;
    }
  }
}
