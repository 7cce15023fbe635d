package fr.passnumerique.clearing.expiry;

import static fr.passnumerique.clearing.FundedWorld.AGREEMENT;
import static fr.passnumerique.clearing.FundedWorld.CCAS;
import static fr.passnumerique.clearing.FundedWorld.CREUSE;
import static fr.passnumerique.clearing.FundedWorld.PROGRAMME;
import static fr.passnumerique.clearing.FundedWorld.REGION;
import static fr.passnumerique.clearing.FundedWorld.STATE;
import static fr.passnumerique.clearing.FundedWorld.agreement;
import static fr.passnumerique.clearing.FundedWorld.delivery;
import static fr.passnumerique.clearing.FundedWorld.handOut;
import static fr.passnumerique.clearing.FundedWorld.receipt;
import static fr.passnumerique.clearing.FundedWorld.share;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import fr.passnumerique.clearing.FundedWorld;
import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.bookkeeping.Entry;
import fr.passnumerique.clearing.bookkeeping.Postings;
import fr.passnumerique.clearing.distribution.HandOutCheques.Choice;
import fr.passnumerique.clearing.distribution.RegisterPrescriber;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.AgreementSigned.PaymentTerms;
import fr.passnumerique.clearing.funding.AgreementSigned.Share;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.funding.FunderRegistered;
import fr.passnumerique.clearing.funding.ReceiptId;
import fr.passnumerique.clearing.funding.RecordReceipt;
import fr.passnumerique.clearing.funding.RegisterFunder;
import fr.passnumerique.clearing.issuance.ActivateCheques;
import fr.passnumerique.clearing.issuance.ActivationId;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.OrderId;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.redemption.SlipJudged.SpentCents;
import fr.passnumerique.clearing.redemption.SlipReference;
import fr.passnumerique.clearing.redemption.SlipWithdrawn;
import fr.passnumerique.clearing.reversal.LinesReversed;
import fr.passnumerique.clearing.reversal.Reason;
import fr.passnumerique.clearing.reversal.ReversalId;
import fr.passnumerique.clearing.reversal.ReversalLifted;
import fr.passnumerique.clearing.reversal.ReversedLine;
import fr.passnumerique.clearing.settlement.VoidedLine;
import fr.passnumerique.clearing.territory.Paris;
import fr.passnumerique.clearing.venues.VenueId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

/**
 * Ten cheques of 10 €, handed out; half of each is the State's, who pays on use. What it has repaid
 * for slips that were withdrawn goes back to it when the order ends.
 */
class OverpaidTest {
  private static final OrderId ORDER = new OrderId("o-1");
  private static final VenueId VENUE = new VenueId("21230096100018");
  private static final AgreementId OTHER = new AgreementId("other");
  private static final FunderId CAISSE = new FunderId("caisse");
  private static final LocalDate USED_ON = LocalDate.of(2026, 4, 1);

  private final FundedWorld world = FundedWorld.programmed();
  private FunderId advancing = REGION;
  private Batch batch = Batch.of(1);

  private void begin() {
    Share onUse = new Share(STATE, 5_000, 1_000_000, PaymentTerms.ON_USE, Optional.of(advancing));
    world.must(agreement(onUse, share(REGION, 5_000, 1_000_000)));
    world.must(new RegisterPrescriber(CCAS, "CCAS", CREUSE));
    batch = world.issued("o-1", 10);
    world.must(receipt("r-region", REGION, advancing.equals(REGION) ? 10_000 : 5_000));
    if (!advancing.equals(REGION)) {
      world.must(receipt("r-advancing", advancing, 5_000));
    }
    world.must(ActivateCheques.all(new ActivationId("a-1"), batch));
    world.must(delivery("d-1", CCAS, batch, 1, 10));
    world.must(handOut("h-1", CCAS, new Choice.Carnets(batch, 1, 1)));
  }

