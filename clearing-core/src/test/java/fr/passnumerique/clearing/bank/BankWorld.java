package fr.passnumerique.clearing.bank;

import static fr.passnumerique.clearing.FundedWorld.AGREEMENT;
import static fr.passnumerique.clearing.FundedWorld.REGION;
import static fr.passnumerique.clearing.FundedWorld.STATE;
import static java.nio.charset.StandardCharsets.UTF_8;

import fr.passnumerique.clearing.FundedWorld;
import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.PersonalData;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.access.Unnoted;
import fr.passnumerique.clearing.bank.BankFileImported.Entry;
import fr.passnumerique.clearing.bookkeeping.AccountKind;
import fr.passnumerique.clearing.bookkeeping.Postings;
import fr.passnumerique.clearing.calls.Calls;
import fr.passnumerique.clearing.expiry.Expiry;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.AgreementSigned.PaymentTerms;
import fr.passnumerique.clearing.funding.AgreementSigned.Share;
import fr.passnumerique.clearing.funding.FunderRegistered;
import fr.passnumerique.clearing.funding.Funding;
import fr.passnumerique.clearing.funding.RegisterFunder;
import fr.passnumerique.clearing.giveback.GiveBacks;
import fr.passnumerique.clearing.ledger.Command;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.DecisionFixture;
import fr.passnumerique.clearing.ledger.LedgerInMemory;
import fr.passnumerique.clearing.ledger.Register;
import fr.passnumerique.clearing.payee.Payees;
import fr.passnumerique.clearing.redemption.RedemptionParts;
import fr.passnumerique.clearing.redemption.SlipArchive;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.redemption.SlipReference;
import fr.passnumerique.clearing.refund.Refunds;
import fr.passnumerique.clearing.reversal.Recoveries;
import fr.passnumerique.clearing.reversal.Reversals;
import fr.passnumerique.clearing.settlement.BankWord;
import fr.passnumerique.clearing.settlement.Settlement;
import fr.passnumerique.clearing.settlement.TransferWord;
import fr.passnumerique.clearing.vault.MemoryVault;
import fr.passnumerique.clearing.venues.VenueId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.MapPropertySource;

/**
 * An operator whose ring-fenced account is {@link #IBAN}, and the agreement of {@link FundedWorld}
 * between the State and a region. It is 2 April 2026, noon.
 */
final class BankWorld {
  static final Actor CLERK = new Actor("clerk-1", Role.CLERK, "");
  static final Actor AUDITOR = new Actor("auditor-1", Role.AUDITOR, "");
  static final AgreementId ON_USE = new AgreementId("a-l-usage");
  static final String IBAN = "FR1420041010050500013M02606";
  static final LocalDate TODAY = LocalDate.of(2026, 4, 2);

  final DecisionFixture ledger;
  final BankDesk desk;
  final BankRegister register;
  final MemoryVault vault;
  final List<TransferWord> words;
  final Recoveries recoveries;

  private BankWorld(
      DecisionFixture ledger,
      BankDesk desk,
      BankRegister register,
      MemoryVault vault,
      List<TransferWord> words,
      Recoveries recoveries) {
    this.ledger = ledger;
    this.desk = desk;
    this.register = register;
    this.vault = vault;
    this.words = words;
    this.recoveries = recoveries;
  }

  @Configuration(proxyBeanMethods = false)
  @Import({
    LedgerInMemory.class,
    Funding.class,
    Calls.class,
    Expiry.class,
    Settlement.class,
    Payees.class,
    GiveBacks.class,
    Refunds.class,
    Reversals.class,
    Bank.class
  })
  static class Wiring {
    @Bean
    DecisionFixture ledger(List<Register> registers, List<Decider<?, ?>> deciders) {
      return DecisionFixture.of(registers, deciders).on(TODAY);
    }

    @Bean
    Clock clock() {
      return Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
    }

    @Bean
    SlipArchive slips(DecisionFixture ledger) {
      return RedemptionParts.archive(ledger);
    }

    @Bean
    MemoryVault vault() {
      return new MemoryVault();
    }

