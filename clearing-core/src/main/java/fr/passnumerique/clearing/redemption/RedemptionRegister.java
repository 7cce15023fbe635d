package fr.passnumerique.clearing.redemption;

import fr.passnumerique.clearing.distribution.ChequeRange;
import fr.passnumerique.clearing.distribution.ChequesDelivered;
import fr.passnumerique.clearing.distribution.ChequesHandedOut;
import fr.passnumerique.clearing.distribution.HandOutCorrected;
import fr.passnumerique.clearing.distribution.Holdings.Held;
import fr.passnumerique.clearing.distribution.PrescriberId;
import fr.passnumerique.clearing.distribution.PrescriberRegistered;
import fr.passnumerique.clearing.distribution.StockReturned;
import fr.passnumerique.clearing.expiry.ChequesExpired;
import fr.passnumerique.clearing.funding.AgreementSigned.Share;
import fr.passnumerique.clearing.funding.AgreementTerms;
import fr.passnumerique.clearing.funding.AgreementTerms.KeyVersion;
import fr.passnumerique.clearing.funding.PaidEarly;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.CentsOfCheques;
import fr.passnumerique.clearing.issuance.ChequesActivated;
import fr.passnumerique.clearing.issuance.ChequesIssued;
import fr.passnumerique.clearing.issuance.OrderId;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.PositionIndex;
import fr.passnumerique.clearing.ledger.Register;
import fr.passnumerique.clearing.reversal.LinesReversed;
import fr.passnumerique.clearing.settlement.SettlementRunContinued;
import fr.passnumerique.clearing.settlement.SettlementRunOpened;
import fr.passnumerique.clearing.territory.Departement;
import fr.passnumerique.clearing.territory.Paris;
import fr.passnumerique.clearing.venues.LabelDecided;
import fr.passnumerique.clearing.venues.LabelHistory;
import fr.passnumerique.clearing.venues.PointOfServiceId;
import fr.passnumerique.clearing.venues.VenueId;
import fr.passnumerique.clearing.venues.VenueIdentified;
import fr.passnumerique.clearing.venues.VenueLabelled;
import fr.passnumerique.clearing.venues.VenueListed;
import fr.passnumerique.clearing.venues.VenueWaived;
import fr.passnumerique.clearing.venues.VenueWaiverEnded;
import fr.passnumerique.clearing.venues.WaiverPeriods;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * All that the verdict on a line depends on: the batches with their cheques, the venues with their
 * points of service and label, and which slips are known.
 *
 * <p>It is also an alarm: a recorded slip that redeems a cheque a second time stops the node.
 */
final class RedemptionRegister implements Register {
  /**
   * Digits of a SIRET, and of the part that names the organisation; no other identifier is so long.
   */
  private static final int SIRET = 14;

  private static final int SIREN = 9;

  private final Map<Integer, IssuedBatch> batches = new HashMap<>();
  private final Map<VenueId, ListedVenue> venues = new HashMap<>();
  private final Map<KeyVersion, List<Share>> keys = new HashMap<>();

  /** Numbers of points of service; their ids are unique within a venue only. */
  private final Map<Place, Integer> places = new HashMap<>();

  private record Place(VenueId venue, PointOfServiceId pointOfService) {}

  private final PositionIndex slips = new PositionIndex();

  /** Slips for which something is owed, that no run has taken and no venue withdrawn. */
  private final Set<Long> open = new HashSet<>();

  /** By the slip's position. */
  private final Map<Long, Withdrawal> withdrawals = new HashMap<>();

  private final Set<PrescriberId> prescribers = new HashSet<>();

  /** Those whose SIRET is known. */
  private final Map<PrescriberId, String> sirens = new HashMap<>();

  /** Of venues that were listed without a SIRET and identified since. */
  private final Map<VenueId, String> venueSirens = new HashMap<>();

  /** By the SIRET that identifies them, which is not their name. */
  private final Map<VenueId, VenueId> venuesBySiret = new HashMap<>();

  private final PaidEarly paidEarly = new PaidEarly();
  private final Set<OrderId> orders = new HashSet<>();
  private final Map<OrderId, Long> replacements = new HashMap<>();
  private int lastBatch;

