package fr.passnumerique.projections;

import fr.passnumerique.clearing.bank.Bank;
import fr.passnumerique.clearing.bank.entry.BankEntry;
import fr.passnumerique.clearing.distribution.ChequeRange;
import fr.passnumerique.clearing.distribution.ChequesDelivered;
import fr.passnumerique.clearing.distribution.ChequesHandedOut;
import fr.passnumerique.clearing.distribution.DeliveryId;
import fr.passnumerique.clearing.distribution.Distribution;
import fr.passnumerique.clearing.distribution.HandOutId;
import fr.passnumerique.clearing.distribution.PrescriberId;
import fr.passnumerique.clearing.distribution.PrescriberRegistered;
import fr.passnumerique.clearing.expiry.ChequesExpired;
import fr.passnumerique.clearing.expiry.CreditNoteId;
import fr.passnumerique.clearing.expiry.CreditNoteRefunded;
import fr.passnumerique.clearing.expiry.Expiry;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.AgreementSigned;
import fr.passnumerique.clearing.funding.AgreementSigned.PaymentTerms;
import fr.passnumerique.clearing.funding.AgreementSigned.Share;
import fr.passnumerique.clearing.funding.FreeCents;
import fr.passnumerique.clearing.funding.FundedCents;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.funding.FunderRegistered;
import fr.passnumerique.clearing.funding.Funding;
import fr.passnumerique.clearing.funding.FundsReceived;
import fr.passnumerique.clearing.funding.ProgrammeDefined;
import fr.passnumerique.clearing.funding.ProgrammeDefined.ConflictOfInterest;
import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.funding.ReceiptId;
import fr.passnumerique.clearing.giveback.CreditGivenBack;
import fr.passnumerique.clearing.giveback.GiveBackCancelled;
import fr.passnumerique.clearing.giveback.GiveBackId;
import fr.passnumerique.clearing.giveback.GiveBacks;
import fr.passnumerique.clearing.issuance.ActivationId;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.CentsOfCheques;
import fr.passnumerique.clearing.issuance.ChequesActivated;
import fr.passnumerique.clearing.issuance.ChequesIssued;
import fr.passnumerique.clearing.issuance.Issuance;
import fr.passnumerique.clearing.issuance.OrderId;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.ledger.DayOpened;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.FactCatalogue;
import fr.passnumerique.clearing.ledger.Ledger;
import fr.passnumerique.clearing.money.QuotaSequence;
import fr.passnumerique.clearing.payee.Payees;
import fr.passnumerique.clearing.payee.VenueAccountOpened;
import fr.passnumerique.clearing.redemption.ChequesOpposed;
import fr.passnumerique.clearing.redemption.ChequesOpposed.Whereabouts;
import fr.passnumerique.clearing.redemption.OppositionId;
import fr.passnumerique.clearing.redemption.Redemption;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.redemption.SlipReference;
import fr.passnumerique.clearing.redemption.SlipWithdrawn;
import fr.passnumerique.clearing.redemption.Verdict;
import fr.passnumerique.clearing.refund.Refunds;
import fr.passnumerique.clearing.reversal.Reversals;
import fr.passnumerique.clearing.settlement.PaidCents;
import fr.passnumerique.clearing.settlement.Settlement;
import fr.passnumerique.clearing.settlement.SettlementRunId;
import fr.passnumerique.clearing.settlement.SettlementRunOpened;
import fr.passnumerique.clearing.settlement.TransferConfirmed;
import fr.passnumerique.clearing.settlement.TransferDebitTakenBack;
import fr.passnumerique.clearing.settlement.TransferDebited;
import fr.passnumerique.clearing.settlement.TransferExecuted;
import fr.passnumerique.clearing.settlement.TransferId;
import fr.passnumerique.clearing.settlement.TransferRejected;
import fr.passnumerique.clearing.territory.Departement;
import fr.passnumerique.clearing.upkeep.Upkeep;
import fr.passnumerique.clearing.vault.VaultReference;
import fr.passnumerique.clearing.venues.PointOfServiceId;
import fr.passnumerique.clearing.venues.VenueId;
import fr.passnumerique.clearing.venues.VenueLabelled;
import fr.passnumerique.clearing.venues.VenueListed;
import fr.passnumerique.clearing.venues.VenueListed.IdentifiedBy;
import fr.passnumerique.clearing.venues.VenueListed.PointOfService;
import fr.passnumerique.clearing.venues.Venues;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Facts of a small programme, as the capabilities record them: cheques of 10 €, the State pays
 * 57.14 %, the région the rest. Two venues: a media library in Guéret (23) and a bus that stops in
 * Guéret (23) and in Limoges (87).
 */