    @Bean
    PersonalData personalData(MemoryVault vault) {
      return Unnoted.readings(vault);
    }
  }

  /** Nobody has said anything of the bank yet. */
  static BankWorld usual() {
    try (var context = new AnnotationConfigApplicationContext()) {
      context
          .getEnvironment()
          .getPropertySources()
          .addFirst(
              new MapPropertySource(
                  "test", Map.of("pass.operator.name", "Opérateur", "pass.operator.iban", IBAN)));
      context.register(Wiring.class);
      context.refresh();
      DecisionFixture ledger = context.getBean(DecisionFixture.class);
      MemoryVault vault = context.getBean(MemoryVault.class);
      BankWorld world =
          new BankWorld(
              ledger,
              new BankDesk(ledger, vault, Optional.of(IBAN)),
              context.getBean(BankRegister.class),
              vault,
              List.of(
                  context.getBean(BankWord.class),
                  context.getBean("refundWord", TransferWord.class)),
              context.getBean(Recoveries.class));
      world.must(FundedWorld.programme());
      world.must(new RegisterFunder(STATE, "ANCT", FunderRegistered.Kind.STATE));
      world.must(
          new RegisterFunder(REGION, "Région Nouvelle-Aquitaine", FunderRegistered.Kind.REGION));
      world.must(
          FundedWorld.agreement(
              AGREEMENT,
              FundedWorld.PROGRAMME,
              FundedWorld.share(STATE, 5714, 10_000_000),
              FundedWorld.share(REGION, 4286, 10_000_000)));
      return world;
    }
  }

  /** An agreement whose half the State pays on use: it owes so much to the region for a slip. */
  AgreementId owedOnUse(long cents) {
    must(
        FundedWorld.agreement(
            ON_USE,
            FundedWorld.PROGRAMME,
            new Share(
                FundedWorld.STATE,
                5_000,
                1_000_000,
                PaymentTerms.ON_USE,
                Optional.of(FundedWorld.REGION)),
            FundedWorld.share(FundedWorld.REGION, 5_000, 1_000_000)));
    ledger.given(
        new SlipJudged(
            new VenueId("21230096100018"),
            new SlipReference("S-1"),
            "digest",
            Instant.parse("2026-04-01T10:00:00Z"),
            List.of(),
            List.of(),
            List.of(
                new SlipJudged.SpentCents(
                    FundedWorld.PROGRAMME,
                    ON_USE,
                    1,
                    FundedWorld.CREUSE,
                    FundedWorld.CREUSE,
                    FundedWorld.STATE,
                    cents,
                    Optional.of(FundedWorld.REGION)))));
    return ON_USE;
  }

  <A> A must(Command<A> command) {
    return ledger.must(command);
  }

  BankFileImported importing(String file) {
    return importing(bytes(file));
  }

  BankFileImported importing(byte[] file) {
    return desk.apply(file, Actor.ENGINE).answer();
  }

  /** A sample's bytes. */
  static byte[] bytes(String sample) {
    try (InputStream in = BankWorld.class.getResourceAsStream("/bank/" + sample)) {
      if (in == null) {
        throw new AssertionError("no sample " + sample);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] utf8(String xml) {
    return xml.getBytes(UTF_8);
  }

  /** {@code 2026-04-01 571400 RECEIVED creuse-2026/anct}. */
  static String told(Entry entry) {
    return "%s %d %s%s%s"
        .formatted(
            entry.bookedOn(),
            entry.cents(),
            entry.outcome(),
            entry.agreement().map(a -> " " + a + "/" + entry.funder().orElse("")).orElse("")
                + entry.transfer().map(t -> " " + t).orElse(""),
            entry.why().map(w -> " " + w).orElse(""));
  }

  /** Over all accounts of this kind. */
  long balance(AccountKind kind) {
    return ledger.facts().stream()
        .flatMap(fact -> Postings.of(fact).stream())
        .filter(entry -> entry.account().kind() == kind)
        .mapToLong(fr.passnumerique.clearing.bookkeeping.Entry::cents)
        .sum();
  }
}
