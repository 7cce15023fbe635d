package fr.passnumerique.clearing.redemption;

import fr.passnumerique.clearing.access.GuessBudget;
import fr.passnumerique.clearing.distribution.ChequeRange;
import fr.passnumerique.clearing.distribution.ChequesHandedOut;
import fr.passnumerique.clearing.distribution.HandOutId;
import fr.passnumerique.clearing.distribution.PrescriberId;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.AgreementSigned;
import fr.passnumerique.clearing.funding.AgreementSigned.PaymentTerms;
import fr.passnumerique.clearing.funding.AgreementSigned.Share;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.funding.ProgrammeDefined.ConflictOfInterest;
import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.issuance.ActivationId;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.CheckKeys;
import fr.passnumerique.clearing.issuance.ChequeCode;
import fr.passnumerique.clearing.issuance.ChequesActivated;
import fr.passnumerique.clearing.issuance.ChequesIssued;
import fr.passnumerique.clearing.issuance.OrderId;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.ledger.DecisionFixture;
import fr.passnumerique.clearing.ledger.DecisionFixture.Then;
import fr.passnumerique.clearing.ledger.ReadLock;
import fr.passnumerique.clearing.money.QuotaSequence;
import fr.passnumerique.clearing.territory.Departement;
import fr.passnumerique.clearing.venues.PointOfServiceId;
import fr.passnumerique.clearing.venues.VenueId;
import fr.passnumerique.clearing.venues.VenueLabelled;
import fr.passnumerique.clearing.venues.VenueListed;
import fr.passnumerique.clearing.venues.VenueListed.IdentifiedBy;
import fr.passnumerique.clearing.venues.VenueListed.PointOfService;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A small world in which a slip can be presented. On Monday 2 March 2026 in Guéret, cheques 1 to 50
 * of batch 7 are handed out, with 90 days to use them and 60 to present them; the order ends on 31
 * August 2026.
 */
final class RedemptionWorld {
  static final LocalDate HANDED_OUT = LocalDate.of(2026, 3, 2);
  static final LocalDate LAST_DAY = HANDED_OUT.plusDays(90);
  static final LocalDate ORDER_ENDS = LocalDate.of(2026, 8, 31);

  static final VenueId VENUE = new VenueId("21230096100018");
  static final VenueId OTHER_VENUE = new VenueId("13002526500013");
  static final PointOfServiceId GUERET = new PointOfServiceId("gueret");
  static final PointOfServiceId BUS = new PointOfServiceId("bus-aubusson");
  static final PointOfServiceId LYON = new PointOfServiceId("lyon");
  static final PointOfServiceId ELSEWHERE = new PointOfServiceId("elsewhere");
  static final Departement CREUSE = new Departement("23");
  static final Departement RHONE = new Departement("69");
  static final ProgrammeId PROGRAMME = new ProgrammeId("pass");
  static final AgreementId AGREEMENT = new AgreementId("creuse-2026");
  static final FunderId STATE = new FunderId("anct");
  static final FunderId REGION = new FunderId("nouvelle-aquitaine");
  static final String SERVICE = "Utiliser le numérique";
  static final String KEY = "check-1-TEST00";

  static final Batch BATCH = Batch.of(7);
  static final int CHEQUES = 100;
  static final int HANDED_OUT_CHEQUES = 50;
  static final int MOST_ALONE = 40;

  /** Anybody can compute these check parts; real keys are tested with the keys. */
  static final CheckKeys KEYS =
      new CheckKeys() {
        @Override
        public boolean matches(ChequeCode code, String keyName) {
          return code.check() == check(code.serial(), keyName);
        }

        @Override
        public int check(Serial serial, String keyName) {
          return (int) ((serial.key() * 31 + keyName.hashCode()) & 0x3FFF_FFFF);
        }

        @Override
        public String currentKeyName() {
          return KEY;
        }
      };

  final RedemptionRegister register = new RedemptionRegister();
  final SlipDigest digest = new SlipDigest(KEYS);
  final SlipDesk desk = desk(register, Supplier::get);

  static SlipDesk desk(RedemptionRegister register, ReadLock registers) {
    return new SlipDesk(
        register,
        registers,
        KEYS,
        new SlipDigest(KEYS),
        new GuessBudget(100, System::nanoTime),
        new SimpleMeterRegistry());
  }

  final DecisionFixture ledger =
      DecisionFixture.of(
          List.of(register),
          List.of(
              new SlipDecision(register, KEYS, digest),
              new WithdrawSlipDecision(register),
              new OpposeChequesDecision(register, MOST_ALONE),
              new ApproveOppositionDecision(register),
              new ReplaceChequesDecision(register, KEY)));

  /** The world as described above, on 1 April 2026 at noon. */
  static RedemptionWorld usual() {
    return with(new Rules());
  }

  static RedemptionWorld with(Rules rules) {
    RedemptionWorld world = new RedemptionWorld();
    world.ledger.given(
        signed(),
        rules.issue(BATCH, 0),
        activated(BATCH, 1, CHEQUES),
        handedOut("h-1", HANDED_OUT, new ChequeRange(BATCH, 1, HANDED_OUT_CHEQUES)),
        listed(VENUE, GUERET, BUS, LYON),
        labelled(LocalDate.of(2026, 1, 1)));
    world.ledger.on(LocalDate.of(2026, 4, 1));
    return world;
  }

  /**
   * The parameters of the programme, as frozen in the batch; each test changes what it is about.
   */
  static final class Rules {
    int validityDays = 90;
    int presentationWindowDays = 60;
    int toleranceDays = 30;
    int chequesPerCarnet = 10;
    int chequesPerVisit;
    int keyVersion = 1;
    int chequeCount = CHEQUES;
    long faceValueCents = 1_000;
    List<String> eligibleServices = List.of();
    List<Departement> territory = List.of();
    ConflictOfInterest conflictOfInterest = ConflictOfInterest.ALLOW;
    Departement fundingDepartement = CREUSE;

