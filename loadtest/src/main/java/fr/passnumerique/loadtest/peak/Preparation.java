package fr.passnumerique.loadtest.peak;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.distribution.DeliverCheques;
import fr.passnumerique.clearing.distribution.DeliveryId;
import fr.passnumerique.clearing.distribution.HandOutCheques;
import fr.passnumerique.clearing.distribution.HandOutCheques.Choice;
import fr.passnumerique.clearing.distribution.HandOutId;
import fr.passnumerique.clearing.distribution.PrescriberId;
import fr.passnumerique.clearing.distribution.RegisterPrescriber;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.AgreementSigned;
import fr.passnumerique.clearing.funding.DefineProgramme;
import fr.passnumerique.clearing.funding.FundedCents;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.funding.FunderRegistered;
import fr.passnumerique.clearing.funding.ProgrammeDefined;
import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.funding.ReceiptId;
import fr.passnumerique.clearing.funding.RecordReceipt;
import fr.passnumerique.clearing.funding.RegisterFunder;
import fr.passnumerique.clearing.funding.SignAgreement;
import fr.passnumerique.clearing.issuance.ActivateCheques;
import fr.passnumerique.clearing.issuance.ActivationId;
import fr.passnumerique.clearing.issuance.ChequesIssued;
import fr.passnumerique.clearing.issuance.OrderCheques;
import fr.passnumerique.clearing.issuance.OrderId;
import fr.passnumerique.clearing.ledger.Command;
import fr.passnumerique.clearing.ledger.Outcome;
import fr.passnumerique.clearing.territory.Paris;
import fr.passnumerique.clearing.venues.LabelVenues;
import fr.passnumerique.clearing.venues.VenueImport;
import fr.passnumerique.loadtest.peak.Load.Sample;
import fr.passnumerique.loadtest.peak.Plan.Agreement;
import fr.passnumerique.loadtest.peak.Plan.PlannedBatch;
import fr.passnumerique.loadtest.peak.Plan.Round;
import fr.passnumerique.loadtest.peak.Site.VenueList;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Brings a plan's cheques into people's hands by commands, as the operator and its prescribers
 * would: programme, agreements, cash, orders, deliveries, venues and hand-outs.
 *
 * <p>Hand-outs come a neighbourhood at a time and not carnet by carnet: a hundred thousand commands
 * that are not measured would take longer than those that are.
 */
public final class Preparation {
  public static final ProgrammeId PROGRAMME = new ProgrammeId("peak");
  private static final Actor CLERK = new Actor("loadtest", Role.CLERK, "");
  private static final long NO_CEILING = 1_000_000_000_000L;

  /** Ordered this long before the day of the slips. */
  private static final int ORDERED_DAYS_BEFORE = 90;

  private static final int LARGEST_ORDER = 100_000;

  private final Plan plan;
  private final Node node;
  private final Calendar calendar;
  private final LocalDate orderedOn;

  private Preparation(Plan plan, Node node, Calendar calendar, LocalDate orderedOn) {
    this.plan = plan;
    this.node = node;
    this.calendar = calendar;
    this.orderedOn = orderedOn;
  }

  private static Preparation before(Plan plan, Node node, Calendar calendar) {
    return new Preparation(plan, node, calendar, plan.today().minusDays(ORDERED_DAYS_BEFORE));
  }

  /** Runs it on an empty ledger, and stops the node that it takes. */
  static void run(Plan plan, List<VenueList> lists, Map<String, String> properties)
      throws InterruptedException {
    Calendar calendar = new Calendar(noon(plan.today().minusDays(ORDERED_DAYS_BEFORE)));
    try (Node node = Node.start(properties, calendar)) {
      before(plan, node, calendar).prepare(lists);
    }
  }

