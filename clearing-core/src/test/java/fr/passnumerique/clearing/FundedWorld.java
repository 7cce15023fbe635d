package fr.passnumerique.clearing;

import fr.passnumerique.clearing.calls.Calls;
import fr.passnumerique.clearing.cover.Cover;
import fr.passnumerique.clearing.cover.CoverQuery;
import fr.passnumerique.clearing.distribution.DeliverCheques;
import fr.passnumerique.clearing.distribution.DeliveryId;
import fr.passnumerique.clearing.distribution.Distribution;
import fr.passnumerique.clearing.distribution.HandOutCheques;
import fr.passnumerique.clearing.distribution.HandOutId;
import fr.passnumerique.clearing.distribution.PrescriberId;
import fr.passnumerique.clearing.distribution.RegisterPrescriber;
import fr.passnumerique.clearing.expiry.Expiry;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.AgreementSigned.PaymentTerms;
import fr.passnumerique.clearing.funding.AgreementSigned.Share;
import fr.passnumerique.clearing.funding.DefineProgramme;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.funding.FunderRegistered;
import fr.passnumerique.clearing.funding.Funding;
import fr.passnumerique.clearing.funding.ProgrammeDefined.ConflictOfInterest;
import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.funding.ReceiptId;
import fr.passnumerique.clearing.funding.RecordReceipt;
import fr.passnumerique.clearing.funding.RegisterFunder;
import fr.passnumerique.clearing.funding.SignAgreement;
import fr.passnumerique.clearing.giveback.GiveBacks;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.CheckKeys;
import fr.passnumerique.clearing.issuance.ChequeCode;
import fr.passnumerique.clearing.issuance.ChequesIssued;
import fr.passnumerique.clearing.issuance.Issuance;
import fr.passnumerique.clearing.issuance.OrderCheques;
import fr.passnumerique.clearing.issuance.OrderId;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.ledger.Command;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.DecisionFixture;
import fr.passnumerique.clearing.ledger.LedgerInMemory;
import fr.passnumerique.clearing.ledger.Outcome;
import fr.passnumerique.clearing.ledger.Register;
import fr.passnumerique.clearing.territory.Departement;
import fr.passnumerique.clearing.vault.MemoryVault;
import fr.passnumerique.clearing.vault.Vault;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * A world in which cheques can be ordered, wired as the application is: the programme {@code pass}
 * of 10 € cheques in carnets of 10, financed in Creuse and Corrèze by the State (57.14 %) and the
 * region (42.86 %), up to 10 000 € each. It is Monday 2 March 2026, noon.
 */
public final class FundedWorld {
  public static final LocalDate TODAY = LocalDate.of(2026, 3, 2);
  public static final LocalDate PERIOD_STARTS = LocalDate.of(2026, 1, 1);
  public static final LocalDate PERIOD_ENDS = LocalDate.of(2026, 12, 31);
  public static final LocalDate ORDER_ENDS = LocalDate.of(2026, 8, 31);

  public static final ProgrammeId PROGRAMME = new ProgrammeId("pass");
  public static final FunderId STATE = new FunderId("anct");
  public static final FunderId REGION = new FunderId("nouvelle-aquitaine");
  public static final AgreementId AGREEMENT = new AgreementId("creuse-2026");
  public static final Departement CREUSE = new Departement("23");
  public static final Departement CORREZE = new Departement("19");
  public static final PrescriberId CCAS = new PrescriberId("ccas-gueret");
  public static final PrescriberId MISSION = new PrescriberId("mission-locale");
  public static final String KEY = "check-1-TEST00";

  private static final long CEILING = 1_000_000;

  /** Anybody can compute these check parts; real keys are tested with the keys. */
  public static final CheckKeys KEYS =
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

  public final DecisionFixture ledger;
  public final CoverQuery cover;
  private final List<Register> registers;

  private FundedWorld(DecisionFixture ledger, CoverQuery cover, List<Register> registers) {
    this.ledger = ledger;
    this.cover = cover;
    this.registers = List.copyOf(registers);
  }

  /** That of a capability. */
  public <R extends Register> R register(Class<R> type) {
    return registers.stream()
        .filter(type::isInstance)
        .map(type::cast)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no register is a " + type.getSimpleName()));
  }

