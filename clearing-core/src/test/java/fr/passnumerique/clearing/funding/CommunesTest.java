package fr.passnumerique.clearing.funding;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.FundedWorld;
import fr.passnumerique.clearing.funding.FunderRegistered.Commune;
import fr.passnumerique.clearing.funding.FunderRegistered.Group;
import fr.passnumerique.clearing.funding.FunderRegistered.Kind;
import fr.passnumerique.clearing.ledger.DecisionFixture;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Communes take part only as a group with a lead. */
class CommunesTest {
  private static final Commune GUERET = new Commune("23096", "Guéret");
  private static final Commune AJACCIO = new Commune("2A004", "Ajaccio");

  private final DecisionFixture ledger = FundedWorld.empty().ledger;

  @Test
  void aGroupNamesItsLeadAndItsMembers() {
    FunderRegistered registered =
        ledger.when(group("23096", GUERET, AJACCIO)).thenRecordsOne(FunderRegistered.class);

    assertThat(registered.group()).contains(new Group("23096", List.of(GUERET, AJACCIO)));
  }

  @Test
  void aCommuneDoesNotTakePartAlone() {
    ledger
        .when(new RegisterFunder(new FunderId("g"), "Guéret", Kind.COMMUNES))
        .thenRefuses(FundingRefusal.GROUP_MISSING);
    ledger.when(group("23096", GUERET)).thenRefuses(FundingRefusal.GROUP_TOO_SMALL);
    ledger.when(group("23096")).thenRefuses(FundingRefusal.GROUP_TOO_SMALL);
  }

  @Test
  void theLeadIsAMember() {
    ledger
        .when(group("23001", GUERET, AJACCIO))
        .thenRefuses(FundingRefusal.LEAD_NOT_A_MEMBER)
        .about("lead")
        .saying("got ");
  }

  @Test
  void aPostcodeIsNotTheCodeOfACommune() {
    ledger
        .when(group("23096", GUERET, new Commune("20000", "Ajaccio")))
        .thenRefuses(FundingRefusal.COMMUNE_CODE_UNKNOWN)
        .saying("20000");
    ledger
        .when(group("23096", GUERET, new Commune("2309", "Guéret")))
        .thenRefuses(FundingRefusal.COMMUNE_CODE_UNKNOWN);
  }

  @Test
  void aMemberIsNamedOnceAndReadably() {
    ledger.when(group("23096", GUERET, GUERET)).thenRefuses(FundingRefusal.LISTED_TWICE);
    ledger
        .when(group("23096", GUERET, new Commune("23176", " ")))
        .thenRefuses(FundingRefusal.NAME_NOT_READABLE);
  }

  @Test
  void nobodyElseTakesPartAsAGroup() {
    ledger
        .when(
            new RegisterFunder(
                new FunderId("g"),
                "Région",
                Kind.REGION,
                Optional.of(new Group("23096", List.of(GUERET, AJACCIO)))))
        .thenRefuses(FundingRefusal.GROUP_UNEXPECTED);
  }

  @Test
  void anotherLeadIsAnotherFunder() {
    ledger.send(group("23096", GUERET, AJACCIO));

    ledger.when(group("23096", GUERET, AJACCIO)).thenAlreadyRecorded();
    ledger
        .when(group("2A004", GUERET, AJACCIO))
        .thenRefuses(FundingRefusal.FUNDER_ALREADY_REGISTERED);
  }

  private static RegisterFunder group(String lead, Commune... members) {
    return new RegisterFunder(
        new FunderId("g"),
        "Communes de Guéret-Sud",
        Kind.COMMUNES,
        Optional.of(new Group(lead, List.of(members))));
  }
}