  @Test
  void whatWasRepaidForAWithdrawnSlipIsItsFundersOutOfThePreFinanciersCash() {
    begin();
    use("S-1", 1, 2);
    world.must(receipt("r-1", STATE, 1_000));
    withdraw("S-1", 1, 2);
    assertThat(balances()).containsEntry("ON_USE_CLAIM anct", -1_000L);

    assertThat(ended())
        .containsExactly(
            tuple("o-1~anct", 1_000L, Optional.of(REGION)),
            tuple("o-1~nouvelle-aquitaine", 9_000L, Optional.empty()));

    assertThat(balances())
        .containsEntry("ON_USE_CLAIM anct", 0L)
        .containsEntry("ON_USE_ADVANCE nouvelle-aquitaine", 0L)
        .containsEntry("DUE_BACK anct", -1_000L)
        .containsEntry("BANK anct", 1_000L)
        .containsEntry("DUE_BACK nouvelle-aquitaine", -9_000L)
        // What the State repaid is the region's own again.
        .containsEntry("FUNDER_CREDIT nouvelle-aquitaine", -1_000L)
        .containsEntry("BANK nouvelle-aquitaine", 10_000L);
    assertThat(sign(STATE)).as("it need not sign, and gets nothing more for it").isEmpty();
  }

  @Test
  void whoeverSignsLast() {
    begin();
    use("S-1", 1);
    world.must(receipt("r-1", STATE, 500));
    withdraw("S-1", 1);
    expire();
    assertThat(sign(STATE)).isEmpty();
    assertThat(sign(REGION)).isEmpty();
    assertThat(notes(operator())).hasSize(2);
  }

  @Test
  void toTheCent() {
    begin();
    use("S-1", 1);
    world.must(receipt("r-1", STATE, 1));
    withdraw("S-1", 1);
    assertThat(ended())
        .containsExactly(
            tuple("o-1~anct", 1L, Optional.of(REGION)),
            tuple("o-1~nouvelle-aquitaine", 9_999L, Optional.empty()));
  }

  @Test
  void exceptForWhatWasUsedSince() {
    begin();
    use("S-1", 1, 2);
    world.must(receipt("r-1", STATE, 1_000));
    withdraw("S-1", 1, 2);
    use("S-2", 2);
    assertThat(ended())
        .containsExactly(
            tuple("o-1~anct", 500L, Optional.of(REGION)),
            tuple("o-1~nouvelle-aquitaine", 8_500L, Optional.empty()));
  }

  @Test
  void allOfItUsedSinceItIsThePreFinanciers() {
    begin();
    use("S-1", 1);
    world.must(receipt("r-1", STATE, 500));
    withdraw("S-1", 1);
    use("S-2", 2);
    assertThat(ended()).containsExactly(tuple("o-1~nouvelle-aquitaine", 9_000L, Optional.empty()));
  }

  @Test
  void ofAReversedLineItComesBackWithTheLineAndNotBefore() {
    begin();
    use("S-1", 1);
    use("S-2", 2);
    world.must(receipt("r-1", STATE, 1_000));
    world.ledger.given(reversed("indu-1", "S-1", 1));
    withdraw("S-2", 2);
    assertThat(ended())
        .containsExactly(
            tuple("o-1~anct", 500L, Optional.of(REGION)),
            tuple("o-1~nouvelle-aquitaine", 8_500L, Optional.empty()));
    assertThat(balances()).containsEntry("ON_USE_CLAIM anct", -500L);
  }

  @Test
  void ofALineWhoseReversalWasLiftedNothingIsLeftToTheLine() {
    begin();
    use("S-1", 1);
    use("S-2", 2);
    world.must(receipt("r-1", STATE, 1_000));
    world.ledger.given(reversed("indu-1", "S-1", 1), lifted("indu-1", "S-1", 1));
    withdraw("S-2", 2);
    assertThat(ended()).contains(tuple("o-1~anct", 500L, Optional.of(REGION)));
    assertThat(balances()).containsEntry("ON_USE_CLAIM anct", 0L);
  }

