package fr.passnumerique.ui.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.bank.PaymentReferenceAssigned;
import fr.passnumerique.clearing.calls.CallId;
import fr.passnumerique.clearing.calls.FundsCalled;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.clearing.ledger.RecordedFact;
import fr.passnumerique.projections.accounts.BalancesQuery;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.ds.PGSimpleDataSource;

/** For whoever looks for what is another's, no more is read than if it were not there. */
class SoughtByStrangersTest {
  private static final Set<String> REFERENCE = Set.of("payment-reference:REF 1");
  private static final Set<String> CALL = Set.of("call:call-1");

  private final List<Object> asked = new ArrayList<>();

  @ParameterizedTest
  @CsvSource({"VENUE, 40109226700020, 0", "PRESCRIBER, ccas, 0", "FUNDER, anct, 1"})
  void ofAnothersPaymentReferenceNothingIsReadButWhoseItIs(Role role, String subject, int times) {
    Fact assigned =
        new PaymentReferenceAssigned(
            "REF 1", new AgreementId("creuse-2026"), new FunderId("creuse"));
    ThingFinder finder =
        new ThingFinder(ledger(REFERENCE, assigned), new BalancesQuery(new PGSimpleDataSource()));

    assertThat(finder.find("REF 1", new Actor("stranger", role, subject))).isEmpty();

    assertThat(asked).hasSize(times).allMatch(REFERENCE::equals);
  }

  @Test
  void ofAnothersCallNothingIsReadButWhoseItIs() {
    ThingFacts facts = new ThingFacts(ledger(CALL, called()));

    assertThat(facts.find(Thing.CALL, "call-1", 9, new Actor("stranger", Role.FUNDER, "anct")))
        .isEmpty();

    assertThat(asked).containsExactly(CALL);
    assertThat(facts.find(Thing.CALL, "call-1", 9, new Actor("own", Role.FUNDER, "creuse")))
        .isPresent();
  }

  private static FundsCalled called() {
    LocalDate day = LocalDate.of(2026, 4, 2);
    return new FundsCalled(
        new CallId("call-1"),
        new AgreementId("creuse-2026"),
        new ProgrammeId("pass-23"),
        new FunderId("creuse"),
        1_000,
        FundsCalled.Basis.CEILING,
        day,
        day,
        "REF 1",
        "clerk-1");
  }

  /** Of one fact, with which tags it was asked. */
  private LedgerReader ledger(Set<String> tags, Fact fact) {
    return (LedgerReader)
        Proxy.newProxyInstance(
            LedgerReader.class.getClassLoader(),
            new Class<?>[] {LedgerReader.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("asked")) {
                return proxy;
              }
              if (method.getName().equals("head")) {
                return 9L;
              }
              asked.add(arguments[0]);
              return ((Collection<?>) arguments[0]).containsAll(tags)
                  ? List.of(new RecordedFact(1, Instant.EPOCH, fact))
                  : List.of();
            });
  }
}