public final class Story {
  public static final ProgrammeId PROGRAMME = new ProgrammeId("pass");
  public static final AgreementId AGREEMENT = new AgreementId("creuse-2026");
  public static final FunderId STATE = new FunderId("anct");
  public static final FunderId REGION = new FunderId("nouvelle-aquitaine");
  public static final PrescriberId CCAS = new PrescriberId("ccas-gueret");
  public static final PrescriberId MISSION = new PrescriberId("mission-locale");
  public static final VenueId LIBRARY = new VenueId("21230096100018");
  public static final VenueId BUS = new VenueId("13002526500013");
  public static final PointOfServiceId LIBRARY_DESK = new PointOfServiceId("gueret");
  public static final PointOfServiceId BUS_GUERET = new PointOfServiceId("bus-gueret");
  public static final PointOfServiceId BUS_LIMOGES = new PointOfServiceId("bus-limoges");
  public static final Departement CREUSE = new Departement("23");
  public static final Departement HAUTE_VIENNE = new Departement("87");
  public static final Batch BATCH = Batch.of(7);
  public static final int CHEQUES = 1_000;
  public static final String SERVICE = "Utiliser le numérique";
  public static final LocalDate DAY = LocalDate.of(2026, 3, 2);

  private static final List<Share> KEY =
      List.of(
          new Share(STATE, 5_714, 100_000_000, PaymentTerms.PREPAID),
          new Share(REGION, 4_286, 100_000_000, PaymentTerms.PREPAID));

  /** Every type of fact of this release. */
  public static final FactCatalogue CATALOGUE =
      new FactCatalogue(
          Stream.of(
                  Ledger.FACTS,
                  Funding.FACTS,
                  Issuance.FACTS,
                  Distribution.FACTS,
                  Venues.FACTS,
                  Payees.FACTS,
                  Bank.FACTS,
                  GiveBacks.FACTS,
                  Refunds.FACTS,
                  Redemption.FACTS,
                  Expiry.FACTS,
                  Settlement.FACTS,
                  Reversals.FACTS,
                  Upkeep.FACTS)
              .flatMap(List::stream)
              .toList(),
          List.of());

  private Story() {}

  /** Everything before the first slip; 20 facts. */
  public static List<Fact> untilHandedOut() {
    return List.of(
        new DayOpened(DAY),
        programme(),
        new FunderRegistered(STATE, "État (ANCT)", FunderRegistered.Kind.STATE),
        new FunderRegistered(REGION, "Région Nouvelle-Aquitaine", FunderRegistered.Kind.REGION),
        signed(),
        received("r-1", STATE, 600_000),
        received("r-2", REGION, 450_000),
        issued(),
        new PrescriberRegistered(CCAS, "CCAS de Guéret", CREUSE),
        new PrescriberRegistered(MISSION, "Mission locale", HAUTE_VIENNE),
        delivered("d-1", CCAS, 1, 600),
        delivered("d-2", MISSION, 601, 800),
        activated("a-1", 1, 900),
        listed(LIBRARY, "Médiathèque", pointOfService(LIBRARY_DESK, CREUSE)),
        listed(
            BUS,
            "Cyberbus",
            pointOfService(BUS_GUERET, CREUSE),
            pointOfService(BUS_LIMOGES, HAUTE_VIENNE)),
        new VenueLabelled(LIBRARY, LocalDate.of(2026, 1, 1), "committee of January"),
        new VenueLabelled(BUS, LocalDate.of(2026, 2, 1), "committee of February"),
        new VenueAccountOpened(LIBRARY, new VaultReference("account-1"), "fingerprint-1"),
        new VenueAccountOpened(BUS, new VaultReference("account-2"), "fingerprint-2"),
        handedOut("h-1", CCAS, 1, 500));
  }

  static ProgrammeDefined programme() {
    return new ProgrammeDefined(
        PROGRAMME,
        "Pass numérique",
        1_000,
        10,
        90,
        60,
        30,
        List.of(),
        List.of(),
        List.of(),
        0,
        ConflictOfInterest.ALLOW,
        Optional.empty());
  }