  /** In order of their first fact. */
  private final Map<OppositionId, Reported> oppositions = new LinkedHashMap<>();

  /** Those that a second person has not approved. */
  private final Map<OppositionId, OppositionProposed> proposedOppositions = new HashMap<>();

  /**
   * @param position of the withdrawal's fact
   */
  record Withdrawal(long position, Instant at) {}

  /**
   * @param first position of the fact that first recorded it
   * @param last position of its last fact
   * @param recordedAt UTC, of its last fact
   * @param holder who held, or had handed out, all of its cheques then
   */
  record Reported(
      long first,
      long last,
      Instant recordedAt,
      Opposition opposition,
      Optional<PrescriberId> holder) {}

  /** A venue as redemption sees it. */
  static final class ListedVenue {
    private final Map<PointOfServiceId, Departement> pointsOfService = new HashMap<>();
    private final LabelHistory label = new LabelHistory();
    private final WaiverPeriods waiver = new WaiverPeriods();

    /** Null if the point of service is not one of this venue's. */
    @Nullable Departement departementOf(PointOfServiceId pointOfService) {
      return pointsOfService.get(pointOfService);
    }

    /** Whether nothing is owed to it for services of that day. */
    boolean waives(LocalDate servedOn) {
      return waiver.on(servedOn);
    }

    /** What committees decided on it; not to be changed. */
    LabelHistory label() {
      return label;
    }
  }

  // --- questions

  @Nullable IssuedBatch batch(Batch batch) {
    return batches.get(batch.number());
  }

  @Nullable ListedVenue venue(VenueId venue) {
    return venues.get(venue);
  }

  /** The name of the venue that this SIRET identifies; null if it identifies none. */
  @Nullable VenueId identifiedBy(VenueId siret) {
    return venuesBySiret.get(siret);
  }

  boolean isPrescriber(PrescriberId prescriber) {
    return prescribers.contains(prescriber);
  }

  /**
   * The prescriber that handed this cheque out, if it belongs to the venue's own organisation. A
   * venue without a SIRET has no organisation to compare.
   */
  @Nullable PrescriberId ownPrescriber(VenueId venue, IssuedBatch batch, int ordinal) {
    Held held = batch.holding(ordinal);
    String siren = held == null ? null : sirens.get(held.prescriber());
    return held != null && siren != null && siren.equals(sirenOf(venue)) ? held.prescriber() : null;
  }

  private @Nullable String sirenOf(VenueId venue) {
    return venue.value().length() == SIRET
        ? venue.value().substring(0, SIREN)
        : venueSirens.get(venue);
  }

  /** The number of a point of service, 0 if it is on no list. */
  int place(VenueId venue, PointOfServiceId pointOfService) {
    Integer place = places.get(new Place(venue, pointOfService));
    return place == null ? 0 : place;
  }

  /** The position of the slip's fact, 0 if there is none. */
  long slip(VenueId venue, SlipReference reference) {
    return slips.position(SlipJudged.tag(venue, reference));
  }

  /**
   * @param slip the position of its fact
   * @return whether something is owed for the slip and no settlement run has taken it. False for
   *     one whose lines are all rejected or waived, which no run takes.
   */
  boolean isOpen(long slip) {
    return open.contains(slip);
  }

  /**
   * @param slip the position of its fact
   */
  @Nullable Withdrawal withdrawal(long slip) {
    return withdrawals.get(slip);
  }

  /**
   * @return the position of its last fact, 0 if there is none
   */
  long opposition(OppositionId opposition) {
    Reported reported = oppositions.get(opposition);
    return reported == null ? 0 : reported.last();
  }

  /** In the order in which they were first recorded. */
  List<Reported> oppositions() {
    return List.copyOf(oppositions.values());
  }

  /** How many cheques of the range are replaced. */
  int replacedWithin(ChequeRange cheques) {
    IssuedBatch batch = known(cheques.batch());
    return (int)
        IntStream.rangeClosed(cheques.first(), cheques.last()).filter(batch::isReplaced).count();
  }

  /**
   * @return the position at which it is recorded, 0 if it is not
   */
  long replacement(OrderId replacement) {
    return replacements.getOrDefault(replacement, 0L);
  }

  /** What {@code ON_USE} funders have paid before their cheques were used. */
  PaidEarly paidEarly() {
    return paidEarly;
  }