  /** The capabilities' own configurations on a ledger in memory. */
  @Configuration(proxyBeanMethods = false)
  @Import({
    LedgerInMemory.class,
    Funding.class,
    Calls.class,
    Issuance.class,
    Distribution.class,
    Expiry.class,
    GiveBacks.class,
    Cover.class
  })
  public static class Wiring {
    @Bean
    DecisionFixture ledger(List<Register> registers, List<Decider<?, ?>> deciders) {
      return DecisionFixture.of(registers, deciders).on(TODAY);
    }

    @Bean
    Clock clock() {
      return Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
    }

    @Bean
    Vault vault() {
      return new MemoryVault();
    }

    @Bean
    CheckKeys checkKeys() {
      return KEYS;
    }
  }

  /** Nothing has happened yet. */
  public static FundedWorld empty() {
    try (var context = new AnnotationConfigApplicationContext(Wiring.class)) {
      return new FundedWorld(
          context.getBean(DecisionFixture.class),
          context.getBean(CoverQuery.class),
          List.copyOf(context.getBeansOfType(Register.class).values()));
    }
  }

  /** The programme is defined and its two funders are registered. */
  public static FundedWorld programmed() {
    FundedWorld world = empty();
    world.must(programme());
    world.must(new RegisterFunder(STATE, "ANCT", FunderRegistered.Kind.STATE));
    world.must(
        new RegisterFunder(REGION, "Région Nouvelle-Aquitaine", FunderRegistered.Kind.REGION));
    return world;
  }

  /** The agreement is signed and two prescribers are known. */
  public static FundedWorld usual() {
    FundedWorld world = programmed();
    world.must(agreement(share(STATE, 5714, CEILING), share(REGION, 4286, CEILING)));
    world.must(new RegisterPrescriber(CCAS, "CCAS de Guéret", CREUSE));
    world.must(new RegisterPrescriber(MISSION, "Mission locale de la Creuse", CREUSE));
    return world;
  }

  /** Sends a command that cannot be refused here. */
  public <A> A must(Command<A> command) {
    return ledger.must(command);
  }

  public Batch issued(String order, int cheques) {
    return must(order(order, cheques)).batch();
  }

  public static DefineProgramme programme() {
    return programme(PROGRAMME, 1_000, 10, List.of());
  }

  public static DefineProgramme programme(
      ProgrammeId programme, long faceValueCents, int chequesPerCarnet, List<String> publics) {
    return new DefineProgramme(
        programme,
        "Pass numérique",
        faceValueCents,
        chequesPerCarnet,
        90,
        60,
        30,
        publics,
        List.of(),
        List.of(),
        0,
        ConflictOfInterest.FLAG,
        Optional.empty());
  }

  public static Share share(FunderId funder, int basisPoints, long ceilingCents) {
    return new Share(funder, basisPoints, ceilingCents, PaymentTerms.PREPAID);
  }

  public static SignAgreement agreement(Share... shares) {
    return agreement(AGREEMENT, PROGRAMME, shares);
  }

  public static SignAgreement agreement(
      AgreementId agreement, ProgrammeId programme, Share... shares) {
    return new SignAgreement(
        agreement,
        programme,
        LocalDate.of(2025, 12, 15),
        PERIOD_STARTS,
        PERIOD_ENDS,
        List.of(CREUSE, CORREZE),
        List.of(shares));
  }

  public static RecordReceipt receipt(String receipt, FunderId funder, long cents) {
    return new RecordReceipt(new ReceiptId(receipt), AGREEMENT, funder, cents, TODAY);
  }

  public static OrderCheques order(String order, int cheques) {
    return order(order, AGREEMENT, cheques);
  }

  public static OrderCheques order(String order, AgreementId agreement, int cheques) {
    return new OrderCheques(new OrderId(order), agreement, CREUSE, cheques, ORDER_ENDS);
  }

  public static DeliverCheques delivery(
      String delivery, PrescriberId prescriber, Batch batch, int first, int last) {
    return new DeliverCheques(new DeliveryId(delivery), prescriber, batch, first, last, TODAY);
  }

  public static HandOutCheques handOut(
      String handOut, PrescriberId prescriber, HandOutCheques.Choice... choices) {
    return new HandOutCheques(
        new HandOutId(handOut), prescriber, List.of(choices), TODAY, "", Optional.empty());
  }

  /** What an accepted order came to. */
  public static ChequesIssued answer(Outcome<ChequesIssued> outcome) {
    return ((Outcome.Recorded<ChequesIssued>) outcome).answer();
  }
}