  public static AgreementSigned signed() {
    return new AgreementSigned(
        AGREEMENT,
        PROGRAMME,
        LocalDate.of(2026, 1, 1),
        LocalDate.of(2026, 1, 1),
        LocalDate.of(2027, 12, 31),
        List.of(CREUSE),
        1,
        KEY);
  }

  public static FundsReceived received(String receipt, FunderId funder, long cents) {
    return new FundsReceived(
        new ReceiptId(receipt), AGREEMENT, PROGRAMME, funder, cents, DAY, Optional.empty());
  }

  /** Of the State's credit. */
  public static CreditGivenBack givenBack(String id, long cents) {
    return new CreditGivenBack(
        new GiveBackId(id),
        CreditNoteId.ofFreeCredit(id, STATE),
        AGREEMENT,
        PROGRAMME,
        STATE,
        cents,
        DAY,
        "clerk-1");
  }

  public static CreditNoteRefunded givenBackBooked(String id, long cents) {
    return new CreditNoteRefunded(
        CreditNoteId.ofFreeCredit(id, STATE),
        STATE,
        cents,
        DAY,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(new FreeCents(PROGRAMME, AGREEMENT, STATE, cents)));
  }

  public static GiveBackCancelled keptAfterAll(String id, long cents) {
    return new GiveBackCancelled(
        new GiveBackId(id),
        CreditNoteId.ofFreeCredit(id, STATE),
        AGREEMENT,
        PROGRAMME,
        STATE,
        cents,
        "clerk-1");
  }

  public static ChequesIssued issued() {
    ChequesIssued blank = issued(List.of());
    return issued(CentsOfCheques.of(blank, KEY).shares(1, CHEQUES));
  }

  private static ChequesIssued issued(List<FundedCents> shares) {
    return new ChequesIssued(
        new OrderId("o-1"),
        AGREEMENT,
        PROGRAMME,
        1,
        BATCH,
        CHEQUES,
        1_000,
        10,
        90,
        60,
        LocalDate.of(2026, 12, 31),
        30,
        List.of(),
        List.of(),
        List.of(),
        0,
        ConflictOfInterest.ALLOW,
        CREUSE,
        0,
        QuotaSequence.ALGORITHM,
        QuotaSequence.VERSION,
        "check-1-TEST00",
        DAY,
        shares,
        Optional.empty(),
        Optional.empty());
  }

  public static ChequesActivated activated(String id, int first, int last) {
    return new ChequesActivated(
        new ActivationId(id), AGREEMENT, BATCH, first, last, cents().shares(first, last));
  }

  public static ChequesDelivered delivered(String id, PrescriberId to, int first, int last) {
    return new ChequesDelivered(
        new DeliveryId(id),
        to,
        new ChequeRange(BATCH, first, last),
        DAY,
        cents().shares(first, last));
  }

  public static ChequesHandedOut handedOut(String id, PrescriberId by, int first, int last) {
    return new ChequesHandedOut(
        new HandOutId(id),
        by,
        List.of(new ChequeRange(BATCH, first, last)),
        DAY,
        "JOB_SEEKER",
        cents().shares(first, last),
        Optional.empty());
  }

  public static VenueListed listed(VenueId venue, String name, PointOfService... points) {
    return new VenueListed(
        venue, IdentifiedBy.SIRET, name, true, List.of(points), Optional.empty(), "test");
  }

  public static PointOfService pointOfService(PointOfServiceId id, Departement departement) {
    boolean creuse = departement.equals(CREUSE);
    return new PointOfService(
        id,
        "Accueil " + id,
        "1 rue de la Mairie",
        creuse ? "23000" : "87000",
        creuse ? "Guéret" : "Limoges",
        creuse ? "23096" : "87085",
        departement,
        !creuse,
        creuse ? Optional.of(46.17) : Optional.empty(),
        creuse ? Optional.of(1.87) : Optional.empty(),
        List.of(SERVICE, "Accéder à du matériel"));
  }

  public static Serial serial(int ordinal) {
    return new Serial(BATCH, ordinal);
  }

  /** Cheques first to last, all accepted, all used in one visit. */
  public static SlipJudged slip(
      VenueId venue, String reference, PointOfServiceId at, int first, int last) {
    List<SlipJudged.Line> lines = new ArrayList<>();
    for (int ordinal = first; ordinal <= last; ordinal++) {
      lines.add(accepted(ordinal));
    }
    return slip(venue, reference, at, lines);
  }