  boolean isOrder(OrderId order) {
    return orders.contains(order);
  }

  /** The highest batch number allotted so far, 0 if there is none. */
  int lastBatch() {
    return lastBatch;
  }

  /** Null unless it awaits a second person. */
  @Nullable OppositionProposed proposedOpposition(OppositionId opposition) {
    return proposedOppositions.get(opposition);
  }

  /** A batch that is known to be issued. */
  IssuedBatch known(Batch batch) {
    IssuedBatch known = batches.get(batch.number());
    if (known == null) {
      throw new IllegalStateException("batch %s was never issued".formatted(batch));
    }
    return known;
  }

  // --- facts

  private void report(Opposition opposition, long position, Instant recordedAt) {
    Optional<PrescriberId> holder = holderOf(opposition.asked());
    // One that a second person approves stays where it is, for somebody may be paging.
    oppositions.compute(
        opposition.opposition(),
        (_, before) ->
            new Reported(
                before == null ? position : before.first(),
                position,
                recordedAt,
                opposition,
                holder));
  }

  /** Who holds, or handed out, all of these cheques; empty if nobody does. */
  private Optional<PrescriberId> holderOf(List<ChequeRange> cheques) {
    return cheques.stream()
        .findFirst()
        .map(range -> known(range.batch()).holding(range.first()))
        .map(Held::prescriber)
        .filter(
            holder ->
                cheques.stream().allMatch(range -> known(range.batch()).isHeldBy(holder, range)));
  }

  @Override
  public void fold(Fact fact, long position, Instant recordedAt) {
    paidEarly.fold(fact);
    switch (fact) {
      case SlipJudged f -> redeem(f, position);
      case ChequesExpired f -> known(f.batch()).expire();
      case SlipWithdrawn f -> release(f, position);
      case PrescriberRegistered f -> {
        prescribers.add(f.prescriber());
        f.siret().ifPresent(siret -> sirens.put(f.prescriber(), siret.substring(0, SIREN)));
      }
      case ChequesDelivered f ->
          known(f.cheques().batch()).deliver(f.cheques(), f.prescriber(), f.deliveredOn());
      case StockReturned f -> f.cheques().forEach(range -> known(range.batch()).takeBack(range));
      case HandOutCorrected f ->
          f.cheques()
              .forEach(range -> known(range.batch()).correctHandOut(range.first(), range.last()));
      case OppositionProposed f -> {
        report(Opposition.of(f), position, recordedAt);
        proposedOppositions.put(f.opposition(), f);
      }
      case ChequesOpposed f -> {
        report(Opposition.of(f), position, recordedAt);
        proposedOppositions.remove(f.opposition());
        f.stopped().forEach(range -> known(range.batch()).oppose(range.first(), range.last()));
      }
      case ChequesReplaced f -> replace(f, position);
      case SettlementRunOpened f -> {
        take(f.transfers());
        f.nettings()
            .forEach(netting -> netting.slips().forEach(slip -> open.remove(slip.position())));
      }
      case SettlementRunContinued f -> take(f.transfers());
      case LinesReversed f ->
          f.lines().forEach(line -> known(line.cheque().batch()).makeVoid(line.cheque().ordinal()));
      case ChequesHandedOut f -> {
        int day = (int) f.handedOutOn().toEpochDay();
        f.cheques()
            .forEach(range -> known(range.batch()).handOut(range.first(), range.last(), day));
      }
      case ChequesActivated f -> known(f.batch()).activate(f.firstOrdinal(), f.lastOrdinal());
      case ChequesIssued f -> issue(f);
      case VenueListed f -> {
        ListedVenue venue = venues.computeIfAbsent(f.venue(), _ -> new ListedVenue());
        for (VenueListed.PointOfService point : f.pointsOfService()) {
          venue.pointsOfService.put(point.id(), point.departement());
          number(f.venue(), point.id());
        }
      }
      case VenueIdentified f -> {
        venueSirens.put(f.venue(), f.siret().substring(0, SIREN));
        f.replaces().ifPresent(former -> venuesBySiret.remove(new VenueId(former)));
        venuesBySiret.put(new VenueId(f.siret()), f.venue());
      }
      case VenueLabelled f -> listed(f.venue()).label.add(f);
      case LabelDecided f -> listed(f.venue()).label.add(f);
      case VenueWaived f -> listed(f.venue()).waiver.add(f);
      case VenueWaiverEnded f -> listed(f.venue()).waiver.add(f);
      case AgreementTerms f -> keys.put(f.key(), f.shares());
      default -> {}
    }
  }