  /**
   * Runs it, and presents slips at noon of the day before the plan's.
   *
   * @param earlier rounds of the plan
   * @param books of the same ledger
   * @return what became of them
   */
  static List<Sample> run(
      Plan plan,
      List<VenueList> lists,
      Map<String, String> properties,
      List<Round> earlier,
      LedgerBooks books)
      throws InterruptedException {
    Calendar calendar = new Calendar(noon(plan.today().minusDays(ORDERED_DAYS_BEFORE)));
    List<Sample> samples = new ArrayList<>();
    try (Node node = Node.start(properties, calendar)) {
      before(plan, node, calendar).prepare(lists);
      calendar.now = noon(plan.today().minusDays(1));
      Way way = BusWay.on(plan, node, books);
      for (Round round : earlier) {
        samples.add(Load.run(way, round, new Pace.Closed(), () -> Cost.NOTHING));
      }
    }
    return samples;
  }

  /** One that a prescriber has in stock. */
  public record Carnet(Plan plan, PlannedBatch batch, int number) {}

  /**
   * Orders cheques beside those of the plan, has them paid for, activated and delivered, on the
   * plan's day.
   *
   * @return as many carnets, in order
   */
  public static List<Carnet> orderFurther(Plan plan, Node node, int carnets) {
    Preparation further = new Preparation(plan, node, new Calendar(Instant.EPOCH), plan.today());
    long firstCent =
        plan.batches().stream()
            .filter(batch -> batch.agreement() == 0)
            .mapToLong(batch -> (long) batch.cheques() * Plan.FACE_VALUE_CENTS)
            .sum();
    List<Carnet> stock = new ArrayList<>();
    for (int number = plan.batches().size() + 1; stock.size() < carnets; number++) {
      int now = Math.min(carnets - stock.size(), LARGEST_ORDER / Plan.CHEQUES_PER_CARNET);
      PlannedBatch batch =
          new PlannedBatch(
              number,
              0,
              plan.agreements().getFirst().territory().getFirst(),
              firstCent,
              now * Plan.CHEQUES_PER_CARNET);
      further.deliver(batch);
      firstCent += (long) batch.cheques() * Plan.FACE_VALUE_CENTS;
      for (int carnet = 1; carnet <= now; carnet++) {
        stock.add(new Carnet(plan, batch, carnet));
      }
    }
    return stock;
  }

  /** To one person, on the plan's day. */
  public static void handOut(Node node, Carnet carnet) {
    send(
        node,
        new HandOutCheques(
            new HandOutId("carnet-%d-%d".formatted(carnet.batch().number(), carnet.number())),
            prescriber(carnet.plan().agreements().get(carnet.batch().agreement())),
            List.of(new Choice.Carnets(carnet.batch().batch(), carnet.number(), carnet.number())),
            carnet.plan().today(),
            "",
            Optional.empty()));
  }

  private void prepare(List<VenueList> lists) {
    agree();
    plan.batches().forEach(this::deliver);
    list(lists);
    calendar.now = noon(plan.handedOutOn());
    plan.batches().forEach(this::handOut);
  }

  private void agree() {
    send(
        new DefineProgramme(
            PROGRAMME,
            "Peak redemption",
            Plan.FACE_VALUE_CENTS,
            Plan.CHEQUES_PER_CARNET,
            Plan.VALIDITY_DAYS,
            Plan.PRESENTATION_WINDOW_DAYS,
            Plan.TOLERANCE_DAYS,
            List.of(),
            plan.services(),
            plan.departements(),
            0,
            ProgrammeDefined.ConflictOfInterest.ALLOW,
            Optional.empty()));
    Set<String> funders = new LinkedHashSet<>();
    plan.agreements().forEach(a -> a.key().forEach(share -> funders.add(share.funder())));
    for (String funder : funders) {
      send(
          new RegisterFunder(
              new FunderId(funder),
              funder,
              funder.equals("state")
                  ? FunderRegistered.Kind.STATE
                  : funder.startsWith("region")
                      ? FunderRegistered.Kind.REGION
                      : FunderRegistered.Kind.DEPARTEMENT));
    }
    for (Agreement agreement : plan.agreements()) {
      send(
          new SignAgreement(
              new AgreementId(agreement.id()),
              PROGRAMME,
              orderedOn,
              orderedOn,
              plan.endsOn(),
              agreement.territory(),
              agreement.key().stream()
                  .map(
                      share ->
                          new AgreementSigned.Share(
                              new FunderId(share.funder()),
                              share.basisPoints(),
                              NO_CEILING,
                              AgreementSigned.PaymentTerms.PREPAID))
                  .toList()));
      send(
          new RegisterPrescriber(
              prescriber(agreement), agreement.id(), agreement.territory().getFirst()));
    }
  }