  public static SlipJudged.Line accepted(int ordinal) {
    return new SlipJudged.Line(Optional.of(serial(ordinal)), 0, Optional.empty(), Optional.empty());
  }

  public static SlipJudged.Line rejected(int ordinal, Verdict verdict) {
    return new SlipJudged.Line(
        Optional.of(serial(ordinal)), 0, Optional.of(verdict), Optional.of(DAY));
  }

  public static SlipJudged slip(
      VenueId venue, String reference, PointOfServiceId at, List<SlipJudged.Line> lines) {
    Departement spending = at.equals(BUS_LIMOGES) ? HAUTE_VIENNE : CREUSE;
    long[] totals = new long[KEY.size()];
    for (SlipJudged.Line line : lines) {
      if (line.rejected().isEmpty()) {
        cents().addTo(totals, line.cheque().orElseThrow().ordinal());
      }
    }
    return new SlipJudged(
        venue,
        new SlipReference(reference),
        "digest-" + reference,
        Instant.parse("2026-03-20T09:00:00Z"),
        List.of(new SlipJudged.Visit(at, spending, LocalDate.of(2026, 3, 16), SERVICE)),
        lines,
        cents().shares(totals).stream().map(part -> spent(part, spending)).toList());
  }

  /**
   * @param position of the slip's fact
   */
  public static SlipWithdrawn withdrawn(SlipJudged slip, long position) {
    return new SlipWithdrawn(
        slip.venue(),
        slip.reference(),
        position,
        Instant.parse("2026-03-20T15:00:00Z"),
        slip.acceptedCheques(),
        slip.owed(),
        List.of(),
        List.of());
  }

  /** Cheques in a prescriber's stock, or handed out, which are lost. */
  public static ChequesOpposed opposed(
      String id, Whereabouts where, @Nullable PrescriberId holder, int first, int last) {
    List<ChequeRange> cheques = List.of(new ChequeRange(BATCH, first, last));
    return new ChequesOpposed(
        new OppositionId(id),
        cheques,
        ChequesOpposed.Reason.LOST,
        "clerk",
        Optional.empty(),
        cheques,
        List.of(),
        List.of(
            new ChequesOpposed.TitlesHeld(
                where, Optional.ofNullable(holder), cheques, cents().shares(first, last))),
        cents().shares(first, last));
  }

  /** What the CCAS holds and never handed out. */
  public static ChequesExpired expired() {
    return new ChequesExpired(
        new OrderId("o-1"),
        BATCH,
        AGREEMENT,
        DAY.plusYears(2),
        List.of(
            new ChequesExpired.Part(
                ChequesExpired.Where.AT_PRESCRIBER,
                Optional.of(CCAS),
                100,
                100,
                cents().shares(501, 600),
                cents().shares(501, 600))),
        List.of());
  }

  private static SlipJudged.SpentCents spent(FundedCents part, Departement spending) {
    return new SlipJudged.SpentCents(
        part.programme(),
        part.agreement(),
        part.keyVersion(),
        part.fundingDepartement(),
        spending,
        part.funder(),
        part.cents(),
        part.advancedBy());
  }

  /** One transfer per venue, over these slips by their positions. */
  public static SettlementRunOpened run(String run, Map<Long, SlipJudged> slips) {
    Map<VenueId, Map<Long, SlipJudged>> byVenue = new LinkedHashMap<>();
    slips.forEach(
        (position, slip) ->
            byVenue.computeIfAbsent(slip.venue(), _ -> new LinkedHashMap<>()).put(position, slip));
    List<SettlementRunOpened.Transfer> transfers = new ArrayList<>();
    byVenue.forEach(
        (venue, own) ->
            transfers.add(
                new SettlementRunOpened.Transfer(
                    transfer(run, venue),
                    account(venue),
                    own.values().stream().mapToLong(SlipJudged::acceptedCents).sum(),
                    own.entrySet().stream()
                        .map(
                            e ->
                                new SettlementRunOpened.PaidSlip(
                                    venue,
                                    e.getValue().reference(),
                                    e.getKey(),
                                    e.getValue().acceptedCents()))
                        .toList(),
                    parts(own.values()))));
    return new SettlementRunOpened(
        new SettlementRunId(run),
        PROGRAMME,
        Instant.parse("2026-03-31T22:00:00Z"),
        LocalDate.of(2026, 4, 2),
        transfers,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of());
  }