  /** For good: if the run is cancelled before its release, the cut-off is past all the same. */
  private void take(List<SettlementRunOpened.Transfer> transfers) {
    transfers.forEach(transfer -> transfer.slips().forEach(slip -> open.remove(slip.position())));
  }

  private void redeem(SlipJudged slip, long position) {
    slips.put(SlipJudged.tag(slip.venue(), slip.reference()), position);
    if (!slip.owed().isEmpty()) {
      open.add(position);
    }
    int on = (int) Paris.dayOf(slip.presentedAt()).toEpochDay();
    // Lines of one visit, and cheques of one batch, mostly stand together.
    SlipJudged.@Nullable Visit visit = null;
    int place = 0;
    int servedOn = 0;
    @Nullable IssuedBatch batch = null;
    int number = 0;
    for (SlipJudged.Line line : slip.lines()) {
      if (line.rejected().isPresent()) {
        continue;
      }
      SlipJudged.Visit given = slip.visits().get(line.visit());
      if (given != visit) {
        visit = given;
        servedOn = (int) visit.servedOn().toEpochDay();
        place = number(slip.venue(), visit.pointOfService());
      }
      Serial cheque = line.cheque().orElseThrow();
      if (batch == null || cheque.batch().number() != number) {
        batch = known(cheque.batch());
        number = cheque.batch().number();
      }
      batch.redeem(cheque.ordinal(), on, place, servedOn);
    }
  }

  private void replace(ChequesReplaced f, long position) {
    replacements.put(f.replacement(), position);
    IssuedBatch batch = known(f.batch());
    int next = 1;
    for (Serial old : f.replaced()) {
      known(old.batch()).replace(old.ordinal(), new Serial(f.batch(), next++).key());
    }
    f.activated().forEach(range -> batch.activate(range.first(), range.last()));
    f.lastDays().forEach(kept -> batch.keepLastDay(kept.cheques(), kept.lastDay()));
  }

  private void release(SlipWithdrawn withdrawn, long position) {
    if (!open.remove(withdrawn.slip()) && !withdrawn.owed().isEmpty()) {
      throw new IllegalStateException(
          "slip %s/%s is withdrawn and was not open"
              .formatted(withdrawn.venue(), withdrawn.reference()));
    }
    withdrawals.put(withdrawn.slip(), new Withdrawal(position, withdrawn.withdrawnAt()));
    withdrawn.cheques().forEach(cheque -> known(cheque.batch()).release(cheque.ordinal()));
  }

  /**
   * Given with the listing and not with the first cheque: until then all points of service of a
   * first slip would be one, and their visits too.
   */
  private int number(VenueId venue, PointOfServiceId pointOfService) {
    return places.computeIfAbsent(new Place(venue, pointOfService), _ -> places.size() + 1);
  }

  private void issue(ChequesIssued issued) {
    List<Share> key = keys.get(issued.key());
    if (key == null) {
      throw new IllegalStateException(
          "batch %s is issued under version %d of agreement %s, which was not signed"
              .formatted(issued.batch(), issued.keyVersion(), issued.agreement()));
    }
    IssuedBatch origin = issued.inherited().map(inherited -> known(inherited.batch())).orElse(null);
    IssuedBatch batch = new IssuedBatch(issued, CentsOfCheques.of(issued, key), origin);
    orders.add(issued.order());
    lastBatch = Math.max(lastBatch, issued.batch().number());
    if (batches.put(issued.batch().number(), batch) != null) {
      throw new IllegalStateException("batch %s is issued twice".formatted(issued.batch()));
    }
  }

  /** A venue that is known to be listed. */
  private ListedVenue listed(VenueId id) {
    ListedVenue venue = venues.get(id);
    if (venue == null) {
      throw new IllegalStateException(
          "something is decided on venue %s, which is not listed".formatted(id));
    }
    return venue;
  }
}