  @Test
  void reversedLiftedAndReversedAgainTheLineIsCountedOnce() {
    begin();
    use("S-1", 1);
    use("S-2", 2);
    world.must(receipt("r-1", STATE, 1_000));
    world.ledger.given(
        reversed("indu-1", "S-1", 1), lifted("indu-1", "S-1", 1), reversed("indu-2", "S-1", 1));
    withdraw("S-2", 2);
    assertThat(ended()).contains(tuple("o-1~anct", 500L, Optional.of(REGION)));
  }

  @Test
  void aLineThatIsCreditedAlreadyGivesBackNothingMore() {
    begin();
    use("S-1", 1);
    use("S-2", 2);
    world.must(receipt("r-1", STATE, 500));
    world.ledger.given(reversed("indu-1", "S-1", 1), credited("indu-1", 1));
    withdraw("S-2", 2);
    assertThat(ended()).contains(tuple("o-1~anct", 500L, Optional.of(REGION)));
  }

  @Test
  void whoAdvancedNothingElseGetsNoNoteOfNothing() {
    advancing = CAISSE;
    world.must(new RegisterFunder(CAISSE, "Caisse", FunderRegistered.Kind.FOUNDATION));
    begin();
    use("S-1", 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    world.must(receipt("r-1", STATE, 5_000));
    withdraw("S-1", 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    expire();
    operator();
    assertThat(notes(sign(CAISSE))).containsExactly(tuple("o-1~anct", 5_000L, Optional.of(CAISSE)));
    assertThat(notes(sign(REGION)))
        .containsExactly(tuple("o-1~nouvelle-aquitaine", 5_000L, Optional.empty()));
  }

  @Test
  void whatWasRepaidForAnotherAgreementStaysThere() {
    begin();
    Share onUse = new Share(STATE, 5_000, 1_000_000, PaymentTerms.ON_USE, Optional.of(REGION));
    world.must(agreement(OTHER, PROGRAMME, onUse, share(REGION, 5_000, 1_000_000)));
    SlipJudged slip = slip(OTHER, "S-9", 1);
    world.ledger.given(slip);
    world.must(new RecordReceipt(new ReceiptId("r-9"), OTHER, STATE, 500, FundedWorld.TODAY));
    world.ledger.given(withdrawn(slip));
    assertThat(ended()).containsExactly(tuple("o-1~nouvelle-aquitaine", 10_000L, Optional.empty()));
  }

  @Test
  void theStatementTellsItBeforeItIsSignedAndAfterwards() {
    begin();
    use("S-1", 1, 2);
    world.must(receipt("r-1", STATE, 1_000));
    withdraw("S-1", 1, 2);
    expire();
    List<Tuple> dueBack = List.of(tuple("anct", 1_000L), tuple("nouvelle-aquitaine", 9_000L));
    assertThat(told()).containsExactlyElementsOf(dueBack);
    operator();
    sign(REGION);
    assertThat(told()).containsExactlyElementsOf(dueBack);
  }

  @Test
  void aSlipThatIsWithdrawnAtThatMomentHasItDecidedAgain() {
    begin();
    use("S-1", 1);
    world.must(receipt("r-1", STATE, 500));
    expire();
    operator();
    world
        .ledger
        .when(new SignExpiry(ORDER, ExpiryStep.STATEMENT, Optional.of(REGION), "region"))
        .thenIsDecidedAgainAfter(withdrawn(slip(AGREEMENT, "S-1", 1)));
  }

  // --- words

  private void use(String reference, int... ordinals) {
    world.ledger.given(slip(AGREEMENT, reference, ordinals));
  }

  private void withdraw(String reference, int... ordinals) {
    world.ledger.given(withdrawn(slip(AGREEMENT, reference, ordinals)));
  }

  private SlipJudged slip(AgreementId agreement, String reference, int... ordinals) {
    return new SlipJudged(
        VENUE,
        new SlipReference(reference),
        "digest",
        Paris.startOf(USED_ON),
        List.of(),
        Arrays.stream(ordinals)
            .mapToObj(
                ordinal ->
                    new SlipJudged.Line(
                        Optional.of(new Serial(batch, ordinal)),
                        0,
                        Optional.empty(),
                        Optional.empty()))
            .toList(),
        parts(agreement, 500L * ordinals.length));
  }

  private List<SpentCents> parts(AgreementId agreement, long half) {
    return List.of(
        part(agreement, STATE, half, Optional.of(advancing)),
        part(agreement, REGION, half, Optional.empty()));
  }

  private static SpentCents part(
      AgreementId agreement, FunderId funder, long cents, Optional<FunderId> advancedBy) {
    return new SpentCents(PROGRAMME, agreement, 1, CREUSE, CREUSE, funder, cents, advancedBy);
  }

  private SlipWithdrawn withdrawn(SlipJudged slip) {
    return new SlipWithdrawn(
        VENUE,
        slip.reference(),
        1,
        Paris.startOf(USED_ON),
        slip.acceptedCheques(),
        slip.owed(),
        List.of(),
        List.of());
  }

  private LinesReversed reversed(String reversal, String slip, int ordinal) {
    return new LinesReversed(
        new ReversalId(reversal),
        VENUE,
        new SlipReference(slip),
        1,
        List.of(
            new ReversedLine(
                1,
                new Serial(batch, ordinal),
                ReversedLine.Standing.OWED,
                Optional.empty(),
                parts(AGREEMENT, 500))),
        Reason.SERVICE_NOT_GIVEN,
        Optional.empty(),
        "clerk",
        Optional.empty(),
        USED_ON.plusDays(30));
  }

  private ReversalLifted lifted(String reversal, String slip, int ordinal) {
    return new ReversalLifted(
        new ReversalId(reversal),
        VENUE,
        new SlipReference(slip),
        "third",
        List.of(new VoidedLine(VENUE, 1, new Serial(batch, ordinal), parts(AGREEMENT, 500))),
        List.of(),
        List.of());
  }

  /** To the region, as the State owed for another use then. */
  private CreditNoteIssued credited(String reversal, int ordinal) {
    return new CreditNoteIssued(
        CreditNoteId.supplementary(ORDER, REGION, 2),
        ORDER,
        REGION,
        1_000,
        USED_ON,
        List.of(),
        List.of(
            new CreditNoteIssued.Recovered(
                new ReversalId(reversal), VENUE, new Serial(batch, ordinal))),
        Optional.empty());
  }

  private void expire() {
    world.ledger.on(LocalDate.of(2026, 10, 7));
    world.must(new ExpireCheques(ORDER));
  }

  private List<Tuple> ended() {
    expire();
    operator();
    return notes(sign(REGION));
  }

  private List<CreditNoteIssued> operator() {
    return world
        .must(new SignExpiry(ORDER, ExpiryStep.STATEMENT, Optional.empty(), "clerk"))
        .creditNotes();
  }

  private List<CreditNoteIssued> sign(FunderId funder) {
    return world
        .must(new SignExpiry(ORDER, ExpiryStep.STATEMENT, Optional.of(funder), "funder"))
        .creditNotes();
  }

  private static List<Tuple> notes(List<CreditNoteIssued> notes) {
    List<Tuple> told = new ArrayList<>();
    for (CreditNoteIssued note : notes) {
      assertThat(note.parts()).allMatch(part -> part.cashOwner().equals(note.funder()));
      told.add(tuple(note.creditNote().value(), note.amountCents(), note.preFinancier()));
    }
    return told;
  }

  private List<Tuple> told() {
    ExpiryRegister register = world.register(ExpiryRegister.class);
    EndingOrder order = register.order(ORDER);
    assertThat(order).isNotNull();
    return OrderExpiry.of(order, register, Actor.ENGINE, Instant.EPOCH)
        .statement()
        .orElseThrow()
        .dueBack()
        .stream()
        .map(note -> tuple(note.funder(), note.cents()))
        .toList();
  }

  private Map<String, Long> balances() {
    Map<String, Long> balances = new TreeMap<>();
    for (Fact fact : world.ledger.facts()) {
      for (Entry entry : Postings.of(fact)) {
        balances.merge(
            entry.account().kind() + " " + entry.account().funder(), entry.cents(), Long::sum);
      }
    }
    return balances;
  }
}