  private static List<PaidCents> parts(Iterable<SlipJudged> slips) {
    Map<SlipJudged.SpentCents, Long> sums = new LinkedHashMap<>();
    Map<SlipJudged.SpentCents, VenueId> venues = new HashMap<>();
    for (SlipJudged slip : slips) {
      for (SlipJudged.SpentCents part : slip.owed()) {
        SlipJudged.SpentCents flow = withCents(part, 0);
        sums.merge(flow, part.cents(), Long::sum);
        venues.put(flow, slip.venue());
      }
    }
    return sums.entrySet().stream()
        .map(e -> new PaidCents(venues.get(e.getKey()), withCents(e.getKey(), e.getValue())))
        .toList();
  }

  private static SlipJudged.SpentCents withCents(SlipJudged.SpentCents part, long cents) {
    return part.withCents(cents);
  }

  public static TransferId transfer(String run, VenueId venue) {
    return new TransferId(run + "-" + venue.value().substring(0, 5));
  }

  private static VaultReference account(VenueId venue) {
    return new VaultReference(venue.equals(LIBRARY) ? "account-1" : "account-2");
  }

  public static TransferConfirmed confirmed(SettlementRunOpened run, VenueId venue) {
    SettlementRunOpened.Transfer transfer = transferTo(run, venue);
    return new TransferConfirmed(
        run.run(),
        transfer.transfer(),
        LocalDate.of(2026, 4, 3),
        transfer.amountCents(),
        transfer.parts(),
        List.of());
  }

  /** By the bank's word, before any statement shows it. */
  public static TransferExecuted executed(SettlementRunOpened run, VenueId venue) {
    SettlementRunOpened.Transfer transfer = transferTo(run, venue);
    return new TransferExecuted(
        run.run(),
        transfer.transfer(),
        LocalDate.of(2026, 4, 2),
        transfer.amountCents(),
        transfer.parts(),
        List.of());
  }

  public static TransferDebited debited(SettlementRunOpened run, VenueId venue) {
    SettlementRunOpened.Transfer transfer = transferTo(run, venue);
    return new TransferDebited(
        run.run(),
        transfer.transfer(),
        LocalDate.of(2026, 4, 3),
        transfer.amountCents(),
        transfer.parts(),
        new BankEntry(
            "E0123456789ABCDEF0123",
            Optional.of("26093-000019"),
            LocalDate.of(2026, 4, 3),
            LocalDate.of(2026, 4, 3),
            -transfer.amountCents(),
            Optional.empty(),
            Optional.empty()),
        Optional.of(LocalDate.of(2026, 4, 2)));
  }

  /** The bank tells its debit no more; it had said besides that it executed it, or had not. */
  public static TransferDebitTakenBack takenBack(
      SettlementRunOpened run, VenueId venue, boolean executed) {
    TransferDebited debit = debited(run, venue);
    return new TransferDebitTakenBack(
        debit.run(),
        debit.transfer(),
        debit.bookedOn(),
        debit.amountCents(),
        debit.parts(),
        executed ? debit.executedOn() : Optional.empty(),
        Optional.of(debit.entry()),
        Optional.of("S0123456789ABCDEF0123"),
        "clerk-1",
        Optional.empty());
  }

  public static TransferRejected rejected(SettlementRunOpened run, VenueId venue) {
    SettlementRunOpened.Transfer transfer = transferTo(run, venue);
    return new TransferRejected(
        run.run(),
        transfer.transfer(),
        LocalDate.of(2026, 4, 3),
        "AC04",
        transfer.account(),
        transfer.amountCents(),
        transfer.slips(),
        transfer.parts(),
        List.of(),
        List.of());
  }

  private static SettlementRunOpened.Transfer transferTo(SettlementRunOpened run, VenueId venue) {
    return run.transfers().stream()
        .filter(transfer -> transfer.transfer().equals(transfer(run.run().value(), venue)))
        .findFirst()
        .orElseThrow();
  }

  public static CentsOfCheques cents() {
    return Cents.OF_THE_BATCH;
  }

  private static final class Cents {
    private static final CentsOfCheques OF_THE_BATCH = CentsOfCheques.of(issued(List.of()), KEY);
  }
}