    ChequesIssued issue(Batch batch, long firstCent) {
      return new ChequesIssued(
          new OrderId("o-" + batch),
          AGREEMENT,
          PROGRAMME,
          keyVersion,
          batch,
          chequeCount,
          faceValueCents,
          chequesPerCarnet,
          validityDays,
          presentationWindowDays,
          ORDER_ENDS,
          toleranceDays,
          List.of(),
          eligibleServices,
          territory,
          chequesPerVisit,
          conflictOfInterest,
          fundingDepartement,
          firstCent,
          QuotaSequence.ALGORITHM,
          QuotaSequence.VERSION,
          KEY,
          LocalDate.of(2026, 2, 1),
          List.of(),
          Optional.empty(),
          Optional.empty());
    }
  }

  // --- facts

  /** 57.14 % and 42.86 %: no cheque splits evenly. */
  static AgreementSigned signed() {
    return signed(
        new Share(STATE, 5_714, 1_000_000_000, PaymentTerms.PREPAID),
        new Share(REGION, 4_286, 1_000_000_000, PaymentTerms.PREPAID));
  }

  static AgreementSigned signed(Share... shares) {
    return new AgreementSigned(
        AGREEMENT,
        PROGRAMME,
        LocalDate.of(2026, 1, 1),
        LocalDate.of(2026, 1, 1),
        LocalDate.of(2027, 12, 31),
        List.of(CREUSE, RHONE),
        1,
        List.of(shares));
  }

  static ChequesActivated activated(Batch batch, int first, int last) {
    return new ChequesActivated(
        new ActivationId("a-%s-%d".formatted(batch, first)),
        AGREEMENT,
        batch,
        first,
        last,
        List.of());
  }

  static ChequesHandedOut handedOut(String id, LocalDate on, ChequeRange... cheques) {
    return new ChequesHandedOut(
        new HandOutId(id),
        new PrescriberId("ccas"),
        List.of(cheques),
        on,
        "",
        List.of(),
        Optional.empty());
  }

  static VenueListed listed(VenueId venue, PointOfServiceId... pointsOfService) {
    return new VenueListed(
        venue,
        IdentifiedBy.SIRET,
        "Médiathèque",
        true,
        Arrays.stream(pointsOfService).map(RedemptionWorld::pointOfService).toList(),
        Optional.empty(),
        "test");
  }

  private static PointOfService pointOfService(PointOfServiceId id) {
    boolean lyon = id.equals(LYON);
    return new PointOfService(
        id,
        "Médiathèque",
        "",
        lyon ? "69001" : "23000",
        lyon ? "Lyon" : "Guéret",
        lyon ? "69381" : "23096",
        lyon ? RHONE : CREUSE,
        false,
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  static VenueLabelled labelled(LocalDate from) {
    return new VenueLabelled(VENUE, from, "committee of January");
  }

  // --- lines and slips

  static ChequeCode cheque(int ordinal) {
    return cheque(BATCH, ordinal);
  }

  static ChequeCode cheque(Batch batch, int ordinal) {
    Serial serial = new Serial(batch, ordinal);
    return new ChequeCode(serial, KEYS.check(serial, KEY));
  }

  static ChequeCode forged(int ordinal) {
    ChequeCode right = cheque(ordinal);
    return new ChequeCode(right.serial(), right.check() ^ 1);
  }

  /** A line that nothing is wrong with: used in Guéret on 16 March. */
  static SlipLine line(int ordinal) {
    return line(cheque(ordinal));
  }

  static SlipLine line(ChequeCode cheque) {
    return new SlipLine(cheque, LocalDate.of(2026, 3, 16), SERVICE, GUERET);
  }

  static SlipLine served(SlipLine line, LocalDate on) {
    return new SlipLine(line.cheque(), on, line.service(), line.pointOfService());
  }

  static SlipLine at(SlipLine line, PointOfServiceId pointOfService) {
    return new SlipLine(line.cheque(), line.servedOn(), line.service(), pointOfService);
  }

  static SlipLine of(SlipLine line, String service) {
    return new SlipLine(line.cheque(), line.servedOn(), service, line.pointOfService());
  }

  SubmitSlip slip(String reference, SlipLine... lines) {
    return desk.prepare(VENUE, new SlipReference(reference), List.of(lines));
  }

  /** Decides and records nothing. */
  Then<SlipJudged> presenting(SlipLine... lines) {
    return ledger.when(slip("S-1", lines));
  }

  SlipJudged judged(SlipLine... lines) {
    return presenting(lines).thenRecordsOne(SlipJudged.class);
  }

  /** The verdicts that these lines would have now. */
  List<Verdict> verdicts(SlipLine... lines) {
    return judged(lines).lines().stream().map(SlipJudged.Line::verdict).toList();
  }

  Verdict verdict(SlipLine line) {
    return verdicts(line).getFirst();
  }

  /** Records a slip. */
  void redeem(String reference, SlipLine... lines) {
    ledger.send(slip(reference, lines));
  }

  /** Records a slip, and tells what withdrawing it is. */
  WithdrawSlip withdrawal(String reference, SlipLine... lines) {
    redeem(reference, lines);
    return new WithdrawSlip(
        (SlipJudged) ledger.facts().getLast(), register.slip(VENUE, new SlipReference(reference)));
  }

  static SlipLine[] lines(int first, int last) {
    List<SlipLine> lines = new ArrayList<>();
    for (int ordinal = first; ordinal <= last; ordinal++) {
      lines.add(line(ordinal));
    }
    return lines.toArray(SlipLine[]::new);
  }
}