  public static PrescriberId prescriber(Agreement agreement) {
    return new PrescriberId("prescriber-of-" + agreement.id());
  }

  /** Ordered, paid for, activated and delivered. */
  private void deliver(PlannedBatch planned) {
    Agreement agreement = plan.agreements().get(planned.agreement());
    ChequesIssued issued =
        send(
            new OrderCheques(
                new OrderId("order-" + planned.number()),
                new AgreementId(agreement.id()),
                planned.funding(),
                planned.cheques(),
                plan.endsOn()));
    if (issued.batch().number() != planned.number() || issued.firstCent() != planned.firstCent()) {
      throw new IllegalStateException("%s was planned, %s issued".formatted(planned, issued));
    }
    for (FundedCents share : issued.shares()) {
      send(
          new RecordReceipt(
              new ReceiptId("receipt-" + planned.number() + "-" + share.funder()),
              new AgreementId(agreement.id()),
              share.funder(),
              share.cents(),
              orderedOn));
    }
    send(ActivateCheques.all(new ActivationId("activation-" + planned.number()), issued.batch()));
    send(
        new DeliverCheques(
            new DeliveryId("delivery-" + planned.number()),
            prescriber(agreement),
            issued.batch(),
            1,
            planned.cheques(),
            orderedOn));
  }

  private void list(List<VenueList> lists) {
    for (VenueList list : lists) {
      node.venueImport().apply(list.text(), VenueImport.Options.from(list.source()), CLERK);
      send(
          new LabelVenues(
              new LabelVenues.AllOf(list.source()), plan.labelledFrom(), "peak-committee"));
    }
  }

  private void handOut(PlannedBatch planned) {
    Agreement agreement = plan.agreements().get(planned.agreement());
    int neighbourhood = Plan.NEIGHBOURHOOD * Plan.CHEQUES_PER_CARNET;
    for (int first = Plan.KEPT_BACK + 1; first <= planned.cheques(); first += neighbourhood) {
      send(
          new HandOutCheques(
              new HandOutId("hand-out-%d-%d".formatted(planned.number(), first)),
              prescriber(agreement),
              List.of(
                  new Choice.Cheques(
                      planned.batch(),
                      first,
                      Math.min(first + neighbourhood - 1, planned.cheques()))),
              plan.handedOutOn(),
              "",
              Optional.empty()));
    }
  }

  private <A> A send(Command<A> command) {
    return send(node, command);
  }

  private static <A> A send(Node node, Command<A> command) {
    return switch (node.commands().send(command, CLERK)) {
      case Outcome.Recorded<A>(A answer, _, _) -> answer;
      case Outcome.Refused<A>(var refusal) ->
          throw new IllegalStateException("%s: %s".formatted(command, refusal.message()));
    };
  }

  private static Instant noon(LocalDate day) {
    return Paris.startOf(day).plus(Duration.ofHours(12));
  }

  /** Stands still until it is moved. */
  private static final class Calendar extends Clock {
    private volatile Instant now;

    Calendar(Instant now) {
      this.now = now;
    }

    @Override
    public ZoneId getZone() {
      return Paris.ZONE;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Instant instant() {
      return now;
    }
  }
}
