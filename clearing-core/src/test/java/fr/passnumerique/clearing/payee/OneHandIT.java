package fr.passnumerique.clearing.payee;

import static fr.passnumerique.clearing.payee.PayeeRefusal.SECOND_PERSON_NEEDED;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.access.Account;
import fr.passnumerique.clearing.access.Accounts;
import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.database.TestDatabase;
import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Command;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.FactCatalogue;
import fr.passnumerique.clearing.ledger.FactType;
import fr.passnumerique.clearing.ledger.LedgerNode;
import fr.passnumerique.clearing.ledger.Outcome;
import fr.passnumerique.clearing.ledger.Refusal;
import fr.passnumerique.clearing.vault.VaultReference;
import fr.passnumerique.clearing.venues.VenueId;
import fr.passnumerique.clearing.venues.VenueListed;
import fr.passnumerique.clearing.venues.VenueLists;
import fr.passnumerique.clearing.venues.Venues;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A ledger beside its accounts: whoever may act as a venue confirms nothing that it proposed. */
class OneHandIT {
  private static final VenueId VENUE = new VenueId("40109226700020");
  private static final VaultReference RIB = new VaultReference("v-1");

  private final TestDatabase database = TestDatabase.fresh();
  private final Accounts accounts = new Accounts(database.ledger(), Clock.systemUTC());
  private final PayeeRegister register = new PayeeRegister();
  private final Confirming confirming = new Confirming(new ConfirmPayeeAccountDecision(register));
  private final LedgerNode node =
      LedgerNode.start(
          new LedgerNode.Parts(
              database.ledger(),
              new FactCatalogue(facts(), List.of()),
              List.of(register),
              List.of(new Listing(), new ProposePayeeAccountDecision(register), confirming),
              Clock.systemUTC(),
              new SimpleMeterRegistry(),
              false,
              Duration.ofSeconds(20)));

  private final Account anne = of(Role.CLERK, "anne", "engine");
  private final Account bert = of(Role.CLERK, "bert", "engine");
  private final Account venue = of(Role.VENUE, "venue", "engine");

  /** Puts the venue on the list. */
  private record PutOnTheList(VenueListed fact) implements Command<VenueListed> {}

  private static final class Listing implements Decider<PutOnTheList, VenueListed> {
    @Override
    public Class<PutOnTheList> command() {
      return PutOnTheList.class;
    }

    @Override
    public Decision<VenueListed> decide(PutOnTheList asked, Instant receivedAt) {
      return Decision.accept(asked.fact(), Boundary.of("venue:" + VENUE), asked.fact());
    }
  }

  /** Lets something happen as soon as it is decided. */
  private static final class Confirming implements Decider<ConfirmPayeeAccount, PayeeAccount> {
    private final ConfirmPayeeAccountDecision right;
    private volatile Runnable meanwhile = () -> {};

    Confirming(ConfirmPayeeAccountDecision right) {
      this.right = right;
    }

    @Override
    public Class<ConfirmPayeeAccount> command() {
      return right.command();
    }

    @Override
    public Decision<PayeeAccount> decide(ConfirmPayeeAccount asked, Instant receivedAt) {
      Decision<PayeeAccount> decided = right.decide(asked, receivedAt);
      meanwhile.run();
      return decided;
    }
  }

  @BeforeEach
  void aVenueIsListed() throws Exception {
    assertThat(node.awaitWriting(Duration.ofSeconds(20))).isTrue();
    node.commands().send(new PutOnTheList(VenueLists.listed(VENUE, "a")), Actor.ENGINE);
  }

  @AfterEach
  void stop() {
    node.close();
    database.close();
  }

  @Test
  void whoMadeItsKeyIsRefusedAndToldWhyAndAnotherClerkConfirms() {
    accounts.createKey(venue.id(), "till", anne.id());
    propose(venue);

    Refusal refusal = refusal(confirm(anne));

    assertThat(refusal.code()).isEqualTo(SECOND_PERSON_NEEDED);
    assertThat(refusal.field()).isEqualTo("account");
    assertThat(refusal.message())
        .contains("a key of it, is no second person", venue.id())
        .endsWith(refusal.remedy());
    assertThat(refusal.remedy()).startsWith("have another clerk confirm it, who made neither");
    assertThat(refusal(node.commands().rehearse(confirmation(anne))).code())
        .isEqualTo(SECOND_PERSON_NEEDED);
    assertThat(register.inForce(Payee.of(VENUE))).isEmpty();
    assertThat(confirm(bert)).isInstanceOf(Outcome.Recorded.class);
    assertThat(register.inForce(Payee.of(VENUE))).isPresent();
  }

  @Test
  void aKeyThatIsMadeAfterTheProposalCountsToo() {
    propose(venue);
    accounts.createKey(venue.id(), "till", anne.id());

    assertThat(refusal(confirm(anne)).code()).isEqualTo(SECOND_PERSON_NEEDED);
  }

  @Test
  void aKeyThatIsMadeWhileItIsDecidedCountsToo() {
    propose(venue);
    confirming.meanwhile = () -> accounts.createKey(venue.id(), "till", anne.id());

    assertThat(refusal(confirm(anne)).code()).isEqualTo(SECOND_PERSON_NEEDED);
  }

  @Test
  void whoWasMadeByTheProposerConfirmsNothingForIt() {
    Account puppet = of(Role.CLERK, "puppet", anne.id());
    propose(anne);

    assertThat(refusal(confirm(puppet)).code()).isEqualTo(SECOND_PERSON_NEEDED);
    assertThat(confirm(bert)).isInstanceOf(Outcome.Recorded.class);
  }

  @Test
  void aRetryOfWhatWasConfirmedIsAnsweredWhoeverMadeAKeySince() {
    propose(venue);
    confirm(anne);
    accounts.createKey(venue.id(), "till", anne.id());

    assertThat(confirm(anne))
        .isInstanceOfSatisfying(
            Outcome.Recorded.class, recorded -> assertThat(recorded.already()).isTrue());
  }

  private void propose(Account by) {
    Outcome<PayeeAccount> proposed =
        node.commands()
            .send(
                new ProposePayeeAccount(Payee.of(VENUE), RIB, "f-1", by.id()),
                new Actor(by.id(), by.role(), by.subject()));
    assertThat(proposed).isInstanceOf(Outcome.Recorded.class);
  }

  private Outcome<PayeeAccount> confirm(Account by) {
    return node.commands().send(confirmation(by), new Actor(by.id(), by.role(), by.subject()));
  }

  private static ConfirmPayeeAccount confirmation(Account by) {
    return new ConfirmPayeeAccount(Payee.of(VENUE), RIB, by.id());
  }

  private static Refusal refusal(Outcome<?> outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Refused.class);
    return ((Outcome.Refused<?>) outcome).refusal();
  }

  private Account of(Role role, String login, String by) {
    return accounts.create(login, null, role, role.hasSubject() ? VENUE.value() : "", by);
  }

  private static List<FactType> facts() {
    return Stream.concat(Venues.FACTS.stream(), Payees.FACTS.stream()).toList();
  }
}
