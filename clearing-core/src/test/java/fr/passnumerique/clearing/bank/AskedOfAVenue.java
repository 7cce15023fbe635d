package fr.passnumerique.clearing.bank;

import static fr.passnumerique.clearing.FundedWorld.AGREEMENT;
import static fr.passnumerique.clearing.FundedWorld.CREUSE;
import static fr.passnumerique.clearing.FundedWorld.PROGRAMME;
import static fr.passnumerique.clearing.FundedWorld.REGION;
import static fr.passnumerique.clearing.FundedWorld.STATE;

import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.funding.ProgrammeDefined.ConflictOfInterest;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.ChequesIssued;
import fr.passnumerique.clearing.issuance.OrderId;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.money.CreditorReference;
import fr.passnumerique.clearing.money.QuotaSequence;
import fr.passnumerique.clearing.redemption.SlipJudged.SpentCents;
import fr.passnumerique.clearing.redemption.SlipReference;
import fr.passnumerique.clearing.reversal.DebitNoteId;
import fr.passnumerique.clearing.reversal.DebitNoteIssued;
import fr.passnumerique.clearing.reversal.LinesReversed;
import fr.passnumerique.clearing.reversal.Reason;
import fr.passnumerique.clearing.reversal.ReversalId;
import fr.passnumerique.clearing.reversal.ReversedLine;
import fr.passnumerique.clearing.venues.VenueId;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Debit note titre-1: two lines of ten euros each, 5.71 of each the State's. */
final class AskedOfAVenue {
  static final String REFERENCE = CreditorReference.madeFrom("debit-note|titre-1");

  static final VenueId VENUE = new VenueId("21230096100018");
  private static final ReversalId REVERSAL = new ReversalId("indu-1");
  static final Batch BATCH = Batch.of(7);

  private AskedOfAVenue() {}

  static Fact[] facts() {
    return new Fact[] {issued(), reversed(), asked()};
  }

  static ChequesIssued issued() {
    return new ChequesIssued(
        new OrderId("o-7"),
        AGREEMENT,
        PROGRAMME,
        1,
        BATCH,
        10,
        1_000,
        10,
        365,
        365,
        LocalDate.of(2027, 12, 31),
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
        LocalDate.of(2026, 2, 1),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  static LinesReversed reversed() {
    return new LinesReversed(
        REVERSAL,
        VENUE,
        new SlipReference("S-1"),
        1,
        IntStream.of(1, 2)
            .mapToObj(
                line ->
                    new ReversedLine(
                        line,
                        new Serial(BATCH, line),
                        ReversedLine.Standing.PAID,
                        Optional.empty(),
                        List.of(cents(STATE, 571), cents(REGION, 429))))
            .toList(),
        Reason.SERVICE_NOT_GIVEN,
        Optional.empty(),
        "clerk-1",
        Optional.empty(),
        BankWorld.TODAY);
  }

  private static DebitNoteIssued asked() {
    return new DebitNoteIssued(
        new DebitNoteId("titre-1"),
        VENUE,
        PROGRAMME,
        BankWorld.TODAY,
        "clerk-1",
        IntStream.of(1, 2)
            .mapToObj(
                line ->
                    new DebitNoteIssued.Line(
                        REVERSAL, new Serial(BATCH, line), BankWorld.TODAY, 1_000))
            .toList(),
        2_000,
        Optional.of(REFERENCE));
  }

  private static SpentCents cents(FunderId funder, long cents) {
    return new SpentCents(PROGRAMME, AGREEMENT, 1, CREUSE, CREUSE, funder, cents, Optional.empty());
  }
}
